package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.crm.Destination;
import dev.ripen.crm.Match;
import dev.ripen.crm.RecordKey;
import dev.ripen.sync.FieldChange;
import dev.ripen.sync.PlanReader;
import dev.ripen.sync.PlannedRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares a plan's old values with the CRM's own: fields that somebody edited there by hand. */
final class PlanDrift {
  private PlanDrift() {}

  /** The CRM's value by record id and field, where it is neither the old nor the new one. */
  static Map<String, Map<String, String>> find(
      PlanReader reader, String runId, Destination crm, DestinationSettings settings) {
    Map<String, Map<String, String>> drift = new TreeMap<>();
    List<PlannedRow> batch = new ArrayList<>();
    try (Stream<PlannedRow> rows = reader.changes(runId)) {
      rows.filter(row -> row.recordId() != null)
          .forEach(
              row -> {
                batch.add(row);
                if (batch.size() == crm.batchSize()) {
                  compare(batch, crm, settings, drift);
                  batch.clear();
                }
              });
    }
    if (!batch.isEmpty()) {
      compare(batch, crm, settings, drift);
    }
    return drift;
  }

  private static void compare(
      List<PlannedRow> rows,
      Destination crm,
      DestinationSettings settings,
      Map<String, Map<String, String>> drift) {
    Map<String, PlannedRow> byId = new TreeMap<>();
    rows.forEach(row -> byId.put(Objects.requireNonNull(row.recordId()), row));
    List<RecordKey> keys = byId.keySet().stream().map(RecordKey::ofRecordId).toList();
    for (Match match : crm.read(keys, settings.fields().keySet())) {
      PlannedRow row = byId.get(match.key().value());
      if (row == null) {
        continue;
      }
      row.fields()
          .forEach(
              (name, change) -> {
                @Nullable String there = match.fields().get(name);
                if (isForeign(change, there)) {
                  drift
                      .computeIfAbsent(match.recordId(), id -> new TreeMap<>())
                      .put(name, there == null ? "(empty)" : there);
                }
              });
    }
  }

  private static boolean isForeign(FieldChange change, @Nullable String there) {
    return !Objects.equals(there, change.before()) && !Objects.equals(there, change.after());
  }
}
