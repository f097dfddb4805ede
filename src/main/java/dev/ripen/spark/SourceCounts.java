package dev.ripen.spark;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What a source has counted of the events of some days.
 *
 * @param checks the number of rows, and of those that fail each check; empty where none was asked
 *     for
 */
record SourceCounts(
    long events,
    long matching,
    long withoutId,
    Optional<Instant> loadedThrough,
    Optional<LocalDate> firstEvent,
    List<Long> checks) {
  private static final int FIRST_CHECK = 6;

  /** Of the row of {@link SignalPlans#counts}. Databases have numbers of several types. */
  static SourceCounts of(Row row) {
    List<Long> checks = new ArrayList<>();
    if (row.size() > FIRST_CHECK) {
      checks.add(number(row, 0));
      for (int i = FIRST_CHECK; i < row.size(); i++) {
        checks.add(number(row, i));
      }
    }
    return new SourceCounts(
        number(row, 1),
        number(row, 2),
        number(row, 3),
        Optional.ofNullable(instant(row.get(4))),
        Optional.ofNullable(instant(row.get(5)))
            .map(first -> LocalDate.ofInstant(first, ZoneOffset.UTC)),
        checks);
  }

  private static long number(Row row, int place) {
    return row.isNullAt(place) ? 0 : ((Number) row.get(place)).longValue();
  }

  private static @Nullable Instant instant(@Nullable Object value) {
    return value instanceof Timestamp timestamp ? timestamp.toInstant() : (Instant) value;
  }
}
