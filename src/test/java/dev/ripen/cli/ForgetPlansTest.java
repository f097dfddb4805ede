package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForgetPlansTest {
  @TempDir Path state;

  private static boolean isAda(JsonNode line) {
    return line.path("key").asText().equals("101");
  }

  @BeforeEach
  void freezeAPlanAndSendHalfOfIt() {
    TestProjects.write(
        state.resolve("plans/r1/changes.jsonl"),
        """
        {"seq":1,"action":"update","key":"100","email":"ben@contoso.example"}
        {"seq":2,"action":"update","key":"101","email":"ada@northwind.example"}
        {"seq":3,"action":"create","key":"102","email":"cleo@fabrikam.example"}
        """);
    TestProjects.write(state.resolve("plans/r1/learned.jsonl"), "");
    TestProjects.write(
        state.resolve("plans/r1/skipped.jsonl"),
        "{\"seq\":9,\"action\":\"skip\",\"key\":\"101\"}\n");
    TestProjects.write(
        state.resolve("plans/r1/plan.json"),
        "{\"run_id\":\"r1\",\"totals\":{\"wanted\":4,\"create\":1,\"update\":2}}");
    TestProjects.write(
        state.resolve("outbox/r1/000001.jsonl"),
        """
        {"seq":1,"outcome":"written","record_id":"1500"}
        {"seq":2,"outcome":"rejected","message":"ada@northwind.example is not valid"}
        {"seq":3,"outc""");
  }

  private String read(String path) throws IOException {
    return Files.readString(state.resolve(path));
  }

  @Test
  void takesAPersonOutOfPlansAndTheirOutcomes() throws IOException {
    ForgetPlans plans = new ForgetPlans(new LocalStateFiles(state));
    assertThat(plans.count(ForgetPlansTest::isAda)).isEqualTo(2);

    plans.removeEverywhere(ForgetPlansTest::isAda);

    assertThat(plans.count(ForgetPlansTest::isAda)).isZero();
    assertThat(read("plans/r1/changes.jsonl").lines()).hasSize(2).noneMatch(l -> l.contains("ada"));
    assertThat(read("plans/r1/skipped.jsonl")).isEmpty();
    assertThat(read("outbox/r1/000001.jsonl").lines())
        .containsExactly("{\"seq\":1,\"outcome\":\"written\",\"record_id\":\"1500\"}");
    assertThat(state.resolve("plans/r1")).isDirectoryNotContaining("glob:**.forget");
  }

  @Test
  void keepsTheTotalsOfThePlanTrue() throws IOException {
    new ForgetPlans(new LocalStateFiles(state)).remove("r1", ForgetPlansTest::isAda);

    JsonNode totals = new ObjectMapper().readTree(read("plans/r1/plan.json")).get("totals");
    assertThat(totals.get("update").asInt()).isEqualTo(1);
    assertThat(totals.get("create").asInt()).isEqualTo(1);
  }

  @Test
  void leavesOtherPlansAlone() throws IOException {
    String before = read("plans/r1/changes.jsonl");

    new ForgetPlans(new LocalStateFiles(state)).removeEverywhere(line -> false);

    assertThat(read("plans/r1/changes.jsonl")).isEqualTo(before);
  }
}
