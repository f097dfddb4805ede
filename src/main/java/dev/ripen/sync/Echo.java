package dev.ripen.sync;

import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowWrite;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a CRM that said success has stored otherwise than it was told. Pure.
 *
 * @param kept forward-only fields that it left as they were, with its values: those are the truth
 *     for the next plan
 * @param altered other fields that it changed on the way, with its values: told to people; the next
 *     plan goes by what was sent, or it would send the same again every night
 */
record Echo(Map<String, @Nullable String> kept, Map<String, @Nullable String> altered) {

  /** Compares by meaning; a field that the CRM does not repeat counts as stored. */
  static Echo of(RowWrite row, RowOutcome.Written written, Set<String> forwardOnly) {
    Map<String, @Nullable String> kept = new LinkedHashMap<>();
    Map<String, @Nullable String> altered = new LinkedHashMap<>();
    for (Map.Entry<String, @Nullable String> field : row.fields().entrySet()) {
      String name = field.getKey();
      boolean repeated = written.echoed().containsKey(name);
      String stored = written.echoed().get(name);
      if (repeated && !FieldValues.same(null, field.getValue(), stored)) {
        (forwardOnly.contains(name) ? kept : altered).put(name, stored);
      }
    }
    return new Echo(kept, altered);
  }
}
