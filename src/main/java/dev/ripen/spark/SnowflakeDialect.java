package dev.ripen.spark;

import java.sql.Types;
import java.util.Locale;
import org.apache.spark.sql.jdbc.JdbcDialect;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import scala.Option;

/**
 * Snowflake's types that Spark's JDBC source fails on or takes for something else. TIMESTAMP_TZ,
 * which loaders use, is an instant; structured values and vectors are read as text, so that such a
 * column does not fail a run that never reads it.
 */
final class SnowflakeDialect extends JdbcDialect {
  private static final long serialVersionUID = 1L;
  static final SnowflakeDialect INSTANCE = new SnowflakeDialect();

  /** The driver's own numbers for types that JDBC has none for start here (driver 4.4.1). */
  private static final int FIRST_OWN_TYPE = 50_000;

  private SnowflakeDialect() {}

  @Override
  public boolean canHandle(String url) {
    return url.toLowerCase(Locale.ROOT).startsWith("jdbc:snowflake:");
  }

  @Override
  public Option<DataType> getCatalystType(
      int sqlType, String typeName, int size, MetadataBuilder metadata) {
    if (sqlType == Types.TIMESTAMP
        || sqlType == Types.TIMESTAMP_WITH_TIMEZONE
        || typeName.toUpperCase(Locale.ROOT).startsWith("TIMESTAMP")) {
      return Option.apply(DataTypes.TimestampType);
    }
    return switch (sqlType) {
      case Types.ARRAY, Types.STRUCT, Types.OTHER, Types.JAVA_OBJECT ->
          Option.apply(DataTypes.StringType);
      default -> sqlType >= FIRST_OWN_TYPE ? Option.apply(DataTypes.StringType) : Option.empty();
    };
  }
}
