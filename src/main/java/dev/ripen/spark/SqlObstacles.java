package dev.ripen.spark;

import dev.ripen.sqlmodel.SqlReader.Obstacle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.expressions.UnresolvedWindowExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.Origin;

/**
 * What in a text looks at more than one row. Such a text keeps a filter on the day from reaching
 * the source.
 */
final class SqlObstacles {
  private static final Set<String> ROW_LOCAL =
      Set.of(
          "Project",
          "Filter",
          "SubqueryAlias",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedRelation",
          "UnresolvedWith",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "OneRowRelation",
          "Union",
          "Generate",
          "Unpivot");

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("Aggregate", "GROUP BY"),
          Map.entry("Distinct", "DISTINCT"),
          Map.entry("Join", "a join"),
          Map.entry("LateralJoin", "a lateral join"),
          Map.entry("AsOfJoin", "a join"),
          Map.entry("GlobalLimit", "LIMIT"),
          Map.entry("LocalLimit", "LIMIT"),
          Map.entry("Offset", "OFFSET"),
          Map.entry("Sort", "ORDER BY"),
          Map.entry("Intersect", "INTERSECT"),
          Map.entry("Except", "EXCEPT"),
          Map.entry("Sample", "TABLESAMPLE"),
          Map.entry("Pivot", "PIVOT"),
          Map.entry("UnresolvedHaving", "HAVING"),
          Map.entry("WithWindowDefinition", "a window"));

  private SqlObstacles() {}

  /** In order of appearance. */
  static List<Obstacle> of(LogicalPlan plan) {
    List<Obstacle> found = new ArrayList<>();
    SqlPlans.everyPlan(
        plan,
        node -> {
          String type = node.getClass().getSimpleName();
          if (!ROW_LOCAL.contains(type)) {
            found.add(obstacle(NAMES.getOrDefault(type, type), node.origin()));
          }
          SqlPlans.everyExpression(node, expression -> inspect(expression, found));
        });
    return ordered(found);
  }

  /** Of an expression alone. */
  static List<Obstacle> of(Expression root) {
    List<Obstacle> found = new ArrayList<>();
    SqlPlans.visit(root, expression -> inspect(expression, found));
    return ordered(found);
  }

  private static List<Obstacle> ordered(List<Obstacle> found) {
    found.sort(Comparator.comparingInt(Obstacle::line).thenComparingInt(Obstacle::column));
    return found.stream().distinct().toList();
  }

  private static void inspect(Expression expression, List<Obstacle> found) {
    if (expression instanceof WindowExpression
        || expression instanceof UnresolvedWindowExpression) {
      found.add(obstacle("a window", expression.origin()));
    } else if (expression instanceof PlanExpression<?>) {
      found.add(obstacle("a subquery", expression.origin()));
    } else if (expression instanceof UnresolvedFunction function) {
      String name = function.nameParts().last().toLowerCase(Locale.ROOT);
      if (function.isDistinct() || SqlAggregates.NAMES.contains(name)) {
        found.add(obstacle("the aggregate " + name + "()", expression.origin()));
      }
    }
  }

  private static Obstacle obstacle(String what, Origin origin) {
    return new Obstacle(what, SqlErrors.line(origin), SqlErrors.column(origin));
  }
}
