package dev.ripen.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReasonsJsonTest {
  private static ScoreCard.Contribution contribution(String label, String points, int times) {
    return new ScoreCard.Contribution(
        label.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'),
        label,
        "engagement",
        1,
        Models.points(points),
        times,
        Models.at("2026-11-05T09:31:00.5Z"));
  }

  @Test
  void tellsTheBiggestFirstWithoutDecay() {
    assertThat(
            ReasonsJson.of(
                List.of(
                    contribution("Unsubscribed", "-2.75", 1),
                    contribution("Signed up", "25.5", 1),
                    contribution("Visited pricing", "45", 3))))
        .isEqualTo(
            "[{\"rule\":\"visited-pricing\",\"label\":\"Visited pricing\",\"dimension\":\"engagement\","
                + "\"points\":45,\"times\":3,\"last_at\":\"2026-11-05T09:31:00.500Z\"},"
                + "{\"rule\":\"signed-up\",\"label\":\"Signed up\",\"dimension\":\"engagement\","
                + "\"points\":25.5,\"times\":1,\"last_at\":\"2026-11-05T09:31:00.500Z\"},"
                + "{\"rule\":\"unsubscribed\",\"label\":\"Unsubscribed\",\"dimension\":\"engagement\","
                + "\"points\":-2.75,\"times\":1,\"last_at\":\"2026-11-05T09:31:00.500Z\"}]");
  }

  @Test
  void isAnEmptyArrayWithoutReasons() {
    assertThat(ReasonsJson.of(List.of())).isEqualTo("[]");
  }

  @Test
  void staysJsonWhateverALabelSays() throws Exception {
    String label = "a \"quote\", a \\, \n\t\u0001 and 🎉";
    JsonNode read =
        new ObjectMapper().readTree(ReasonsJson.of(List.of(contribution(label, "1", 1))));
    assertThat(read.get(0).get("label").asText()).isEqualTo(label);
  }

  @Test
  void theLineNeverExceedsTheCrmsField() {
    ScoreCard.Contribution endless = contribution("x".repeat(240) + "🎉".repeat(30), "5", 12);
    String line = Reasons.of(List.of(endless, contribution("Signed up", "2", 1)));
    assertThat(line).hasSizeLessThanOrEqualTo(250).startsWith("xxx").endsWith("… (12×) +5");
    assertThat(line.codePoints().allMatch(c -> c < 0xD800 || c > 0xDFFF)).isTrue();
  }
}
