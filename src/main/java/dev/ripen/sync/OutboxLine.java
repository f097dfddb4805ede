package dev.ripen.sync;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one row of a plan; a line of JSON in a file {@code outbox/<run_id>/*.jsonl}. The
 * run's ledger rows are {@code after} of the plan's row with the same {@code seq}, for those that
 * were written, with {@code not_applied} over its fields.
 *
 * <pre>
 * {"seq":17,"outcome":"written","record_id":"1501","created":false,"not_applied":{},"at":"…Z"}
 * {"seq":18,"outcome":"rejected","code":"INVALID_EMAIL","message":"…","at":"…Z"}
 * </pre>
 *
 * <p>Deferred rows have no line: nothing became of them. A seq may have two lines after a crash
 * (sent twice; the later {@code at} counts). The last line of a file may be torn: whoever reads it
 * leaves out what is not whole.
 *
 * @param recordId of a written row
 * @param created of a written row: the CRM made a new record
 * @param notApplied forward-only fields that the CRM kept although it said success, with its values
 * @param altered other fields that the CRM stored otherwise than they were sent, with its values
 * @param code of a rejected row
 * @param message of a rejected row, the CRM's own words
 */
public record OutboxLine(
    long seq,
    Outcome outcome,
    @Nullable String recordId,
    boolean created,
    Map<String, @Nullable String> notApplied,
    Map<String, @Nullable String> altered,
    @Nullable RejectCode code,
    @Nullable String message,
    Instant at) {

  /** Decided by the CRM. */
  public enum Outcome {
    WRITTEN,
    REJECTED
  }

  static OutboxLine written(RowOutcome.Written written, Echo echo, Instant at) {
    return new OutboxLine(
        written.seq(),
        Outcome.WRITTEN,
        written.recordId(),
        written.created(),
        echo.kept(),
        echo.altered(),
        null,
        null,
        at);
  }

  static OutboxLine rejected(long seq, RejectCode code, String message, Instant at) {
    return new OutboxLine(
        seq, Outcome.REJECTED, null, false, Map.of(), Map.of(), code, message, at);
  }

  /** Lines of a batch; by hand and not as trees, because a sync may write a million. */
  static byte[] toJson(List<OutboxLine> lines) {
    Map<Instant, String> times = new HashMap<>();
    return Json.lines(
        lines, (line, json) -> line.write(json, times.computeIfAbsent(line.at, Instant::toString)));
  }

  private void write(JsonGenerator json, String time) throws IOException {
    json.writeNumberField("seq", seq);
    json.writeStringField("outcome", outcome.name().toLowerCase(Locale.ROOT));
    if (outcome == Outcome.WRITTEN) {
      json.writeStringField("record_id", recordId);
      json.writeBooleanField("created", created);
      Json.write(json, "not_applied", notApplied);
      if (!altered.isEmpty()) {
        Json.write(json, "altered", altered);
      }
    } else {
      json.writeStringField("code", code == null ? null : code.name());
      json.writeStringField("message", message);
    }
    json.writeStringField("at", time);
  }

  static OutboxLine parse(String line) throws JsonProcessingException {
    JsonNode node = Json.parse(line);
    String code = Json.textOrNull(node.get("code"));
    return new OutboxLine(
        node.required("seq").asLong(),
        Outcome.valueOf(node.required("outcome").asText().toUpperCase(Locale.ROOT)),
        Json.textOrNull(node.get("record_id")),
        node.path("created").asBoolean(),
        Json.toMap(node.path("not_applied")),
        Json.toMap(node.path("altered")),
        code == null ? null : RejectCode.valueOf(code),
        Json.textOrNull(node.get("message")),
        Instant.parse(node.required("at").asText()));
  }
}
