package dev.ripen.sandbox;

import static dev.ripen.sandbox.SandboxClient.CONTACTS;
import static dev.ripen.sandbox.SandboxClient.inputs;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.sandbox.SandboxClient.Answer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PageTest extends SandboxFixture {
  @Override
  SandboxOptions configure(SandboxOptions options) {
    return options
        .withZone(ZoneId.of("Europe/Berlin"))
        .withStatusTime(() -> Instant.parse("2026-11-20T08:00:00Z"));
  }

  @BeforeEach
  void createFields() throws Exception {
    provision();
  }

  private void firstRun() throws Exception {
    client
        .inRun("r1")
        .post(
            CONTACTS + "/batch/update",
            inputs()
                .write(
                    "101",
                    "mql",
                    "true",
                    "mql_score",
                    "72",
                    "mql_level",
                    "hot",
                    "mql_at",
                    "2026-11-05T08:33:00.000Z",
                    "mql_reasons",
                    "Signed up; Visited pricing (3×); Senior title",
                    "lifecyclestage",
                    "marketingqualifiedlead")
                .write("103", "mql", "true", "mql_at", "2026-11-12T10:00:00.000Z")
                .write("102", "mql", "false", "mql_score", "12")
                .body());
  }

  private JsonNode summary() throws Exception {
    return client.get("/sandbox/page/summary").body();
  }

  private List<String> names(String filter) throws Exception {
    return client
        .get("/sandbox/page/contacts?" + filter)
        .body()
        .path("rows")
        .findValuesAsText("name");
  }

  @Test
  void saysThatItIsASandbox() throws Exception {
    JsonNode identity = client.get("/sandbox/identity").body();
    assertThat(identity.path("product").asText()).isEqualTo("ripen-sandbox");
    assertThat(identity.path("data").asText()).isEqualTo(temporary.resolve("data").toString());
  }

  @Test
  void servesThePageWithoutAnythingFromElsewhere() throws Exception {
    for (String path : List.of("/", "/app.css", "/app.js", "/favicon.svg")) {
      Answer answer = client.get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.raw().body().replace("http://www.w3.org/2000/svg", ""))
          .as(path)
          .doesNotContain("http://", "https://");
    }
    assertThat(client.get("/").header("Content-Security-Policy")).contains("default-src 'self'");
    assertThat(client.get("/").raw().body()).contains("Local sandbox");
  }

  @Test
  void startsWithoutMqls() throws Exception {
    assertThat(summary().path("mqls").asInt()).isZero();
    assertThat(summary().path("lastSync").isNull()).isTrue();
    assertThat(summary().path("weeks").size()).isEqualTo(12);
    assertThat(names("filter=mql")).isEmpty();
    assertThat(names("filter=all")).hasSize(3);
  }

  @Test
  void listsMqlsNewestFirstWithTheirMainReason() throws Exception {
    firstRun();
    assertThat(names("filter=mql")).containsExactly("Cleo Diaz", "Ada Berg");
    JsonNode ada = client.get("/sandbox/page/contacts?q=northwind").body().at("/rows/0");
    assertThat(ada.path("reason").asText()).isEqualTo("Signed up");
    assertThat(ada.path("moreReasons").asInt()).isEqualTo(2);
    assertThat(ada.path("since").asText()).isEqualTo("5 Nov 09:33");
  }

  @Test
  void tellsAContactInOneSentence() throws Exception {
    firstRun();
    assertThat(client.get("/sandbox/page/contacts/101").body().path("sentence").asText())
        .isEqualTo("MQL since 5 Nov 09:33: signed up, visited pricing (3×), senior title");
    assertThat(client.get("/sandbox/page/contacts/102").body().path("sentence").asText())
        .isEqualTo("Not an MQL");
    assertThat(client.get("/sandbox/page/contacts/7").status()).isEqualTo(404);
  }

  @Test
  void showsPointsWhereTheMachineFieldHasThem() throws Exception {
    client.post(
        CONTACTS + "/batch/update",
        inputs()
            .write(
                "101",
                "mql_reasons_json",
                "[{\"label\":\"Signed up\",\"points\":25},{\"label\":\"Asked for a demo\",\"points\":40.5}]")
            .body());
    JsonNode reasons = client.get("/sandbox/page/contacts/101").body().path("reasons");
    assertThat(reasons.findValuesAsText("label")).containsExactly("Asked for a demo", "Signed up");
    assertThat(reasons.at("/0/points").asDouble()).isEqualTo(40.5);
  }

  @Test
  void knowsWhoIsNewInTheLastRunAndWhoIsNoLongerAnMql() throws Exception {
    firstRun();
    assertThat(summary().path("newMqls").asInt()).isEqualTo(2);
    clock.advance(Duration.ofDays(1));
    client
        .inRun("r2")
        .post(
            CONTACTS + "/batch/update",
            inputs()
                .write("101", "mql", "true", "mql_score", "70")
                .write("102", "mql", "true")
                .write("103", "mql", "false")
                .body());
    assertThat(names("filter=new")).containsExactly("Ben");
    assertThat(names("filter=former")).containsExactly("Cleo Diaz");
    assertThat(summary().at("/lastSync/run").asText()).isEqualTo("r2");
    assertThat(summary().at("/lastSync/written").asInt()).isEqualTo(3);
  }

  @Test
  void takesTheLastBurstOfWritesForASyncIfNoRunIsNamed() throws Exception {
    client.post(CONTACTS + "/batch/update", inputs().write("101", "mql", "true").body());
    clock.advance(Duration.ofHours(1));
    client.post(CONTACTS + "/batch/update", inputs().write("102", "mql", "true").body());
    clock.advance(Duration.ofSeconds(1));
    client.post(CONTACTS + "/batch/update", inputs().write("103", "mql", "true").body());
    assertThat(names("filter=new")).containsExactlyInAnyOrder("Ben", "Cleo Diaz");
  }

  @Test
  void showsWhatRipenReportsOfASync() throws Exception {
    firstRun();
    client.post(
        "/sandbox/sync-report",
        "{'runId':'r1','asOf':'2026-11-20T05:00:00Z','written':3,'rejected':2,'newMqls':2}");
    JsonNode sync = summary().path("lastSync");
    assertThat(sync.path("rejected").asInt()).isEqualTo(2);
    assertThat(sync.path("asOf").asText()).isEqualTo("20 Nov 06:00");
    assertThat(sync.path("at").asText()).isEqualTo("20 Nov 2026, 07:00");
    assertThat(summary().path("newMqls").asInt()).isEqualTo(2);
    assertThat(summary().at("/weeks/11/label").asText()).isEqualTo("16 Nov");
    assertThat(summary().at("/weeks/9/count").asInt()).isEqualTo(1);
    assertThat(summary().at("/weeks/10/count").asInt()).isEqualTo(1);
  }

  @Test
  void takesAReportRightAfterWritesWithoutARunForTheirReport() throws Exception {
    client.post(CONTACTS + "/batch/update", inputs().write("101", "mql", "true").body());
    clock.advance(Duration.ofSeconds(2));
    client.post("/sandbox/sync-report", "{'runId':'r9','written':1,'rejected':0,'newMqls':1}");
    assertThat(names("filter=new")).containsExactly("Ada Berg");
    assertThat(summary().at("/lastSync/run").asText()).isEqualTo("r9");
  }

  @Test
  void tellsEveryChangeWithBeforeAfterWhenAndByWhom() throws Exception {
    firstRun();
    JsonNode step = client.get("/sandbox/page/contacts/101").body().at("/history/0");
    assertThat(step.path("at").asText()).isEqualTo("20 Nov 2026, 07:00");
    assertThat(step.path("source").asText()).isEqualTo("ripen run r1");
    assertThat(step.path("changes").findValuesAsText("field"))
        .containsExactly(
            "MQL", "MQL score", "MQL level", "MQL at", "MQL reasons", "Lifecycle Stage");
    assertThat(step.at("/changes/5/before").asText()).isEqualTo("Lead");
    assertThat(step.at("/changes/5/after").asText()).isEqualTo("Marketing Qualified Lead");
  }

  @Test
  void theFileOfStatusChangesExistsFromTheStart() {
    assertThat(server.statusChanges()).isEmptyFile();
  }

  @Test
  void writesWhatSalesSaysToTheContactAndTheFile() throws Exception {
    firstRun();
    Answer answer =
        client.post(
            "/sandbox/contacts/101/status", "{'status':'recycled','reason':'Budget next year'}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(Files.readString(server.statusChanges()))
        .isEqualTo(
            "{\"contact_id\":\"101\",\"status\":\"recycled\",\"reason\":\"Budget next year\","
                + "\"occurred_at\":\"2026-11-20T08:00:00.000000Z\"}\n");
    assertThat(server.findContact("101").orElseThrow())
        .containsEntry("hs_lead_status", "BAD_TIMING");
    JsonNode contact = client.get("/sandbox/page/contacts/101").body();
    assertThat(contact.path("status").asText()).isEqualTo("recycled");
    assertThat(contact.at("/history/0/source").asText()).isEqualTo("sales (you): Budget next year");
    assertThat(summary().at("/lastSync/run").asText()).isEqualTo("r1");
  }

  @Test
  void takesNoOtherStatus() throws Exception {
    assertThat(client.post("/sandbox/contacts/101/status", "{'status':'won'}").status())
        .isEqualTo(400);
    assertThat(client.post("/sandbox/contacts/7/status", "{'status':'accepted'}").status())
        .isEqualTo(404);
    assertThat(server.statusChanges()).isEmptyFile();
  }
}
