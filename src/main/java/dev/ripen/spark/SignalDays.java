package dev.ripen.spark;

import static java.util.stream.Collectors.joining;

import java.time.LocalDate;
import java.util.Set;
import java.util.TreeSet;

/**
 * Days in UTC whose rows are written again.
 *
 * @param from this day and all after it
 * @param late days before that
 */
record SignalDays(LocalDate from, Set<LocalDate> late) {
  SignalDays {
    late = Set.copyOf(late);
  }

  boolean contains(LocalDate day) {
    return !day.isBefore(from) || late.contains(day);
  }

  /** The same in SQL. */
  String predicate(String column) {
    String recent = column + " >= '" + from + "'";
    return late.isEmpty() ? recent : recent + " OR " + isLate(column);
  }

  /** In SQL: whether it is one of the late days, of which there must be some. */
  String isLate(String column) {
    return new TreeSet<>(late)
        .stream().map(day -> "'" + day + "'").collect(joining(", ", column + " IN (", ")"));
  }
}
