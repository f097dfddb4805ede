package dev.ripen.spark;

import org.apache.spark.sql.catalyst.expressions.BinaryComparison;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.MicrosToTimestamp;
import org.apache.spark.sql.catalyst.expressions.MillisToTimestamp;
import org.apache.spark.sql.catalyst.expressions.SecondsToTimestamp;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.DataTypes;
import scala.PartialFunction$;

/**
 * Lets a filter compare the number that an instant is made of, where a table keeps its instants as
 * numbers: {@code timestamp_micros(n) >= TIMESTAMP'…'} becomes {@code n >= …}. Files and databases
 * skip by their columns what Spark's function would have to look at. A number that is no instant,
 * because it is too large, is then outside of a range instead of an error.
 */
final class InstantsOfNumbers extends Rule<LogicalPlan> {
  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    return plan.transform(
        PartialFunction$.MODULE$.fromFunction(SqlScala.function(InstantsOfNumbers::compared)));
  }

  private static LogicalPlan compared(LogicalPlan node) {
    if (!(node instanceof Filter filter)) {
      return node;
    }
    Expression condition =
        filter
            .condition()
            .transform(
                PartialFunction$.MODULE$.fromFunction(
                    SqlScala.function(InstantsOfNumbers::comparedNumber)));
    return condition.equals(filter.condition()) ? node : new Filter(condition, filter.child());
  }

  private static Expression comparedNumber(Expression part) {
    if (!(part instanceof BinaryComparison test)
        || !(test.right() instanceof Literal literal)
        || literal.value() == null) {
      return part;
    }
    long unit = microsOf(test.left());
    Expression number = unit == 0 ? part : test.left().children().apply(0);
    if (unit == 0 || !number.dataType().equals(DataTypes.LongType)) {
      return part;
    }
    long micros = (Long) literal.value();
    Literal above = new Literal(-Math.floorDiv(-micros, unit), DataTypes.LongType);
    Literal below = new Literal(Math.floorDiv(micros, unit), DataTypes.LongType);
    if (test instanceof GreaterThanOrEqual) {
      return new GreaterThanOrEqual(number, above);
    }
    if (test instanceof LessThan) {
      return new LessThan(number, above);
    }
    if (test instanceof GreaterThan) {
      return new GreaterThan(number, below);
    }
    return test instanceof LessThanOrEqual ? new LessThanOrEqual(number, below) : part;
  }

  /**
   * Microseconds of one of the numbers that the function makes instants of; 0: another function.
   */
  private static long microsOf(Expression instant) {
    if (instant instanceof MicrosToTimestamp) {
      return 1;
    }
    if (instant instanceof MillisToTimestamp) {
      return 1_000;
    }
    return instant instanceof SecondsToTimestamp ? 1_000_000 : 0;
  }
}
