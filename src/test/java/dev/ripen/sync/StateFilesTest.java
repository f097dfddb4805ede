package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.sync.StateFiles.DurableLog;
import dev.ripen.sync.StateFiles.LineSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateFilesTest {
  @TempDir Path directory;

  private enum Kind {
    LOCAL,
    OBJECT
  }

  private StateFiles open(Kind kind) {
    return kind == Kind.LOCAL
        ? new LocalStateFiles(directory)
        : new ObjectStateFiles(new MemoryStore());
  }

  private static String text(StateFiles files, String path) {
    try (InputStream in = files.read(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void replacesAWholeFile(Kind kind) {
    StateFiles files = open(kind);
    files.write("plans/run-7/plan.json", bytes("old"));
    files.write("plans/run-7/plan.json", bytes("größer"));
    assertThat(text(files, "plans/run-7/plan.json")).isEqualTo("größer");
    assertThat(files.list("plans/run-7")).containsExactly("plan.json");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void showsAFileOfLinesOnlyWhenItIsClosed(Kind kind) {
    StateFiles files = open(kind);
    LineSink sink = files.writeLines("plans/run-7/changes.jsonl");
    sink.line("a");
    sink.line("b");
    assertThat(files.exists("plans/run-7/changes.jsonl")).isFalse();
    sink.close();
    assertThat(text(files, "plans/run-7/changes.jsonl")).isEqualTo("a\nb\n");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void keepsWhatWasAppendedAcrossLogs(Kind kind) {
    StateFiles files = open(kind);
    try (DurableLog log = files.openLog("outbox/run-7")) {
      log.append(bytes("a\nb\n"));
      log.append(bytes("c\n"));
    }
    try (DurableLog log = files.openLog("outbox/run-7")) {
      log.append(bytes("d\n"));
    }
    StringBuilder all = new StringBuilder();
    files.list("outbox/run-7").forEach(name -> all.append(text(files, "outbox/run-7/" + name)));
    assertThat(all.toString()).isEqualTo("a\nb\nc\nd\n");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void writesOverNoLogWhenAnOlderOneIsGone(Kind kind) {
    StateFiles files = open(kind);
    for (String line : List.of("a", "b")) {
      try (DurableLog log = files.openLog("outbox/run-7")) {
        log.append(bytes(line + "\n"));
      }
    }
    files.delete("outbox/run-7/00000001.jsonl");
    try (DurableLog log = files.openLog("outbox/run-7")) {
      log.append(bytes("c\n"));
    }
    assertThat(files.list("outbox/run-7")).containsExactly("00000002.jsonl", "00000003.jsonl");
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void deletesADirectoryAndMindsNothingThatIsNotThere(Kind kind) {
    StateFiles files = open(kind);
    files.write("plans/run-7/plan.json", bytes("x"));
    files.delete("plans/run-7");
    files.delete("plans/run-8");
    assertThat(files.exists("plans/run-7/plan.json")).isFalse();
    assertThat(files.list("plans/run-7")).isEmpty();
  }

  @Test
  void saysWhichPathCannotBeWritten() throws Exception {
    Files.writeString(directory.resolve("plans"), "a file where a directory must be");
    StateFiles files = new LocalStateFiles(directory);
    assertThatThrownBy(() -> files.write("plans/run-7/plan.json", bytes("x")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problems().get(0).code()).isEqualTo(ErrorCode.STATE_NOT_WRITABLE);
              assertThat(e.problems().get(0).what())
                  .startsWith(
                      "the state cannot be written: "
                          + directory.resolve("plans/run-7/plan.json")
                          + " (");
            });
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void saysThatTheDiskIsFullAndStaysBroken() throws Exception {
    // A device of Linux that answers every write with "no space left".
    Path full = Path.of("/dev/full");
    try (DurableLog log =
        new LocalLog(full, FileChannel.open(full, StandardOpenOption.WRITE), () -> {})) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> log.append(bytes("a\n")))
            .isInstanceOf(ProblemException.class)
            .hasMessage("STATE_DISK_FULL: the disk of the state is full: /dev/full");
      }
    }
  }

  @Test
  void staysBelowTheState() {
    StateFiles files = new LocalStateFiles(directory.resolve("state"));
    assertThatThrownBy(() -> files.write("../elsewhere", bytes("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a state path must stay below the state: ../elsewhere");
  }

  /** An object store in memory. */
  private static final class MemoryStore implements ObjectStore {
    private final Map<String, byte[]> objects = new TreeMap<>();

    @Override
    public OutputStream put(String key) {
      return new ByteArrayOutputStream() {
        @Override
        public void close() {
          objects.put(key, toByteArray());
        }
      };
    }

    @Override
    public InputStream get(String key) {
      return new ByteArrayInputStream(objects.get(key));
    }

    @Override
    public boolean exists(String key) {
      return objects.containsKey(key);
    }

    @Override
    public List<String> list(String prefix) {
      try (Stream<String> keys = objects.keySet().stream()) {
        return keys.filter(key -> key.startsWith(prefix + "/"))
            .map(key -> key.substring(prefix.length() + 1))
            .filter(name -> !name.contains("/"))
            .toList();
      }
    }

    @Override
    public void delete(String key) {
      objects.keySet().removeIf(name -> name.equals(key) || name.startsWith(key + "/"));
    }

    @Override
    public String location() {
      return "memory";
    }
  }
}
