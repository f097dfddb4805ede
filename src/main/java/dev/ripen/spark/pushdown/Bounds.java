package dev.ripen.spark.pushdown;

import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;

/**
 * Columns that a condition holds between two constants, or null.
 *
 * @param below ids of those that are not less than a constant
 * @param above ids of those that are not more than one
 */
record Bounds(Set<Long> below, Set<Long> above) {
  private static final Bounds NONE = new Bounds(Set.of(), Set.of());

  static Set<Long> of(Expression condition) {
    Bounds bounds = in(condition);
    Set<Long> both = new HashSet<>(bounds.below);
    both.retainAll(bounds.above);
    return both;
  }

  private static Bounds in(Expression condition) {
    if (condition instanceof And and) {
      Bounds left = in(and.left());
      Bounds right = in(and.right());
      return new Bounds(union(left.below, right.below), union(left.above, right.above));
    }
    if (condition instanceof Or or) {
      Bounds left = in(or.left());
      Bounds right = in(or.right());
      return new Bounds(common(left.below, right.below), common(left.above, right.above));
    }
    if (condition instanceof IsNull test && test.child() instanceof AttributeReference attribute) {
      Set<Long> column = Set.of(attribute.exprId().id());
      return new Bounds(column, column);
    }
    if (condition instanceof EqualTo equal) {
      Set<Long> column = compared(equal.left(), equal.right());
      return new Bounds(column, column);
    }
    if (condition instanceof GreaterThanOrEqual c) {
      return new Bounds(compared(c.left(), c.right()), compared(c.right(), c.left()));
    }
    if (condition instanceof GreaterThan c) {
      return new Bounds(compared(c.left(), c.right()), compared(c.right(), c.left()));
    }
    if (condition instanceof LessThanOrEqual c) {
      return new Bounds(compared(c.right(), c.left()), compared(c.left(), c.right()));
    }
    if (condition instanceof LessThan c) {
      return new Bounds(compared(c.right(), c.left()), compared(c.left(), c.right()));
    }
    return NONE;
  }

  private static Set<Long> compared(Expression column, Expression constant) {
    return column instanceof AttributeReference attribute && constant instanceof Literal
        ? Set.of(attribute.exprId().id())
        : Set.of();
  }

  private static Set<Long> union(Set<Long> left, Set<Long> right) {
    Set<Long> all = new HashSet<>(left);
    all.addAll(right);
    return all;
  }

  private static Set<Long> common(Set<Long> left, Set<Long> right) {
    Set<Long> both = new HashSet<>(left);
    both.retainAll(right);
    return both;
  }
}
