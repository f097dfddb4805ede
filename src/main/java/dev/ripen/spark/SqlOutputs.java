package dev.ripen.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.jdk.javaapi.CollectionConverters;

/** The names of the outermost columns, as far as the text alone tells them. */
final class SqlOutputs {
  private static final String UNKNOWN = "*";

  private SqlOutputs() {}

  /** Names in order; {@code *} stands where the text does not tell. */
  static List<String> of(LogicalPlan plan) {
    return of(plan, Map.of());
  }

  private static List<String> of(LogicalPlan plan, Map<String, List<String>> ctes) {
    if (plan instanceof UnresolvedWith with) {
      Map<String, List<String>> scope = new HashMap<>(ctes);
      SqlPlans.ctes(with)
          .forEach(cte -> scope.put(cte._1().toLowerCase(Locale.ROOT), of(cte._2(), scope)));
      return of(with.child(), scope);
    }
    if (plan instanceof Project project) {
      return named(CollectionConverters.asJava(project.projectList()), project.child(), ctes);
    }
    if (plan instanceof Aggregate aggregate) {
      return named(
          CollectionConverters.asJava(aggregate.aggregateExpressions()), aggregate.child(), ctes);
    }
    if (plan instanceof UnresolvedRelation relation) {
      List<String> parts = CollectionConverters.asJava(relation.multipartIdentifier());
      List<String> known = ctes.get(parts.get(0).toLowerCase(Locale.ROOT));
      return parts.size() == 1 && known != null ? known : List.of(UNKNOWN);
    }
    if (plan instanceof Union || passesThrough(plan)) {
      return of(SqlPlans.children(plan).get(0), ctes);
    }
    return List.of(UNKNOWN);
  }

  /** Filter, sort, limit, distinct, alias: the columns of the one child, and no others. */
  private static boolean passesThrough(LogicalPlan plan) {
    return switch (plan.getClass().getSimpleName()) {
      case "Filter",
          "Sort",
          "GlobalLimit",
          "LocalLimit",
          "Offset",
          "Distinct",
          "UnresolvedHaving",
          "UnresolvedHint",
          "Sample",
          "SubqueryAlias",
          "WithWindowDefinition" ->
          true;
      default -> false;
    };
  }

  private static List<String> named(
      List<NamedExpression> expressions, LogicalPlan child, Map<String, List<String>> ctes) {
    List<String> names = new ArrayList<>();
    for (NamedExpression expression : expressions) {
      if (expression instanceof Alias alias) {
        names.add(alias.name());
      } else if (expression instanceof UnresolvedAttribute attribute) {
        names.add(attribute.nameParts().last());
      } else if (expression instanceof UnresolvedStar star && star.target().isEmpty()) {
        names.addAll(of(child, ctes));
      } else {
        names.add(UNKNOWN);
      }
    }
    return names;
  }
}
