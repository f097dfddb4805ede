package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which rules have stored signals of late. Reads the state, writes nothing. */
public final class RecentSignals {
  private RecentSignals() {}

  /**
   * The rules with a signal in the days up to the last run. Of rules that were changed since, the
   * signals of the older text count as well.
   *
   * @return empty if no run has stored signals
   */
  public static Optional<Heard> heard(StateTables state, int days) {
    Optional<Dataset<Row>> signals = state.committed(SignalStore.TABLE);
    if (signals.isEmpty()) {
      return Optional.empty();
    }
    Instant last = state.lastCommit().orElseThrow().asOf();
    Set<String> rules = new TreeSet<>();
    signals
        .get()
        .where(col("occurred_at").gt(lit(last.minus(Duration.ofDays(days)))))
        .where(col("occurred_at").leq(lit(last)))
        .selectExpr("substring_index(rule, '@', 1)")
        .distinct()
        .collectAsList()
        .forEach(row -> rules.add(row.getString(0)));
    return Optional.of(new Heard(rules, days));
  }
}
