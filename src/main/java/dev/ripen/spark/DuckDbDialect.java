package dev.ripen.spark;

import java.sql.Types;
import java.util.Locale;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import scala.Option;

/**
 * DuckDB's types for Spark's JDBC source, which fails on those it does not know. What ripen has no
 * use for is read as text, so that such a column does not fail a run that never reads it.
 */
final class DuckDbDialect extends JdbcDialect {
  private static final long serialVersionUID = 1L;
  static final DuckDbDialect INSTANCE = new DuckDbDialect();

  private DuckDbDialect() {}

  @Override
  public boolean canHandle(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("jdbc:duckdb:");
  }

  @Override
  public Option<DataType> getCatalystType(
      int sqlType, String typeName, int size, MetadataBuilder metadata) {
    String type = typeName.toUpperCase(Locale.ROOT);
    if (type.startsWith("DECIMAL")) {
      return Option.empty();
    }
    return switch (type) {
      case "BOOLEAN" -> Option.apply(DataTypes.BooleanType);
      case "TINYINT", "SMALLINT", "UTINYINT", "INTEGER", "USMALLINT" ->
          Option.apply(DataTypes.IntegerType);
      case "BIGINT", "UINTEGER" -> Option.apply(DataTypes.LongType);
      case "FLOAT", "REAL", "DOUBLE" -> Option.apply(DataTypes.DoubleType);
      case "DATE" -> Option.apply(DataTypes.DateType);
      case "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE" ->
          Option.apply(DataTypes.TimestampType);
      case "BLOB" -> Option.apply(DataTypes.BinaryType);
      default ->
          sqlType == Types.BLOB || sqlType == Types.BINARY
              ? Option.empty()
              : Option.apply(DataTypes.StringType);
    };
  }
}
