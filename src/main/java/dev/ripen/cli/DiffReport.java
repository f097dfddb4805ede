package dev.ripen.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What two definitions say of the same people. Pure data.
 *
 * @param retroactive if the newer definition judges all time
 * @param from if it judges from now on
 * @param applies which of the two a run would do
 * @param weeks oldest first
 * @param accepted the line for {@code guards}
 */
record DiffReport(
    String before,
    String after,
    Instant asOf,
    long mqlsBefore,
    Outcome retroactive,
    Outcome from,
    String applies,
    List<Week> weeks,
    String accepted) {

  /** Kinds of changes, as programs know them. */
  static final List<String> CHANGES = List.of("enters", "leaves", "moves");

  /**
   * What a way of applying the newer definition does.
   *
   * @param counts people by change
   * @param opportunities of them, those with an opportunity; empty if statuses are not known
   * @param causes most frequent first
   * @param samples some people by change
   */
  record Outcome(
      long mqls,
      Map<String, Long> counts,
      Optional<Map<String, Long>> opportunities,
      List<Cause> causes,
      Map<String, List<Person>> samples) {
    long count(String change) {
      return counts.getOrDefault(change, 0L);
    }
  }

  /** Why people change; {@code mql} where no rule's points do. */
  record Cause(String change, String cause, long people) {}

  /** One person; scores and dates as texts, empty where there are none. */
  record Person(
      String leadId,
      String email,
      String oldScore,
      String newScore,
      String oldMqlAt,
      String newMqlAt,
      String cause) {}

  /** MQLs that began in a week. */
  record Week(String monday, long before, long retroactive) {}
}
