package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.sqlmodel.CheckQuery;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sqlmodel.ModelCheck;
import dev.ripen.sqlmodel.SqlModel;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Sums what passes over events observed, after their rows were written. */
final class SignalCounts {
  static final String LOADED_THROUGH = "loaded_through";
  static final String FIRST_EVENT = "first_event";

  private final List<Observation> read = new ArrayList<>();
  private final List<Observation> limited = new ArrayList<>();
  private final List<SourceCounts> counted = new ArrayList<>();
  private final SqlModel model;
  private @Nullable Observation checks;

  SignalCounts(SqlModel model) {
    this.model = model;
  }

  void add(Observation events) {
    read.add(events);
  }

  void addLimited(Observation signals) {
    limited.add(signals);
  }

  /** What a source has counted, and not Spark. */
  void add(SourceCounts events) {
    counted.add(events);
  }

  /** Those that nobody counts yet. */
  List<ModelCheck> uncounted() {
    boolean isCounted = checks != null || counted.stream().anyMatch(c -> !c.checks().isEmpty());
    return isCounted ? List.of() : model.checks();
  }

  /**
   * The checks of events, in the pass that reads them anyway. Events without a time are looked at
   * too: no range of days has them.
   */
  Dataset<Row> checked(Dataset<Row> rows, Column inDays) {
    if (uncounted().isEmpty()) {
      return rows;
    }
    Observation observation = Observation.apply();
    Column[] failing = new Column[model.checks().size()];
    for (int i = 0; i < failing.length; i++) {
      failing[i] = expr(model.checks().get(i).failing()).as("check_" + (i + 1));
    }
    checks = observation;
    return rows.where(inDays.or(col("occurred_at").isNull()))
        .observe(observation, count(lit(1)).as("rows"), failing);
  }

  SignalStore.Refresh result(SignalCoverage.Work work, RulesInForce rules) {
    SignalCoverage coverage =
        new SignalCoverage(
            work.historyFrom(),
            work.through(),
            Set.copyOf(rules.signalIds()),
            Stream.concat(
                    this.<Instant>observed(LOADED_THROUGH),
                    counted.stream().flatMap(c -> c.loadedThrough().stream()))
                .max(Comparator.naturalOrder()),
            Stream.concat(
                    this.<LocalDate>observed(FIRST_EVENT),
                    counted.stream().flatMap(c -> c.firstEvent().stream()))
                .min(Comparator.naturalOrder()));
    return new SignalStore.Refresh(
        coverage,
        work,
        sum(read, "events") + sum(SourceCounts::events),
        sum(read, "matching") + sum(SourceCounts::matching),
        sum(read, "without_id") + sum(SourceCounts::withoutId),
        sum(limited, "over_limit"),
        checkResults());
  }

  private List<CheckResult> checkResults() {
    for (SourceCounts events : counted) {
      if (!events.checks().isEmpty()) {
        return CheckQuery.interpret(model, events.checks());
      }
    }
    if (checks == null) {
      return List.of();
    }
    Row row = checks.getRow();
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i <= model.checks().size(); i++) {
      numbers.add(row.schema() == null || row.isNullAt(i) ? 0L : row.getLong(i));
    }
    return CheckQuery.interpret(model, numbers);
  }

  private <T> Stream<T> observed(String name) {
    return read.stream()
        .map(Observation::getRow)
        .filter(row -> row.schema() != null && List.of(row.schema().fieldNames()).contains(name))
        .flatMap(row -> Stream.ofNullable(row.<T>getAs(row.fieldIndex(name))));
  }

  private long sum(ToLongFunction<SourceCounts> number) {
    return counted.stream().mapToLong(number).sum();
  }

  private static long sum(List<Observation> observations, String name) {
    long sum = 0;
    for (Observation observation : observations) {
      Row row = observation.getRow();
      // Spark may plan the observed step away where it sees that there is nothing to read.
      if (row.schema() == null || !List.of(row.schema().fieldNames()).contains(name)) {
        continue;
      }
      sum += row.isNullAt(row.fieldIndex(name)) ? 0 : row.getLong(row.fieldIndex(name));
    }
    return sum;
  }
}
