package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.StateDamage;
import dev.ripen.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Harms the files of a state as disks and people do; a run says so, and one command mends it. */
@Tag("spark")
final class RepairTest {
  private static final int LEADS = 9;

  @TempDir Path directory;
  private TinyNights nights;
  private Path state;

  @BeforeEach
  void start() {
    nights = new TinyNights(directory, LEADS);
    state = nights.project.resolve(".ripen/state");
  }

  @AfterEach
  void stop() {
    nights.close();
  }

  @Test
  void makesTablesWholeThatAreCutShortGoneOrTorn() throws IOException {
    nights.night(10).run();
    TestRun second = nights.night(11);
    second.run();
    List<String> scores = scores(second);

    cutShort(newest("signals/event_day=2026-11-03", ".parquet"));
    Files.delete(newest("leads", ".parquet"));
    cutShort(newest("scores/_delta_log", ".json"));
    deleteAll(state.resolve("ledger/_delta_log"));
    ProblemException stopped = problem(12);
    assertThat(stopped.exitCode()).isEqualTo(ExitCode.STOPPED);
    assertThat(stopped.problems()).extracting(Problem::code).containsOnly(ErrorCode.STATE_DAMAGED);
    Golden.assertMatches("cli/state-damaged.txt", plain(rendered(stopped)));

    Golden.assertMatches("cli/repair-dry-run.txt", plain(repair(true)));
    assertThat(problem(12).problems()).hasSize(4);
    Golden.assertMatches("cli/repair.txt", plain(repair(false)));
    assertThat(repair(false)).isEqualTo("The state is whole.");

    nights.crm.clearLog();
    TestRun next = nights.night(12);
    assertThat(next.run()).isEqualTo(ExitCode.DONE);
    assertThat(next.messages()).contains("12 of 12 events", "(62 days)");
    assertThat(scores(next)).isEqualTo(scores);
    assertThat(next.committed("ledger").count()).isEqualTo(LEADS);
    assertThat(nights.rowsSent()).as("the ledger was made of what is left").isZero();
    assertThat(RunView.cost(next.report()).orElseThrow())
        .matches(
            "Cost      .*s for a run with nothing to send: 12 events of 62 days, .* of files, .*");
    asksBeforeItGivesUpWhoWasForgotten(next);
  }

  /** The command itself, on the state as the nights have left it. */
  private void asksBeforeItGivesUpWhoWasForgotten(TestRun last) throws IOException {
    ForgetCommand.forget(last.workspace(), last.console(), "1008");
    cutShort(newest("forgotten", ".parquet"));

    ProblemException refused = catchThrowableOfType(ProblemException.class, this::command);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.STOPPED);
    Golden.assertMatches(
        "cli/repair-accept-loss.txt",
        plain(rendered(refused))
            + "\n$ ripen repair --accept-loss --format json\n"
            + plain(command("--accept-loss")));
    assertThat(nights.night(13).workspace().state().committed("forgotten").orElseThrow().count())
        .isZero();
  }

  /** What {@code ripen repair --format json} prints with these options. */
  private String command(String... more) {
    List<String> arguments = new ArrayList<>(List.of("--format", "json"));
    arguments.addAll(List.of(more));
    RepairCommand repair =
        CommandLine.populateCommand(new RepairCommand(), arguments.toArray(String[]::new));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    repair.repair(nights.night(12).workspace(), new Console(out, out, false, false, false));
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void makesTheRunsWholeThatEverythingElseHangsOn() throws IOException {
    nights.night(10).run();
    List<String> scores = scores(nights.night(10));
    cutShort(newest("runs/_delta_log", ".json"));
    assertThat(problem(11).problems().get(0).what()).contains("the table runs of the state");
    assertThat(repair(false)).contains("runs: it cannot be read (", "put back to version 0");
    TestRun eleventh = nights.night(11);
    assertThat(eleventh.run()).isEqualTo(ExitCode.DONE);
    assertThat(scores(eleventh)).isEqualTo(scores);
    assertThat(eleventh.committed("ledger").count()).isEqualTo(LEADS);

    flip(newest("score_changes", ".parquet"));
    Throwable unreadable =
        catchThrowable(() -> nights.night(11).committed("score_changes").collectAsList());
    assertThat(unreadable).isNotInstanceOf(ProblemException.class);
    assertThat(StateDamage.behind(state.toString(), Map.of(), unreadable).orElseThrow().problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains("the table score_changes of"));
    deleteAll(state.resolve("runs"));
    assertThat(problem(12).problems().get(0).what()).contains("its log is gone");
    assertThat(repair(false)).contains("runs: ", "emptied");
    assertThat(repair(false)).contains("score_changes: its file ");

    nights.crm.clearLog();
    TestRun twelfth = nights.night(12);
    assertThat(twelfth.run()).isEqualTo(ExitCode.DONE);
    assertThat(scores(twelfth)).isEqualTo(scores);
    assertThat(nights.rowsSent()).isZero();
  }

  private ProblemException problem(int day) {
    return catchThrowableOfType(ProblemException.class, () -> nights.night(day).run());
  }

  private static String rendered(ProblemException stopped) {
    return dev.ripen.problem.ProblemRenderer.render(stopped.problems(), false);
  }

  private String repair(boolean dryRun) {
    return RepairView.text(new RepairWorkflow(nights.night(12).workspace(), false).run(dryRun));
  }

  private static List<String> scores(TestRun run) {
    return run
        .committed("scores")
        .selectExpr("to_json(struct(lead_id, model, score, is_mql, mql_at, level))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private String plain(String text) {
    return text.replaceAll("(file:)?/*" + state, "STATE")
            .replaceAll("part-[-.0-9a-z]+\\.parquet", "FILE.parquet")
            .replaceAll("has \\d+ of \\d+ bytes", "has M of N bytes")
            .replaceAll("cannot be read \\(.*?\\)(?=\n|$)", "cannot be read (…)")
            .strip()
        + "\n";
  }

  /** As a power cut does that comes before the disk has got everything. */
  private static void cutShort(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 4; i < bytes.length / 2; i++) {
      bytes[i] ^= 0x55;
    }
    Files.write(file, bytes);
  }

  private Path newest(String folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(state.resolve(folder))) {
      return files
          .filter(file -> file.toString().endsWith(ending))
          .filter(file -> folder.endsWith("_log") || !file.toString().contains("_delta_log"))
          .max(
              Comparator.<Path>comparingLong(file -> file.toFile().lastModified())
                  .thenComparing(Comparator.naturalOrder()))
          .orElseThrow();
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
