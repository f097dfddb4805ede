package dev.ripen.spark;

import dev.ripen.scoring.ScoreTimeline;
import dev.ripen.spark.RulesInForce.ModelRules;

/**
 * Writes the SQL of a fold's basis: a number for everything that a fold has been made of up to an
 * instant but signals. A kept fold with another number cannot be gone on with, and is made anew.
 * Pure text.
 */
final class FoldBasis {
  /**
   * The visitor ids of each person. Sums and the like, because to sort a million people's ids takes
   * longer than all the rest of it: ids that come twice count, and only make a fold begin anew.
   */
  static final String LEAD_VISITORS =
      """
      lead_visitors AS (
          SELECT lead_id, count(visitor_id) AS visitors, bit_xor(xxhash64(visitor_id)) AS visitors_xor,
            try_sum(shiftrightunsigned(xxhash64(visitor_id, 1), 32)) AS visitors_sum
          FROM identities
          GROUP BY lead_id
        )""";

  /** What is carried of them to where the basis is. */
  static final String CARRIED = ", v.visitors, v.visitors_xor, v.visitors_sum";

  private FoldBasis() {}

  /** What stands for a model's rules, as a literal. */
  static String rules(ModelRules model) {
    return SignalSql.quoted(new ScoreTimeline(model.timeline()).fingerprint());
  }

  /**
   * The number.
   *
   * @param judged the struct of what a model says of a lead
   * @param rules {@link #rules} or the column that holds it
   * @param untilMicros the instant; what is later can still be gone on with
   */
  static String of(String judged, String rules, long untilMicros) {
    return """
        xxhash64(%1$s, created_at,
              array_sort(array_distinct(filter(ripen_statuses, s -> s.occurred_at <= %5$dL))),
              %2$s,
              array_sort(transform(filter(%3$s.changes, c -> c.occurred_at <= %5$dL),
                c -> struct(c.occurred_at, %4$s))),
              visitors, visitors_xor, visitors_sum)"""
        .formatted(
            rules,
            attributes(judged + ".attributes"),
            judged,
            "struct(" + attributes("c.attributes") + ")",
            untilMicros);
  }

  /** A map has no order and no hash; these are made in the order of the rules. */
  private static String attributes(String of) {
    return "%1$s.holds, %1$s.excluded_because, %1$s.segment, %1$s.in_population, map_entries(%1$s.points)"
        .formatted(of);
  }
}
