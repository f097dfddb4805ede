package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of the project {@code tiny} that tell a Slack-compatible server how they ended. */
class NotificationsTest {
  private static final int LEADS = 9;

  @TempDir Path directory;
  private final MockWebServer slack = new MockWebServer();
  private Path project = Path.of("");
  private List<String> contacts = List.of();

  @BeforeEach
  void makeTheProject() throws IOException {
    slack.start();
    project = TestProjects.copy("tiny", directory);
    contacts = TestProjects.fillTiny(project, LEADS);
    TestProjects.write(project.resolve("secrets/slack"), slack.url("/hooks/x").toString());
    Path conf = project.resolve("conf/ripen.conf");
    Files.writeString(
        conf,
        Files.readString(conf)
            + """

            notify {
              slack { url = "file:secrets/slack" }
              on { nothing-new-for = off }
              digest { to = [ slack ] }
            }
            """);
  }

  @AfterEach
  void stop() {
    slack.close();
  }

  private TestRun run(SandboxServer crm, String... settings) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add(TestProjects.portSetting(crm));
    return new TestRun(project, all.toArray(String[]::new));
  }

  private void answers(int... statuses) {
    for (int status : statuses) {
      slack.enqueue(new MockResponse.Builder().code(status).build());
    }
  }

  /** What Slack has got since the last question. */
  private List<String> told(int messages) throws Exception {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      RecordedRequest request = slack.takeRequest(10, TimeUnit.SECONDS);
      assertThat(request).as("message %d", i + 1).isNotNull();
      texts.add(new ObjectMapper().readTree(request.getBody().utf8()).get("text").asText());
    }
    return texts;
  }

  private void newMql(int id, String day) throws IOException {
    Path leads = project.resolve("data/leads.csv");
    Path events = project.resolve("data/events.csv");
    Files.writeString(
        leads,
        Files.readString(leads) + id + ",grace@northwind.example,2026-11-01 08:00:00,1001\n");
    Files.writeString(
        events,
        Files.readString(events)
            + "sign-up-%1$d,%1$d,%2$s 08:00:00,signed_up\ndemo-%1$d,%1$d,%2$s 09:00:00,demo_requested\n"
                .formatted(id, day));
  }

  /** One story, since every night is a whole run. */
  @Test
  void tellsWhatChangesAndTriesAgainWhatNobodyGot() throws Exception {
    try (SandboxServer crm = TestProjects.sandbox(project, contacts)) {
      assertThat(run(crm, "as-of=2026-11-10T05:00:00Z").runAndTell()).isEqualTo(ExitCode.DONE);
      assertThat(slack.getRequestCount()).as("a first run has no news").isZero();

      answers(200);
      TestRun stopped = run(crm, "as-of=2026-11-11T05:00:00Z", "mql.threshold=20");
      assertThatThrownBy(stopped::runAndTell).isInstanceOf(ProblemException.class);
      assertThat(told(1).get(0))
          .startsWith("*tiny: a check or guard stopped the run*\nguard definition: ");

      newMql(2000, "2026-11-11");
      answers(404);
      TestRun deaf = run(crm, "as-of=2026-11-12T05:00:00Z");
      assertThat(deaf.runAndTell()).isEqualTo(ExitCode.DONE);
      assertThat(deaf.messages()).contains("warning: could not tell slack: HTTP 404");
      told(1);

      answers(200, 200);
      TestRun heard = run(crm, "as-of=2026-11-13T05:00:00Z");
      assertThat(heard.runAndTell()).isEqualTo(ExitCode.DONE);
      assertThat(heard.messages())
          .contains("Told slack: run.recovered.")
          .contains("Told slack: mqls.new.");
      List<String> texts = told(2);
      assertThat(texts.get(0)).contains("Before: stopped (guard definition).");
      assertThat(texts.get(1))
          .startsWith("*tiny: 1 new MQL*\n• 2000 · since 11 Nov 09:00: ")
          .doesNotContain("@");

      newMql(2001, "2026-11-13");
      answers(200);
      String[] allowed = {"as-of=2026-11-14T05:00:00Z", "notify.digest.person-fields=[email]"};
      run(crm, allowed).runAndTell();
      assertThat(told(1).get(0))
          .startsWith("*tiny: 1 new MQL*\n• grace@northwind.example · since 13 Nov 09:00: ");
    }
    assertThat(slack.getRequestCount()).isEqualTo(5);
  }
}
