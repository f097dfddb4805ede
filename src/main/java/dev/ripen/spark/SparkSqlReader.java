package dev.ripen.spark;

import dev.ripen.sqlmodel.SqlReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads SQL with Spark's parser. Starts no session, so that a look at the files takes no longer
 * than loading the parser. Safe for several threads.
 */
public final class SparkSqlReader implements SqlReader {
  @Override
  public ParsedSql parse(String file, String text) {
    LogicalPlan plan = SqlPlans.parse(file, text);
    List<Relation> relations = new ArrayList<>();
    collectRelations(plan, Set.of(), relations);
    relations.sort(Comparator.comparingInt(Relation::line).thenComparingInt(Relation::column));
    return new ParsedSql(relations, parameters(plan), SqlOutputs.of(plan), SqlObstacles.of(plan));
  }

  private static List<String> parameters(LogicalPlan plan) {
    Set<String> names = new LinkedHashSet<>();
    SqlPlans.everyPlan(
        plan,
        node ->
            SqlPlans.everyExpression(
                node,
                expression -> {
                  if (expression instanceof NamedParameter parameter) {
                    names.add(parameter.name());
                  }
                }));
    return names.stream().sorted().toList();
  }

  private static void collectRelations(
      LogicalPlan plan, Set<String> hidden, List<Relation> relations) {
    if (plan instanceof UnresolvedWith with) {
      // A CTE hides a table only after its own definition; a recursive one also inside it.
      Set<String> scope = new HashSet<>(hidden);
      for (var cte : SqlPlans.ctes(with)) {
        String name = cte._1().toLowerCase(Locale.ROOT);
        if (with.allowRecursion()) {
          scope.add(name);
        }
        collectRelations(cte._2(), Set.copyOf(scope), relations);
        scope.add(name);
      }
      collectRelations(with.child(), scope, relations);
      return;
    }
    if (plan instanceof UnresolvedRelation relation) {
      List<String> parts = CollectionConverters.asJava(relation.multipartIdentifier());
      if (parts.size() > 1 || !hidden.contains(parts.get(0).toLowerCase(Locale.ROOT))) {
        relations.add(
            new Relation(parts, SqlErrors.line(plan.origin()), SqlErrors.column(plan.origin())));
      }
    }
    SqlPlans.everyExpression(
        plan,
        expression ->
            SqlPlans.subquery(expression, query -> collectRelations(query, hidden, relations)));
    SqlPlans.children(plan).forEach(child -> collectRelations(child, hidden, relations));
  }
}
