package dev.ripen.spark;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.jspecify.annotations.Nullable;

/**
 * The SQL function {@code timeline_basis(model, facts, until)}: what a fold that was kept at an
 * instant would have been made of today, signals aside; see {@link Timelines#basis}.
 */
final class TimelineBasis implements UDF3<String, Row, Long, Long> {
  static final String NAME = "timeline_basis";
  private static final long serialVersionUID = 1L;

  private final Folds folds;

  TimelineBasis(RulesInForce rules) {
    folds = new Folds(rules);
  }

  @Override
  public @Nullable Long call(
      @Nullable String model, @Nullable Row facts, @Nullable Long untilMicros) {
    if (facts == null || untilMicros == null) {
      return null;
    }
    FactsRows.Resume resume = FactsRows.resume(facts);
    return Timelines.basis(
        folds.timeline(model),
        FactsRows.facts(facts),
        resume == null ? 0 : resume.visitors(),
        untilMicros);
  }
}
