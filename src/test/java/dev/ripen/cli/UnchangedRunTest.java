package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.problem.ExitCode;
import dev.ripen.spark.ReadAgain;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with nothing new leaves everything as it is; the least that is new makes it run. */
@Tag("spark")
final class UnchangedRunTest {
  private static final int LEADS = 12;

  @TempDir Path directory;
  private TinyNights nights;

  @BeforeEach
  void start() throws IOException {
    nights = new TinyNights(directory, LEADS);
    // Dated later than the first run: they wait in the state.
    nights.replace(
        "data/leads.csv",
        "lead3@northwind.example,2026-11-01 08:00:00",
        "lead3@northwind.example,2026-11-10 07:00:00");
    nights.happens("demo_requested", 10, 1001);
    grownOld(1);
    assertThat(at("05:00").run()).isEqualTo(ExitCode.DONE);
  }

  @AfterEach
  void stop() {
    nights.close();
  }

  @Test
  void nothingIsDoneAndNothingIsLeft() throws IOException {
    nights.crm.clearLog();
    List<String> before = files();
    TestRun again = at("06:59");

    assertThat(again.run()).isEqualTo(ExitCode.DONE);

    assertThat(again.report().standing).isNotNull();
    assertThat(again.messages())
        .contains(
            "nothing new since the run as of 2026-11-10 05:00: the same sources, models, rules and"
                + " settings");
    assertThat(RunView.summary(again.report())).startsWith("MQLs ").endsWith(" %), as before");
    assertThat(RunView.cost(again.report()).orElseThrow())
        .endsWith("for a run with nothing new: nothing read, nothing asked of the CRM");
    assertThat(again.report().toJson().path("unchanged_since").asText())
        .isEqualTo("2026-11-10T05:00:00Z");
    assertThat(again.report().toJson().path("nothing_new").asBoolean()).isTrue();
    assertThat(nights.crm.log()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void whatHasWaitedComesIntoForce() {
    TestRun lead = at("07:00");
    works(lead);
    assertThat(lead.report().newMqls).isEqualTo(1);
    stands(at("08:59"));
    TestRun event = at("09:00");
    works(event);
    assertThat(event.report().newMqls).isEqualTo(1);
    stands(at("09:30"));
  }

  @Test
  void whateverIsNewIsLookedAt() throws IOException {
    works(at("06:00", "guards.max-creates=1"));
    assertThatThrownBy(() -> at("06:01", "mql.threshold=31").run())
        .hasMessageContaining("guard definition");
    works(at("06:02"));
    stands(at("06:03", "notify.on.rejects-above=5"));

    Path model = nights.project.resolve("sql/crm/hubspot.sql");
    TestProjects.write(model, Files.readString(model) + "\n-- a remark\n");
    works(at("06:04"));

    nights.happens("signed_up", 9, 1002);
    grownOld(2);
    works(at("06:05"));

    // As many bytes at another time: it may say something else.
    grownOld(3);
    works(at("06:06"));

    Files.delete(nights.project.resolve(".ripen/state/" + Standing.PATH));
    works(at("06:07"));
    stands(at("06:08"));
    works(nights.night(11));
  }

  @Test
  void aCheckThatLooksAtTheClockIsMadeEveryTime() throws IOException {
    nights.replace(
        "sql/leads.sql",
        "-- @check unique(lead_id)",
        "-- @check unique(lead_id)\n-- @check rows where created_at > now() is empty warn");
    works(at("06:00"));
    works(at("06:01"));
  }

  @Test
  void runsAllTheSameIfAsked() {
    TestRun always = at("06:00");
    assertThat(always.run(ReadAgain.NOTHING, true)).isEqualTo(ExitCode.DONE);
    assertThat(always.report().standing).isNull();
    TestRun everything = at("06:01");
    everything.run(new ReadAgain(true, ReadAgain.NOTHING.from(), ReadAgain.NOTHING.to()));
    assertThat(everything.report().standing).isNull();
  }

  @Test
  void aFileThatHasJustBeenWrittenIsNotTrusted() throws IOException {
    // As if by a clock that is ahead: no test may hang on how fast it is.
    Files.setLastModifiedTime(
        nights.project.resolve("data/events.csv"), FileTime.from(Instant.now().plusSeconds(3_600)));
    works(at("06:00"));
    works(at("06:01"));
    assertThat(at("06:00").workspace().inputs()).isEmpty();
    grownOld(1);
    assertThat(at("06:00").workspace().inputs()).isPresent();
  }

  private void works(TestRun run) {
    assertThat(run.run()).isEqualTo(ExitCode.DONE);
    assertThat(run.report().standing).as(run.messages()).isNull();
    assertThat(run.report().leads).isEqualTo(LEADS);
  }

  private void stands(TestRun run) {
    assertThat(run.run()).isEqualTo(ExitCode.DONE);
    assertThat(run.report().standing).as(run.messages()).isNotNull();
  }

  private TestRun at(String time, String... settings) {
    return nights.night(
        10,
        Stream.concat(Stream.of("as-of=2026-11-10T" + time + ":00Z"), Stream.of(settings))
            .toArray(String[]::new));
  }

  private void grownOld(int hours) throws IOException {
    for (String file : List.of("leads.csv", "events.csv")) {
      Files.setLastModifiedTime(
          nights.project.resolve("data/" + file),
          FileTime.from(Instant.parse("2026-11-09T00:00:00Z").plusSeconds(3_600L * hours)));
    }
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(nights.project.resolve(".ripen/state"))) {
      return files
          .filter(file -> !file.endsWith("lock"))
          .map(file -> file + " " + file.toFile().lastModified())
          .sorted()
          .toList();
    }
  }
}
