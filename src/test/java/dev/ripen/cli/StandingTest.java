package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.history.RunRecord;
import dev.ripen.history.RunRecord.Phase;
import dev.ripen.sync.LocalStateFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StandingTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");
  private static final Instant COMMITTED = Instant.parse("2026-11-20T05:03:00.123456Z");
  private static final Standing RUN =
      new Standing("r1", COMMITTED, AS_OF, "abc", Optional.empty(), 10, 9, 1, 3);

  @Test
  void holdsWhileEverythingIsAsItWas() {
    assertThat(holds(RUN, commit("r1", Phase.DONE, COMMITTED), "abc", AS_OF)).isTrue();
    assertThat(holds(RUN, commit("r1", Phase.DONE, COMMITTED), "abc", "2026-11-20T22:59:59Z"))
        .isTrue();
  }

  @Test
  void endsWithOtherInputs() {
    assertThat(holds(RUN, commit("r1", Phase.DONE, COMMITTED), "abd", AS_OF)).isFalse();
  }

  @Test
  void endsAtMidnightOfTheProjectAndOfUtc() {
    Optional<RunRecord> last = commit("r1", Phase.DONE, COMMITTED);
    assertThat(holds(RUN, last, "abc", "2026-11-20T23:00:00Z")).isFalse();
    assertThat(RUN.holds(last, "abc", Instant.parse("2026-11-21T00:00:00Z"), ZoneId.of("-08:00")))
        .isFalse();
  }

  @Test
  void endsWithAnyOtherCommit() {
    assertThat(holds(RUN, Optional.empty(), "abc", AS_OF)).isFalse();
    assertThat(holds(RUN, commit("r2", Phase.DONE, COMMITTED), "abc", AS_OF)).isFalse();
    assertThat(holds(RUN, commit("r1", Phase.RECOVERED, COMMITTED), "abc", AS_OF)).isFalse();
    // A decision about rejects, or somebody forgotten: the same run once more.
    assertThat(holds(RUN, commit("r1", Phase.DONE, COMMITTED.plusSeconds(9)), "abc", AS_OF))
        .isFalse();
  }

  @Test
  void endsWithTheFirstLinkThatHasWaited() {
    Instant first = AS_OF.plusSeconds(60);
    Standing waiting = new Standing("r1", COMMITTED, AS_OF, "abc", Optional.of(first), 10, 9, 1, 3);
    Optional<RunRecord> last = commit("r1", Phase.DONE, COMMITTED);
    assertThat(waiting.holds(last, "abc", first.minusSeconds(1), BERLIN)).isTrue();
    assertThat(waiting.holds(last, "abc", first, BERLIN)).isFalse();
  }

  @Test
  void isNotForThePast() {
    assertThat(holds(RUN, commit("r1", Phase.DONE, COMMITTED), "abc", "2026-11-20T04:59:59Z"))
        .isFalse();
  }

  @Test
  void isReadAsItWasWritten(@TempDir Path directory) {
    LocalStateFiles files = new LocalStateFiles(directory);
    assertThat(Standing.read(files)).isEmpty();
    Standing waiting =
        new Standing("r1", COMMITTED, AS_OF, "abc", Optional.of(AS_OF.plusSeconds(1)), 10, 9, 1, 3);
    waiting.write(files);
    assertThat(Standing.read(files)).contains(waiting);
    files.write(Standing.PATH, "{\"format\":\"ripen.sta".getBytes(StandardCharsets.UTF_8));
    assertThat(Standing.read(files)).isEmpty();
  }

  private static boolean holds(Standing run, Optional<RunRecord> last, String inputs, String at) {
    return holds(run, last, inputs, Instant.parse(at));
  }

  private static boolean holds(Standing run, Optional<RunRecord> last, String inputs, Instant at) {
    return run.holds(last, inputs, at, BERLIN);
  }

  private static Optional<RunRecord> commit(String runId, Phase phase, Instant at) {
    return Optional.of(
        new RunRecord(runId, phase, AS_OF, AS_OF, at, "live", "v", "f", Map.of(), "", "{}"));
  }
}
