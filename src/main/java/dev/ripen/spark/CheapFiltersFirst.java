package dev.ripen.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.PartialFunction$;

/**
 * Lets a filter compare columns with constants before it does anything dearer. Spark tests the
 * conditions of a model's SQL before those that are put around it, so that a night, which wants a
 * few days, would match the user agents of all days against the pattern of bots. Such comparisons
 * cannot fail, so that their order changes no result.
 */
final class CheapFiltersFirst extends Rule<LogicalPlan> {
  private static final Set<Class<?>> CHEAP =
      Set.of(
          AttributeReference.class,
          EqualTo.class,
          GreaterThan.class,
          GreaterThanOrEqual.class,
          IsNotNull.class,
          IsNull.class,
          LessThan.class,
          LessThanOrEqual.class,
          Literal.class);

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.transform(
        PartialFunction$.MODULE$.fromFunction(SqlScala.function(CheapFiltersFirst::sorted)));
  }

  private static LogicalPlan sorted(LogicalPlan node) {
    if (!(node instanceof Filter filter) || !filter.condition().deterministic()) {
      return node;
    }
    List<Expression> conditions = new ArrayList<>();
    collect(filter.condition(), conditions);
    List<Expression> sorted = new ArrayList<>(conditions);
    // Stable: the rest stays in the order in which it was written.
    sorted.sort((left, right) -> Boolean.compare(isDear(left), isDear(right)));
    return sorted.equals(conditions)
        ? node
        : new Filter(sorted.stream().reduce(And::new).orElseThrow(), filter.child());
  }

  private static void collect(Expression condition, List<Expression> into) {
    if (condition instanceof And and) {
      collect(and.left(), into);
      collect(and.right(), into);
    } else {
      into.add(condition);
    }
  }

  private static boolean isDear(Expression condition) {
    return condition.exists(SqlScala.predicate(part -> !CHEAP.contains(part.getClass())));
  }
}
