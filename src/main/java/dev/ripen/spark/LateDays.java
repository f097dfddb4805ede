package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Finds the days for which events have come after the days had been read for the last time. */
final class LateDays {
  static final String LOADED_AT = "loaded_at";

  /** A loader stamps rows when it begins, and they are seen when it has ended. */
  private static final Duration LONGEST_LOAD = Duration.ofHours(6);

  private LateDays() {}

  static boolean areKnown(Dataset<Row> events) {
    return Arrays.stream(events.schema().fields())
        .anyMatch(
            field ->
                field.name().equals(LOADED_AT) && field.dataType().equals(DataTypes.TimestampType));
  }

  /**
   * Days before those that are read anyway. None where the events do not say when they were loaded,
   * or the last run did not know.
   */
  static Set<LocalDate> since(
      Optional<SignalCoverage> stored, List<Dataset<Row>> tables, SignalCoverage.Work work) {
    Optional<Instant> since = stored.flatMap(LateDays::loadedSince);
    if (work.full() || since.isEmpty() || !work.historyFrom().isBefore(work.from())) {
      return Set.of();
    }
    Set<LocalDate> days = new TreeSet<>();
    for (Dataset<Row> events : tables) {
      if (areKnown(events)) {
        days(events, since.get(), work).forEach(row -> days.add(row.getLocalDate(0)));
      }
    }
    return days;
  }

  /** From when on the last run may have missed what was loaded, where that is known. */
  static Optional<Instant> loadedSince(SignalCoverage stored) {
    return stored.loadedThrough().map(through -> through.minus(LONGEST_LOAD));
  }

  private static List<Row> days(Dataset<Row> events, Instant since, SignalCoverage.Work work) {
    return events
        .where(
            col(LOADED_AT).geq(lit(since)).and(SignalRows.inDays(work.historyFrom(), work.from())))
        .select(col("occurred_at").cast("date").as("day"))
        .distinct()
        .collectAsList();
  }
}
