package dev.ripen.crm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of one row. */
public sealed interface RowOutcome {
  long seq();

  /**
   * The CRM has it.
   *
   * @param echoed fields as the CRM says they are now, canonical text; those it did not say are
   *     absent
   */
  record Written(long seq, String recordId, boolean created, Map<String, @Nullable String> echoed)
      implements RowOutcome {}

  /**
   * The CRM will not have it as it is.
   *
   * @param code ours, stable, for example {@code INVALID_VALUE}
   * @param message the CRM's own words
   */
  record Rejected(long seq, RejectCode code, String message) implements RowOutcome {}

  /** Not now: nothing is known to be wrong with the row, the next run sends it first. */
  record Deferred(long seq, String why) implements RowOutcome {}
}
