package dev.ripen.spark;

import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Keeps who changed, from what to what and why, and every time someone was an MQL. */
final class ScoreHistory {
  private ScoreHistory() {}

  static void write(
      SparkSession spark,
      StateTables state,
      Optional<Dataset<Row>> before,
      Dataset<Row> after,
      String runId,
      Instant asOf) {
    after.createOrReplaceTempView("ripen_scores_after");
    before.orElseGet(() -> after.limit(0)).createOrReplaceTempView("ripen_scores_before");
    Dataset<Row> changes =
        spark.sql(
            """
            SELECT coalesce(a.lead_id, b.lead_id) AS lead_id, coalesce(a.model, b.model) AS model,
              struct(b.is_mql, b.level, b.first_mql_at, b.mql_at, b.excluded_because, b.rules_version) AS before,
              struct(a.is_mql, a.level, a.first_mql_at, a.mql_at, a.excluded_because, a.rules_version) AS after,
              a.reasons AS reasons,
              timestamp_micros(%d) AS as_of, '%s' AS run_id
            FROM ripen_scores_after AS a
            FULL JOIN ripen_scores_before AS b ON a.lead_id = b.lead_id AND a.model = b.model
            WHERE coalesce(a.is_mql, false) <> coalesce(b.is_mql, false)
              OR (a.level IS DISTINCT FROM b.level AND b.lead_id IS NOT NULL)
              OR a.mql_at IS DISTINCT FROM b.mql_at
              OR a.first_mql_at IS DISTINCT FROM b.first_mql_at
              OR a.excluded_because IS DISTINCT FROM b.excluded_because
            """
                .formatted(ScoreFunction.micros(asOf), runId));
    Dataset<Row> kept = changes.persist();
    try {
      if (kept.isEmpty()) {
        return;
      }
      state.append(Pipeline.CHANGES, kept);
      state.overwrite(
          Pipeline.EPISODES,
          spark.sql(
              "SELECT lead_id, model, inline(episodes) FROM ripen_scores_after WHERE size(episodes) >"
                  + " 0"));
    } finally {
      kept.unpersist();
    }
  }
}
