package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Facts that were dated in the future of a run: they are in the state and wait. Links of identities
 * do not, see {@link Pipeline.Leads#laterLink}.
 */
public final class DatedBetween {
  private static final Map<String, String> DATED =
      Map.of(
          SignalStore.TABLE, "occurred_at",
          Pipeline.LEADS, "created_at",
          Pipeline.STATUSES, "occurred_at",
          LeadHistory.CHANGES, "occurred_at");

  private DatedBetween() {}

  /** Whether one of them comes into force after an instant and until another, inclusive. */
  public static boolean any(StateTables state, Instant after, Instant until) {
    return after.isBefore(until)
        && DATED.entrySet().stream()
            .flatMap(dated -> between(state, dated.getKey(), dated.getValue(), after, until))
            .reduce(Dataset::unionAll)
            .map(facts -> !facts.isEmpty())
            .orElse(false);
  }

  private static Stream<Dataset<Row>> between(
      StateTables state, String table, String column, Instant after, Instant until) {
    Column later = col(column).gt(lit(after)).and(col(column).leq(lit(until)));
    Column days =
        table.equals(SignalStore.TABLE)
            ? col("event_day").between(lit(day(after)), lit(day(until)))
            : lit(true);
    return state
        .committed(table)
        .map(rows -> rows.where(days.and(later)).select(lit(1).as("later")))
        .stream();
  }

  private static LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }
}
