package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome;
import dev.ripen.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
  private static final Instant AT = Instant.parse("2026-11-20T05:00:00Z");
  private static final OutboxLine WRITTEN =
      OutboxLine.written(
          new RowOutcome.Written(17, "1501", false, Map.of()),
          new Echo(Map.of("lifecyclestage", "customer"), Map.of()),
          AT);
  private static final OutboxLine REJECTED =
      OutboxLine.rejected(18, RejectCode.INVALID_EMAIL, "no such domain", AT);

  @TempDir Path directory;

  private List<OutboxLine> readFile(String text) {
    StateFiles files = new LocalStateFiles(directory);
    files.write("outbox/run-7/00000001.jsonl", text.getBytes(StandardCharsets.UTF_8));
    List<OutboxLine> lines = new ArrayList<>();
    new Outbox(files).read("run-7", lines::add);
    return lines;
  }

  @Test
  void writesLinesAsDocumented() {
    assertThat(json(WRITTEN))
        .isEqualTo(
            "{\"seq\":17,\"outcome\":\"written\",\"record_id\":\"1501\",\"created\":false,"
                + "\"not_applied\":{\"lifecyclestage\":\"customer\"},"
                + "\"at\":\"2026-11-20T05:00:00Z\"}");
    assertThat(json(REJECTED))
        .isEqualTo(
            "{\"seq\":18,\"outcome\":\"rejected\",\"code\":\"INVALID_EMAIL\","
                + "\"message\":\"no such domain\",\"at\":\"2026-11-20T05:00:00Z\"}");
  }

  @Test
  void leavesOutATornLastLine() {
    String whole = json(WRITTEN) + "\n" + json(REJECTED) + "\n";
    String next = json(WRITTEN);
    for (int length = 0; length < next.length(); length++) {
      assertThat(readFile(whole + next.substring(0, length))).containsExactly(WRITTEN, REJECTED);
    }
  }

  @Test
  void refusesATornLineInTheMiddle() {
    assertThatThrownBy(() -> readFile("{\"seq\":\n" + json(WRITTEN) + "\n"))
        .isInstanceOf(ProblemException.class)
        .hasMessage("DATA_INVALID: outbox/run-7/00000001.jsonl in the state cannot be read");
  }

  private static String json(OutboxLine line) {
    return new String(OutboxLine.toJson(List.of(line)), StandardCharsets.UTF_8).strip();
  }
}
