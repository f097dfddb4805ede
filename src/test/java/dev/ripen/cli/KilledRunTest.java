package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the real program, in a process of its own, where it hurts; the CRM lives on here. */
@Tag("process")
final class KilledRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LEADS = 1_000;
  private static final int BATCH = 100;
  private static final int CONCURRENCY = 2;
  private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  @TempDir Path temporary;
  private Path project;
  private SandboxServer crm;
  private Process child;
  private Path messages;
  private int runs;

  @BeforeEach
  void start() {
    project = TestProjects.copy("tiny", temporary);
    crm = TestProjects.sandbox(project, TestProjects.fillTiny(project, LEADS));
  }

  @AfterEach
  void stop() {
    if (child != null) {
      child.destroyForcibly();
    }
    crm.close();
  }

  @Test
  void goesOnAfterEveryKillAndSendsNoAcknowledgedRowTwice() throws Exception {
    // While the models run: nothing was sent.
    startRun();
    killWhen(() -> said("[2/6]"));
    assertThat(TestProjects.writeRequests(crm)).isZero();
    assertThat(acknowledged()).isEmpty();

    // In the middle of the sync.
    crm.faults().latency(Duration.ofMillis(150));
    startRun();
    killWhen(() -> TestProjects.writeRequests(crm) >= 3);
    crm.faults().clear();
    Set<String> before = acknowledged();
    assertThat(before).hasSizeBetween(BATCH, LEADS - BATCH);

    // After the last write, before the run has taken note of it in its tables.
    startRun();
    killWhen(this::allWritten);
    assertThat(allWritten()).isTrue();

    crm.clearLog();
    assertThat(finishRun()).isZero();
    assertThat(TestProjects.writeRequests(crm)).isZero();
    assertThat(finishRun()).isZero();
    assertThat(TestProjects.writeRequests(crm)).isZero();

    Map<String, Integer> writes = writesByContact();
    assertThat(writes).hasSize(LEADS);
    assertThat(before).allSatisfy(id -> assertThat(writes.get(id)).as(id).isEqualTo(1));
    assertThat(writes.values().stream().mapToInt(Integer::intValue).sum())
        .isBetween(LEADS, LEADS + CONCURRENCY * BATCH);
    assertThat(crm.findContact("1000").orElseThrow())
        .containsEntry("mql", "true")
        .containsEntry("mql_at", "2026-11-03T09:00:00.000Z")
        .containsEntry("mql_score", "55");
    assertThat(crm.findContact("1001").orElseThrow())
        .containsEntry("mql", "false")
        .containsEntry("mql_score", "25")
        .doesNotContainKey("mql_at");
  }

  private void startRun() throws IOException {
    runs++;
    messages = temporary.resolve("messages-" + runs + ".txt");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + BASE.resolve("conf/jvm.options"));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx1g", "-cp", classPath()));
    command.addAll(List.of("dev.ripen.Ripen", "run", "--project", project.toString()));
    command.addAll(List.of("--set", TestProjects.portSetting(crm)));
    child =
        new ProcessBuilder(command)
            .redirectError(messages.toFile())
            .redirectOutput(Redirect.DISCARD)
            .start();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private int finishRun() throws Exception {
    startRun();
    assertThat(child.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return child.exitValue();
  }

  /** Fails if the program ends before that. */
  private void killWhen(BooleanSupplier moment) throws Exception {
    while (!moment.getAsBoolean()) {
      assertThat(child.waitFor(10, TimeUnit.MILLISECONDS))
          .as(() -> "ended by itself: " + read(messages))
          .isFalse();
    }
    child.destroyForcibly();
    assertThat(child.waitFor()).isEqualTo(137);
  }

  private boolean said(String text) {
    return read(messages).contains(text);
  }

  /** Whether the CRM has every row and the program has noted down every answer. */
  private boolean allWritten() {
    try {
      return writesByContact().size() == LEADS && openRuns().allMatch(this::isComplete);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean isComplete(Path outbox) {
    Path plan = project.resolve(".ripen/state/plans").resolve(outbox.getFileName());
    return lines(outbox).size() >= lines(plan.resolve("changes.jsonl")).size();
  }

  /** Leads of which the program has durably noted that the CRM has them. */
  private Set<String> acknowledged() throws IOException {
    Set<String> ids = new HashSet<>();
    for (Path outbox : openRuns().toList()) {
      for (String line : lines(outbox)) {
        ids.add(JSON.readTree(line).path("record_id").asText());
      }
    }
    return ids;
  }

  private Stream<Path> openRuns() throws IOException {
    Path outboxes = project.resolve(".ripen/state/outbox");
    if (!Files.isDirectory(outboxes)) {
      return Stream.empty();
    }
    try (Stream<Path> runsOfState = Files.list(outboxes)) {
      return runsOfState.toList().stream();
    }
  }

  /** Whole lines of a file, or of all files of a directory. */
  private static List<String> lines(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file);
        lines.addAll(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
      }
      return lines;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** How often each contact was written, from the CRM's own journal. */
  private Map<String, Integer> writesByContact() throws IOException {
    Map<String, Integer> writes = new TreeMap<>();
    try (Stream<Path> files = Files.list(project.resolve(".ripen/sandbox"))) {
      for (Path journal :
          files.filter(file -> file.getFileName().toString().startsWith("journal-")).toList()) {
        for (String line : lines(journal)) {
          for (JsonNode write : JSON.readTree(line).path("writes")) {
            writes.merge(write.path("id").asText(), 1, Integer::sum);
          }
        }
      }
    }
    return writes;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
