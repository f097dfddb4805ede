package dev.ripen.spark.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.InSet;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.UnixMicros;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/** Writes Spark's expressions over some columns; whatever is not named here is refused. */
final class ExpressionSql {
  private final Dialect dialect;
  private final Map<Long, Value> columns;
  private final Literals literals;
  private final Casts casts;
  private final Texts texts;

  /**
   * @param columns by the ids that Spark has given them
   */
  ExpressionSql(Dialect dialect, Map<Long, Value> columns) {
    this.dialect = dialect;
    this.columns = Map.copyOf(columns);
    this.literals = new Literals(dialect);
    this.casts = new Casts(dialect, this);
    this.texts = new Texts(dialect, this);
  }

  /**
   * The same value.
   *
   * @throws NotPushedException if nobody can say that it is the same
   */
  String sql(Expression expression) {
    return logic(expression)
        .or(() -> comparison(expression))
        .or(() -> choice(expression))
        .or(() -> casts.sql(expression))
        .or(() -> texts.sql(expression))
        .orElseThrow(() -> unknown(expression));
  }

  /** The parts of a condition that must all hold. */
  List<String> conjuncts(Expression condition) {
    List<String> all = new ArrayList<>();
    flat(condition, And.class).forEach(part -> all.add(sql(part)));
    return all;
  }

  boolean isBounded(Expression expression) {
    return expression instanceof AttributeReference attribute
        && find(attribute).map(Value::isBounded).orElse(false);
  }

  private Optional<String> logic(Expression expression) {
    if (expression instanceof AttributeReference attribute) {
      return Optional.of(find(attribute).orElseThrow(() -> unknown(attribute)).usable().sql());
    }
    if (expression instanceof Literal literal) {
      return Optional.of(literals.sql(literal));
    }
    if (expression instanceof Alias alias) {
      return Optional.of(sql(alias.child()));
    }
    if (expression instanceof And) {
      return Optional.of(joined(flat(expression, And.class), " AND "));
    }
    if (expression instanceof Or) {
      return Optional.of(joined(flat(expression, Or.class), " OR "));
    }
    if (expression instanceof Not not) {
      return Optional.of("(NOT " + sql(not.child()) + ")");
    }
    if (expression instanceof IsNull test) {
      return Optional.of("(" + isNull(test.child()) + " IS NULL)");
    }
    if (expression instanceof IsNotNull test) {
      return Optional.of("(" + isNull(test.child()) + " IS NOT NULL)");
    }
    return Optional.empty();
  }

  /** A column is null where what is made of it is. */
  private String isNull(Expression tested) {
    return tested instanceof AttributeReference attribute
        ? find(attribute).orElseThrow(() -> unknown(attribute)).usable().range()
        : sql(tested);
  }

  private Optional<Value> find(AttributeReference attribute) {
    return Optional.ofNullable(columns.get(attribute.exprId().id()));
  }

  private Optional<String> comparison(Expression expression) {
    if (expression instanceof EqualTo test) {
      return Optional.of(equal(test.left(), "=", test.right()));
    }
    if (expression instanceof EqualNullSafe test) {
      return Optional.of(equal(test.left(), "IS NOT DISTINCT FROM", test.right()));
    }
    if (expression instanceof In in) {
      return Optional.of(oneOf(in.value(), CollectionConverters.asJava(in.list())));
    }
    if (expression instanceof InSet in) {
      DataType type = in.child().dataType();
      List<Expression> values = new ArrayList<>();
      CollectionConverters.asJava(in.hset()).forEach(v -> values.add(new Literal(v, type)));
      return Optional.of(oneOf(in.child(), values));
    }
    if (expression instanceof GreaterThanOrEqual test) {
      return Optional.of(ordered(test.left(), ">=", test.right()));
    }
    if (expression instanceof LessThan test) {
      return Optional.of(ordered(test.left(), "<", test.right()));
    }
    if (expression instanceof GreaterThan test) {
      return Optional.of(ordered(test.left(), ">", test.right()));
    }
    if (expression instanceof LessThanOrEqual test) {
      return Optional.of(ordered(test.left(), "<=", test.right()));
    }
    return Optional.empty();
  }

