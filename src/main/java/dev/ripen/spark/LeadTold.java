package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.spark.LeadPerson.Acknowledged;
import dev.ripen.spark.LeadPerson.Decision;
import dev.ripen.spark.LeadPerson.HeldDates;
import dev.ripen.spark.LeadPerson.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Reads what runs said of one lead, and what the CRM was told. */
final class LeadTold {
  /** Each version of the ledger costs a third of a second. */
  private static final int MOST_LEDGERS = 10;

  private final KnownThen known;

  LeadTold(KnownThen known) {
    this.known = known;
  }

  /** By destination. */
  List<Acknowledged> last(String leadId) {
    return known.isBeforeFirstRun()
        ? List.of()
        : known
            .table(LedgerTables.LEDGER)
            .map(rows -> acknowledged(rows, leadId))
            .orElse(List.of());
  }

  /** What stood in the ledger before, newest first. */
  List<Acknowledged> before(String leadId, List<Acknowledged> last) {
    if (known.isBeforeFirstRun()) {
      return List.of();
    }
    Set<Acknowledged> told = new LinkedHashSet<>();
    for (Dataset<Row> ledger : known.earlier(LedgerTables.LEDGER, MOST_LEDGERS)) {
      told.addAll(acknowledged(ledger, leadId));
    }
    last.forEach(told::remove);
    return List.copyOf(told);
  }

  private static List<Acknowledged> acknowledged(Dataset<Row> ledger, String leadId) {
    List<Acknowledged> told = new ArrayList<>();
    for (Row row : ledger.where(col("lead_id").equalTo(lit(leadId))).collectAsList()) {
      Map<String, @Nullable String> fields = new TreeMap<>();
      row.<String, String>getJavaMap(row.fieldIndex("fields")).forEach(fields::put);
      told.add(
          new Acknowledged(
              row.getAs("destination"),
              row.getAs("record_id"),
              row.getAs("acknowledged_at"),
              row.getAs("run_id"),
              fields));
    }
    told.sort(Comparator.comparing(Acknowledged::destination));
    return told;
  }

  /** Oldest first. */
  List<Decision> decisions(String leadId, Instant asOf) {
    List<Decision> decisions = new ArrayList<>();
    if (known.isBeforeFirstRun()) {
      return decisions;
    }
    known
        .table(Pipeline.CHANGES)
        .map(rows -> rows.where(col("lead_id").equalTo(lit(leadId))).collectAsList())
        .orElse(List.of())
        .forEach(row -> decisions.add(decision(row)));
    decisions.removeIf(decision -> decision.asOf().isAfter(asOf));
    decisions.sort(
        Comparator.comparing(Decision::asOf)
            .thenComparing(Decision::runId)
            .thenComparing(Decision::model));
    return decisions;
  }

  private static Decision decision(Row row) {
    return new Decision(
        row.getAs("as_of"),
        row.getAs("run_id"),
        row.getAs("model"),
        verdict(row.getAs("before")),
        verdict(row.getAs("after")));
  }

  private static @Nullable Verdict verdict(@Nullable Row row) {
    if (row == null || row.isNullAt(row.fieldIndex("rules_version"))) {
      return null;
    }
    Boolean isMql = row.getAs("is_mql");
    return new Verdict(
        isMql != null && isMql,
        row.getAs("level"),
        row.getAs("mql_at"),
        row.getAs("excluded_because"));
  }

  /** By model. */
  Map<String, HeldDates> held(String leadId) {
    Map<String, HeldDates> held = new HashMap<>();
    known
        .table(AcknowledgedDates.TABLE)
        .map(rows -> rows.where(col("lead_id").equalTo(lit(leadId))).collectAsList())
        .orElse(List.of())
        .forEach(
            row ->
                held.put(
                    row.getAs("model"),
                    new HeldDates(
                        row.getAs("first_mql_at"), row.getAs("mql_at"), row.getAs("held_from"))));
    return held;
  }
}
