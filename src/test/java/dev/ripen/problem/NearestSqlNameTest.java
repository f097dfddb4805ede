package dev.ripen.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestSqlNameTest {
  @Test
  void findsASlipOfTheFingers() {
    List<String> known = List.of("created_at", "email", "id", "lead_id");
    assertThat(NearestName.of("emial", known)).contains("email");
    assertThat(NearestName.of("CreatedAt", known)).contains("created_at");
    assertThat(NearestName.of("utm_campaign", known)).isEmpty();
    assertThat(NearestName.of("xy", known)).isEmpty();
  }
}
