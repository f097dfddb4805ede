package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RememberedMatchesTest {
  private static final String BOTS = "(?i)(?<!cu)bot|crawl|ü$";
  private final SparkSession spark = SparkTestSession.create();

  private static boolean find(String text, String pattern) {
    return RememberedMatches.find(UTF8String.fromString(text), UTF8String.fromString(pattern));
  }

  @Test
  void findsWhatThePatternFinds() {
    List<String> texts =
        new ArrayList<>(
            List.of("", "Googlebot/2", "cubot", "a\nü", "CRAWL", "x".repeat(400) + "bot"));
    // More than are kept, and again.
    for (int i = 0; i < 3_000; i++) {
      texts.add(i % 2 == 0 ? "agent " + i : "bot " + i);
    }
    for (int round = 0; round < 4; round++) {
      assertThat(texts)
          .allSatisfy(
              text ->
                  assertThat(find(text, BOTS))
                      .isEqualTo(Pattern.compile(BOTS).matcher(text).find()));
    }
  }

  @Test
  void keepsThePatternsApart() {
    assertThat(find("abc", "^a")).isTrue();
    assertThat(find("abc", "^b")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void standsInPlaceOfRlikeAndKeepsNulls(boolean compiled) {
    spark.conf().set("spark.sql.codegen.wholeStage", compiled);
    spark.conf().set("spark.sql.codegen.factoryMode", compiled ? "FALLBACK" : "NO_CODEGEN");
    Dataset<Row> rows =
        spark.sql(
            "SELECT agent, agent RLIKE '(?i)bot' FROM (SELECT explode(array('a', 'Bot', NULL, 'a',"
                + " 'bot')) AS agent)");
    assertThat(rows.queryExecution().optimizedPlan().toString()).contains("RememberedMatches");
    assertThat(rows.collectAsList())
        .extracting(row -> row.get(0) + " " + row.get(1))
        .containsExactly("a false", "Bot true", "null null", "a false", "bot true");
  }

  @Test
  void leavesPatternsThatAreNoConstants() {
    Dataset<Row> rows =
        spark.sql("SELECT agent RLIKE agent FROM (SELECT explode(array('a', 'b')) AS agent)");
    assertThat(rows.queryExecution().optimizedPlan().toString()).doesNotContain("Remembered");
    assertThat(rows.collectAsList()).extracting(row -> row.getBoolean(0)).containsOnly(true);
  }

  @Test
  void leavesPatternsThatAreNoneToRlikeWhichSaysSo() {
    assertThatThrownBy(
            () -> spark.sql("SELECT id FROM range(2) WHERE CAST(id AS STRING) RLIKE '('").collect())
        .hasMessageContaining("INVALID_PARAMETER_VALUE.PATTERN");
  }
}
