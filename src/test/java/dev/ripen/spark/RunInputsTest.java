package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RunInputsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM t WHERE at > :as_of",
        "SELECT score_timeline(model, facts, :as_of) AS s, :as_of AS now_at FROM facts",
        "SELECT score_timeline(model, facts, date_trunc('day', :as_of)) FROM facts",
        "SELECT now() AS n",
        "SELECT Current_Date AS d",
        "SELECT current_timestamp() AS d",
        "SELECT unix_timestamp() AS d",
        "SELECT uuid () AS id",
        "rules = [ { lead = \"created_at > current_timestamp - interval 3 days\" } ]"
      })
  void changesByItself(String text) {
    assertThat(RunInputs.changesByItself(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT s.* FROM (SELECT score_timeline(model, facts, :as_of) AS s FROM facts)",
        "SELECT SCORE_TIMELINE( model , facts , :as_of ) FROM facts",
        "version = \"2026-11\", label = \"Book now\"",
        "SELECT current_status, user, version, random_id FROM t WHERE day > :window_days",
        "SELECT unix_timestamp(at) AS seconds, to_date(day) AS d FROM t"
      })
  void staysAsItIs(String text) {
    assertThat(RunInputs.changesByItself(text)).isFalse();
  }
}
