package dev.ripen.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.history.RunRecord;
import dev.ripen.sync.StateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the last finished run was made of. As long as all of that is as it was, the same day, its
 * results stand: between two midnights a score changes only by facts. Kept beside the tables of the
 * state; holds nothing about people.
 *
 * @param committedAt of the commit that left the tables as they are
 * @param madeOf digest of the run's inputs
 * @param laterLink when the first link of identities counts that was dated after the run's instant
 */
record Standing(
    String runId,
    Instant committedAt,
    Instant asOf,
    String madeOf,
    Optional<Instant> laterLink,
    long leads,
    long scored,
    long excluded,
    long mqls) {
  /** Where it lies under the state path. */
  static final String PATH = "standing.json";

  private static final String FORMAT = "ripen.standing/1";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a run that has sent everything it had to. */
  static Standing of(RunRecord last, String madeOf, RunReport report) {
    return new Standing(
        last.runId(),
        // As the table of runs gives it back.
        last.committedAt().truncatedTo(ChronoUnit.MICROS),
        last.asOf(),
        madeOf,
        Optional.ofNullable(report.laterLink),
        report.leads,
        report.scored,
        report.excluded,
        report.mqls);
  }

  /**
   * Whether a run would only find again what this one has found, unless a fact of the state comes
   * into force in between.
   *
   * @param last whatever was committed last: a decision about rejects counts, too
   * @param inputs digest of what the run would be made of
   * @param zone of the project, whose midnights let scores decay; history is counted in UTC days
   */
  boolean holds(Optional<RunRecord> last, String inputs, Instant at, ZoneId zone) {
    return last.filter(
                commit ->
                    commit.runId().equals(runId)
                        && commit.committedAt().truncatedTo(ChronoUnit.MICROS).equals(committedAt)
                        && commit.phase() == RunRecord.Phase.DONE)
            .isPresent()
        && madeOf.equals(inputs)
        && !at.isBefore(asOf)
        && isSameDay(asOf, at, zone)
        && laterLink.filter(first -> !first.isAfter(at)).isEmpty();
  }

  /** The same local day, and the same of UTC, in whose days signals are kept. */
  static boolean isSameDay(Instant one, Instant other, ZoneId zone) {
    return LocalDate.ofInstant(one, zone).equals(LocalDate.ofInstant(other, zone))
        && LocalDate.ofInstant(one, ZoneOffset.UTC)
            .equals(LocalDate.ofInstant(other, ZoneOffset.UTC));
  }

  void write(StateFiles files) {
    ObjectNode node = JSON.createObjectNode().put("format", FORMAT);
    node.put("run_id", runId).put("committed_at", committedAt.toString());
    node.put("as_of", asOf.toString()).put("made_of", madeOf);
    laterLink.ifPresent(first -> node.put("later_link", first.toString()));
    node.put("leads", leads).put("scored", scored).put("excluded", excluded).put("mqls", mqls);
    files.write(PATH, (node + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Empty if there is none, or one that cannot be read: then the run does all its work. */
  static Optional<Standing> read(StateFiles files) {
    if (!files.exists(PATH)) {
      return Optional.empty();
    }
    try (InputStream in = files.read(PATH)) {
      JsonNode node = JSON.readTree(in.readAllBytes());
      if (!node.path("format").asText().equals(FORMAT)) {
        return Optional.empty();
      }
      return Optional.of(
          new Standing(
              node.path("run_id").asText(),
              Instant.parse(node.path("committed_at").asText()),
              Instant.parse(node.path("as_of").asText()),
              node.path("made_of").asText(),
              Optional.ofNullable(node.get("later_link")).map(at -> Instant.parse(at.asText())),
              node.path("leads").asLong(),
              node.path("scored").asLong(),
              node.path("excluded").asLong(),
              node.path("mqls").asLong()));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }
}
