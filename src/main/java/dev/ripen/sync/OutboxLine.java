package dev.ripen.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome;
import java.time.Instant;
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

  String toJson() {
    ObjectNode node = Json.object();
    node.put("seq", seq);
    node.put("outcome", outcome.name().toLowerCase(Locale.ROOT));
    if (outcome == Outcome.WRITTEN) {
      node.put("record_id", recordId);
      node.put("created", created);
      node.set("not_applied", Json.ofMap(notApplied));
      if (!altered.isEmpty()) {
        node.set("altered", Json.ofMap(altered));
      }
    } else {
      node.put("code", code == null ? null : code.name());
      node.put("message", message);
    }
    node.put("at", at.toString());
    return Json.text(node);
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
