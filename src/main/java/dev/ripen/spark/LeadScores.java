package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.ripen.spark.RulesInForce.ModelRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The built-in view {@code lead_scores}: one row per lead, whatever the number of models. A lead is
 * an MQL if any model says so; what is not summed up comes from the first model that says MQL, else
 * the first that scores the lead, else the first that has it.
 */
final class LeadScores {
  static final String VIEW = "lead_scores";

  private LeadScores() {}

  /** The columns of scores, complete, and {@code models}, which say MQL. */
  static Dataset<Row> of(Dataset<Row> scores, RulesInForce rules) {
    List<String> models = rules.models().stream().map(ModelRules::name).toList();
    if (models.size() == 1) {
      return scores.selectExpr(
          "*", "IF(is_mql, array(model), CAST(array() AS ARRAY<STRING>)) AS models");
    }
    String order = "array(" + SignalSql.quotedList(models) + ")";
    Dataset<Row> picked =
        scores
            .groupBy(col("lead_id").as("ripen_lead_id"))
            .agg(
                aggregate(
                    "min_by(struct(*), struct(NOT coalesce(is_mql, false),"
                        + " excluded_because IS NOT NULL, array_position("
                        + order
                        + ", model)))",
                    "pick"),
                aggregate("coalesce(bool_or(is_mql), false)", "any_is_mql"),
                aggregate("min(first_mql_at)", "any_first_mql_at"),
                aggregate("max(mql_at)", "any_mql_at"),
                aggregate("CAST(sum(mql_count) AS INT)", "any_mql_count"),
                aggregate("collect_set(model) FILTER (WHERE is_mql)", "any_models"));
    List<String> columns = new ArrayList<>();
    for (String column : scores.columns()) {
      columns.add(
          switch (column.toLowerCase(Locale.ROOT)) {
            case "is_mql", "first_mql_at", "mql_at", "mql_count" ->
                "any_" + column.toLowerCase(Locale.ROOT) + " AS `" + column + "`";
            default -> "pick.`" + column + "`";
          });
    }
    columns.add("filter(" + order + ", name -> array_contains(any_models, name)) AS models");
    return picked.selectExpr(columns.toArray(String[]::new));
  }

  private static Column aggregate(String sql, String name) {
    return expr(sql).as(name);
  }
}
