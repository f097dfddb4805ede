package dev.ripen.spark.pushdown;

import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Writes casts that lose nothing and never fail. */
final class Casts {
  private final Dialect dialect;
  private final ExpressionSql expressions;

  Casts(Dialect dialect, ExpressionSql expressions) {
    this.dialect = dialect;
    this.expressions = expressions;
  }

  Optional<String> sql(Expression expression) {
    if (!(expression instanceof Cast cast)) {
      return Optional.empty();
    }
    DataType from = cast.child().dataType();
    DataType to = cast.dataType();
    if (from.equals(DataTypes.TimestampType)) {
      requireUtc(cast);
      return Optional.of(ofInstant(cast));
    }
    boolean widens =
        (isWhole(from) || from instanceof DecimalType) && isNumber(to) && digitsFit(from, to);
    boolean written = to.equals(DataTypes.StringType) && isNumber(from) && scale(from) == 0;
    if (widens || written) {
      return Optional.of(
          "CAST(" + expressions.sql(cast.child()) + " AS " + name(dialect, to) + ")");
    }
    throw refused(from, to);
  }

  private String ofInstant(Cast cast) {
    String instant = expressions.sql(cast.child());
    if (cast.dataType().equals(DataTypes.DateType)) {
      return "CAST(" + instant + " AS DATE)";
    }
    if (cast.dataType().equals(DataTypes.StringType) && expressions.isBounded(cast.child())) {
      return dialect.textOfInstant(instant);
    }
    throw refused(cast.child().dataType(), cast.dataType());
  }

  private static void requireUtc(Cast cast) {
    if (!cast.timeZoneId().contains("UTC")) {
      throw new NotPushedException("it casts times in another zone than UTC");
    }
  }

  private static NotPushedException refused(DataType from, DataType to) {
    return new NotPushedException("it casts " + from.sql() + " to " + to.sql());
  }

  static boolean isWhole(DataType type) {
    return type.equals(DataTypes.ByteType)
        || type.equals(DataTypes.ShortType)
        || type.equals(DataTypes.IntegerType)
        || type.equals(DataTypes.LongType);
  }

  /** Exact ones. */
  private static boolean isNumber(DataType type) {
    return isWhole(type) || type instanceof DecimalType;
  }

  /** Types whose values are equal in a database where they are in Spark. */
  static boolean isKnown(DataType type) {
    return isNumber(type)
        || type.equals(DataTypes.StringType)
        || type.equals(DataTypes.BooleanType)
        || type.equals(DataTypes.DateType)
        || type.equals(DataTypes.TimestampType)
        || type.equals(DataTypes.DoubleType);
  }

  private static boolean digitsFit(DataType from, DataType to) {
    return before(from) <= before(to) && scale(from) <= scale(to);
  }

  private static int scale(DataType type) {
    return type instanceof DecimalType decimal ? decimal.scale() : 0;
  }

  /** Digits before the point that every value fits into. */
  private static int before(DataType type) {
    if (type instanceof DecimalType decimal) {
      return decimal.precision() - decimal.scale();
    }
    if (type.equals(DataTypes.LongType)) {
      return 19;
    }
    return type.equals(DataTypes.IntegerType) ? 10 : 5;
  }

  /** What a database calls a type of Spark. */
  static String name(Dialect dialect, DataType type) {
    if (type.equals(DataTypes.StringType)) {
      return dialect.textType();
    }
    if (type instanceof DecimalType decimal) {
      return "DECIMAL(" + decimal.precision() + ", " + decimal.scale() + ")";
    }
    if (type.equals(DataTypes.TimestampType)) {
      return dialect.instantType();
    }
    if (type.equals(DataTypes.ByteType) || type.equals(DataTypes.ShortType)) {
      return "SMALLINT";
    }
    if (type.equals(DataTypes.IntegerType)) {
      return "INTEGER";
    }
    if (type.equals(DataTypes.LongType)) {
      return "BIGINT";
    }
    if (type.equals(DataTypes.DoubleType)) {
      return "DOUBLE PRECISION";
    }
    if (type.equals(DataTypes.BooleanType) || type.equals(DataTypes.DateType)) {
      return type.sql();
    }
    throw new NotPushedException("it uses the type " + type.sql());
  }
}
