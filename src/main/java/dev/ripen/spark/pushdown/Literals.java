package dev.ripen.spark.pushdown;

import java.time.LocalDate;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NullType;

/** Writes constants. */
final class Literals {
  private final Dialect dialect;

  Literals(Dialect dialect) {
    this.dialect = dialect;
  }

  String sql(Literal literal) {
    DataType type = literal.dataType();
    Object value = literal.value();
    if (value == null) {
      return type instanceof NullType ? "NULL" : "CAST(NULL AS " + Casts.name(dialect, type) + ")";
    }
    if (type.equals(DataTypes.StringType)) {
      return dialect.text(value.toString());
    }
    if (type.equals(DataTypes.BooleanType)) {
      return value.equals(true) ? "TRUE" : "FALSE";
    }
    if (type.equals(DataTypes.TimestampType)) {
      return dialect.instant((Long) value);
    }
    if (type.equals(DataTypes.DateType)) {
      return date(LocalDate.ofEpochDay((Integer) value));
    }
    if (type instanceof DecimalType) {
      String digits = ((Decimal) value).toJavaBigDecimal().toPlainString();
      return "CAST(" + digits + " AS " + Casts.name(dialect, type) + ")";
    }
    if (type.equals(DataTypes.DoubleType)) {
      return ofDouble((Double) value);
    }
    if (Casts.isWhole(type)) {
      return ((Number) value).longValue() < 0 ? "(" + value + ")" : value.toString();
    }
    throw new NotPushedException("it has a constant of type " + type.sql());
  }

  private String date(LocalDate day) {
    if (day.getYear() < 1 || day.getYear() > 9999) {
      throw new NotPushedException("a date in it is before the year 1 or after 9999");
    }
    return dialect.date(day);
  }

  private static String ofDouble(Double value) {
    if (value.isNaN() || value.isInfinite()) {
      throw new NotPushedException("it has the constant " + value);
    }
    return "CAST('" + value + "' AS DOUBLE PRECISION)";
  }
}
