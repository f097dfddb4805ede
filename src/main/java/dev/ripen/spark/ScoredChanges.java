package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What differs between two scorings of the same people, of {@link DefinitionDiff.Scored}. */
public final class ScoredChanges {
  private ScoredChanges() {}

  /**
   * People whom two scorings judge differently: {@code change} (enters, leaves, moves), {@code
   * cause}, and the columns of both, {@code old_…} and {@code new_…}.
   */
  public static Dataset<Row> between(Dataset<Row> before, Dataset<Row> after) {
    Dataset<Row> old = renamed(before, "old_");
    Dataset<Row> now = renamed(after, "new_");
    Dataset<Row> both =
        old.join(now, col("old_lead_id").equalTo(col("new_lead_id")), "full_outer")
            .withColumn("was_mql", coalesce(col("old_is_mql"), lit(false)))
            .withColumn("now_mql", coalesce(col("new_is_mql"), lit(false)))
            .withColumn(
                "change",
                expr(
                    "CASE WHEN now_mql AND NOT was_mql THEN 'enters'"
                        + " WHEN was_mql AND NOT now_mql THEN 'leaves'"
                        + " WHEN NOT (old_mql_at <=> new_mql_at)"
                        + " OR NOT (old_first_mql_at <=> new_first_mql_at) THEN 'moves' END"))
            .where("change IS NOT NULL");
    return both.withColumn("lead_id", coalesce(col("new_lead_id"), col("old_lead_id")))
        .withColumn("email", coalesce(col("new_email"), col("old_email")))
        .withColumn("cause", expr(CAUSE));
  }

  /** The rule whose points differ most, in the direction of the change. */
  private static final String CAUSE =
      """
      CASE
        WHEN old_excluded_because IS NULL AND new_excluded_because IS NOT NULL
          THEN concat('excluded: ', new_excluded_because)
        WHEN old_excluded_because IS NOT NULL AND new_excluded_because IS NULL
          THEN concat('no longer excluded: ', old_excluded_because)
        ELSE aggregate(
          transform(
            array_distinct(concat(
              coalesce(old_contributions.rule, array()), coalesce(new_contributions.rule, array()))),
            r -> struct(
              aggregate(filter(coalesce(new_contributions, array()), c -> c.rule = r),
                CAST(0 AS DECIMAL(38,6)), (s, c) -> CAST(s + c.points AS DECIMAL(38,6)))
              - aggregate(filter(coalesce(old_contributions, array()), c -> c.rule = r),
                CAST(0 AS DECIMAL(38,6)), (s, c) -> CAST(s + c.points AS DECIMAL(38,6))) AS delta,
              r AS rule)),
          CAST(NULL AS STRUCT<weight: DECIMAL(38,6), rule: STRING>),
          (best, d) -> CASE
            WHEN (CASE change WHEN 'enters' THEN d.delta WHEN 'leaves' THEN -d.delta
                ELSE abs(d.delta) END) > coalesce(best.weight, 0)
              THEN named_struct(
                'weight', CAST((CASE change WHEN 'enters' THEN d.delta WHEN 'leaves' THEN -d.delta
                  ELSE abs(d.delta) END) AS DECIMAL(38,6)),
                'rule', d.rule)
            ELSE best END).rule
      END
      """;

  private static Dataset<Row> renamed(Dataset<Row> rows, String prefix) {
    List<String> columns = new ArrayList<>();
    for (String column : rows.columns()) {
      columns.add("`" + column + "` AS `" + prefix + column + "`");
    }
    return rows.selectExpr(columns.toArray(String[]::new));
  }

  /** Openings of episodes per week: {@code week} (a Monday in the zone) and {@code mqls}. */
  public static Dataset<Row> weekly(Dataset<Row> scores, Instant asOf, ZoneId zone) {
    return scores
        .where("excluded_because IS NULL")
        .selectExpr("explode(episodes.opened_at) AS opened_at")
        .where(col("opened_at").leq(lit(asOf)))
        .selectExpr(
            "CAST(date_trunc('WEEK', from_utc_timestamp(opened_at, "
                + SignalSql.quoted(zone.getId())
                + ")) AS DATE) AS week")
        .groupBy("week")
        .count()
        .withColumnRenamed("count", "mqls");
  }
}
