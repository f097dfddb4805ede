package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import java.util.Map;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.junit.jupiter.api.Test;
import scala.Option;

class SnowflakeDialectTest {
  @Test
  void knowsSnowflakesUrlsOnly() {
    assertThat(SnowflakeDialect.INSTANCE.canHandle("jdbc:SNOWFLAKE://x/")).isTrue();
    assertThat(SnowflakeDialect.INSTANCE.canHandle("jdbc:duckdb:x")).isFalse();
  }

  @Test
  void readsAllThreeTimestampsAsInstants() {
    assertThat(
            Map.of(
                "TIMESTAMP_NTZ", type(Types.TIMESTAMP, "TIMESTAMPNTZ"),
                "TIMESTAMP_LTZ", type(Types.TIMESTAMP, "TIMESTAMPLTZ"),
                "TIMESTAMP_TZ", type(Types.TIMESTAMP_WITH_TIMEZONE, "TIMESTAMPTZ")))
        .isEqualTo(
            Map.of(
                "TIMESTAMP_NTZ", Option.apply(DataTypes.TimestampType),
                "TIMESTAMP_LTZ", Option.apply(DataTypes.TimestampType),
                "TIMESTAMP_TZ", Option.apply(DataTypes.TimestampType)));
  }

  @Test
  void readsStructuredValuesAndVectorsAsText() {
    assertThat(
            Map.of(
                "ARRAY", type(Types.ARRAY, "ARRAY"),
                "OBJECT", type(Types.STRUCT, "OBJECT"),
                "VECTOR", type(50_003, "VECTOR")))
        .isEqualTo(
            Map.of(
                "ARRAY", Option.apply(DataTypes.StringType),
                "OBJECT", Option.apply(DataTypes.StringType),
                "VECTOR", Option.apply(DataTypes.StringType)));
  }

  @Test
  void leavesOtherTypesToSpark() {
    assertThat(type(Types.DECIMAL, "NUMBER")).isEqualTo(Option.empty());
    assertThat(type(Types.VARCHAR, "VARIANT")).isEqualTo(Option.empty());
  }

  private static Option<DataType> type(int sqlType, String name) {
    return SnowflakeDialect.INSTANCE.getCatalystType(sqlType, name, 0, new MetadataBuilder());
  }
}