  private String equal(Expression left, String operator, Expression right) {
    requireComparable(left, right);
    String a = right instanceof Literal literal ? texts.lowered(left, literal) : sql(left);
    String b = left instanceof Literal literal ? texts.lowered(right, literal) : sql(right);
    return "(" + a + " " + operator + " " + b + ")";
  }

  private String oneOf(Expression value, List<Expression> list) {
    List<String> values = new ArrayList<>();
    boolean ascii = true;
    for (Expression item : list) {
      if (!(item instanceof Literal literal)) {
        throw new NotPushedException("a list in it holds more than constants");
      }
      requireComparable(value, literal);
      ascii &= Texts.isAscii(literal);
      values.add(literals.sql(literal));
    }
    // A set has no order: the same plan is the same text.
    values.sort(null);
    String text = ascii ? texts.loweredAscii(value) : sql(value);
    return "(" + text + " IN (" + String.join(", ", values) + "))";
  }

  /** Texts have an order of their own in each database. */
  private String ordered(Expression left, String operator, Expression right) {
    requireComparable(left, right);
    if (left.dataType().equals(DataTypes.StringType)
        || left.dataType().equals(DataTypes.BooleanType)) {
      throw new NotPushedException("it compares the order of texts or truths");
    }
    Optional<String> range = range(left, operator, right);
    return range.orElseGet(() -> "(" + sql(left) + " " + operator + " " + sql(right) + ")");
  }

  /** A column with finer fractions than Spark's is at a constant, or after, as Spark's is. */
  private Optional<String> range(Expression left, String operator, Expression right) {
    boolean whole = operator.equals(">=") || operator.equals("<");
    if (!whole
        || !left.dataType().equals(DataTypes.TimestampType)
        || !(left instanceof AttributeReference attribute)
        || !(right instanceof Literal literal)
        || literal.value() == null) {
      return Optional.empty();
    }
    Value column = find(attribute).orElseThrow(() -> unknown(attribute)).usable();
    long micros = (Long) literal.value();
    String constant = column.zoned() ? dialect.zonedInstant(micros) : dialect.instant(micros);
    return Optional.of("(" + column.range() + " " + operator + " " + constant + ")");
  }

  private static void requireComparable(Expression left, Expression right) {
    if (!Casts.isKnown(left.dataType()) || !left.dataType().equals(right.dataType())) {
      throw new NotPushedException(
          "it compares " + left.dataType().sql() + " with " + right.dataType().sql());
    }
  }

  private Optional<String> choice(Expression expression) {
    if (expression instanceof If test) {
      return Optional.of(
          "(CASE WHEN %s THEN %s ELSE %s END)"
              .formatted(sql(test.predicate()), sql(test.trueValue()), sql(test.falseValue())));
    }
    if (expression instanceof CaseWhen test) {
      StringBuilder text = new StringBuilder("(CASE");
      for (Tuple2<Expression, Expression> branch : CollectionConverters.asJava(test.branches())) {
        text.append(" WHEN ").append(sql(branch._1())).append(" THEN ").append(sql(branch._2()));
      }
      if (test.elseValue().isDefined()) {
        text.append(" ELSE ").append(sql(test.elseValue().get()));
      }
      return Optional.of(text.append(" END)").toString());
    }
    if (expression instanceof Coalesce) {
      return Optional.of("coalesce(" + list(expression) + ")");
    }
    if (expression instanceof UnixMicros test) {
      return Optional.of(dialect.unixMicros(sql(test.child())));
    }
    return Optional.empty();
  }

  private String list(Expression expression) {
    return children(expression).stream().map(this::sql).collect(Collectors.joining(", "));
  }

  static List<Expression> children(Expression expression) {
    return CollectionConverters.asJava(expression.children());
  }

  private String joined(List<Expression> parts, String operator) {
    return parts.stream().map(this::sql).collect(Collectors.joining(operator, "(", ")"));
  }

  private static List<Expression> flat(Expression expression, Class<? extends Expression> type) {
    if (!type.isInstance(expression)) {
      return List.of(expression);
    }
    return children(expression).stream().flatMap(child -> flat(child, type).stream()).toList();
  }

  private static NotPushedException unknown(Expression expression) {
    return new NotPushedException("it uses " + expression.prettyName());
  }
}
