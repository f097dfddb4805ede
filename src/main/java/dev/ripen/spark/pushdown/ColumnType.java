package dev.ripen.spark.pushdown;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/**
 * The type of a column as its database has it.
 *
 * @param name in the database, for messages
 * @param precision digits of a decimal
 * @param scale of a decimal, digits after the point
 */
public record ColumnType(Kind kind, String name, int precision, int scale) {
  /** What the SQL of a database has to know of it. */
  public enum Kind {
    /** Any text that is compared by its characters, or can be made so. */
    TEXT,
    INTEGER,
    DECIMAL,
    DOUBLE,
    BOOLEAN,
    DATE,
    /** Without a zone: UTC. */
    TIMESTAMP,
    /** An instant. */
    ZONED_TIMESTAMP,
    /** Left to Spark. */
    OTHER
  }

  /** Whether Spark reads it as a type whose values mean the same. */
  boolean fits(DataType type) {
    return switch (kind) {
      case TEXT -> type.equals(DataTypes.StringType);
      case INTEGER ->
          type.equals(DataTypes.ShortType)
              || type.equals(DataTypes.IntegerType)
              || type.equals(DataTypes.LongType);
      case DECIMAL ->
          type instanceof DecimalType decimal
              ? decimal.precision() == precision && decimal.scale() == scale
              // Snowflake's driver calls a number without a fraction whole, however long.
              : scale == 0 && type.equals(DataTypes.LongType);
      case DOUBLE -> type.equals(DataTypes.DoubleType);
      case BOOLEAN -> type.equals(DataTypes.BooleanType);
      case DATE -> type.equals(DataTypes.DateType);
      case TIMESTAMP, ZONED_TIMESTAMP -> type.equals(DataTypes.TimestampType);
      case OTHER -> false;
    };
  }
}
