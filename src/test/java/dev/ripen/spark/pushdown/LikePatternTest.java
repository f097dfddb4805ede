package dev.ripen.spark.pushdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LikePatternTest {
  private static final Dialect DUCKDB = Dialect.of("duckdb").orElseThrow();
  private static final Dialect POSTGRESQL = Dialect.of("postgresql").orElseThrow();
  private static final Dialect SNOWFLAKE = Dialect.of("snowflake").orElseThrow();

  @Test
  void escapesOnlyWhatNeedsIt() {
    assertThat(LikePattern.startingWith("/pricing!").sql(DUCKDB, "x"))
        .isEqualTo("(x LIKE '/pricing!%')");
    assertThat(LikePattern.containing("100%!").sql(DUCKDB, "x"))
        .isEqualTo("(x LIKE '%100!%!!%' ESCAPE '!')");
    assertThat(LikePattern.endingWith("it's_").sql(POSTGRESQL, "x"))
        .isEqualTo("(x LIKE '%it''s!_' ESCAPE '!')");
  }

  @Test
  void writesABackslashAsEachDatabaseReadsIt() {
    LikePattern pattern = LikePattern.containing("a\\b");

    assertThat(pattern.sql(DUCKDB, "x")).isEqualTo("(x LIKE '%a\\b%' ESCAPE '!')");
    assertThat(pattern.sql(POSTGRESQL, "x")).isEqualTo("(x LIKE E'%a\\\\b%' ESCAPE '!')");
    assertThat(pattern.sql(SNOWFLAKE, "x")).isEqualTo("(x LIKE '%a\\\\b%' ESCAPE '!')");
  }

  @Test
  void readsPatternsAsSparkDoes() {
    assertThat(LikePattern.parse("a\\%_b\\\\%", '\\').sql(DUCKDB, "x"))
        .isEqualTo("(x LIKE 'a!%_b\\%' ESCAPE '!')");
    assertThatThrownBy(() -> LikePattern.parse("a\\b", '\\'))
        .isInstanceOf(NotPushedException.class)
        .hasMessage("Spark refuses its LIKE pattern a\\b");
  }

  @Test
  void refusesWhatNoDatabaseCanHold() {
    assertThatThrownBy(() -> LikePattern.containing("a\0").sql(POSTGRESQL, "x"))
        .isInstanceOf(NotPushedException.class)
        .hasMessage("a text in it has a zero character");
  }
}
