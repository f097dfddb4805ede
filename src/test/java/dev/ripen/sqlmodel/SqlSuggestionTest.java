package dev.ripen.sqlmodel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlSuggestionTest {
  @Test
  void findsASlipOfTheFingers() {
    List<String> known = List.of("created_at", "email", "id", "lead_id");
    assertThat(SqlSuggestion.of("emial", known)).contains("email");
    assertThat(SqlSuggestion.of("CreatedAt", known)).contains("created_at");
    assertThat(SqlSuggestion.of("utm_campaign", known)).isEmpty();
    assertThat(SqlSuggestion.of("xy", known)).isEmpty();
  }
}
