package dev.ripen.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.WriteAction;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The plan's rows and summary as {@code ripen.plan/1} has them; {@link PlanRowParser} reads the
 * rows.
 */
final class PlanJson {
  static final String FORMAT = "ripen.plan/1";

  private PlanJson() {}

  static String row(PlannedRow row) {
    return Json.text(
        json -> {
          json.writeNumberField("seq", row.seq());
          json.writeStringField("action", row.action().text());
          SkipReason skip = row.skipReason();
          if (skip != null) {
            json.writeStringField("skip_reason", skip.name());
          }
          json.writeStringField("key", row.leadId());
          json.writeStringField("record_id", row.recordId());
          json.writeStringField("email", row.email());
          json.writeObjectFieldStart("fields");
          for (Map.Entry<String, FieldChange> field : row.fields().entrySet()) {
            json.writeObjectFieldStart(field.getKey());
            json.writeStringField("old", field.getValue().before());
            json.writeStringField("new", field.getValue().after());
            json.writeEndObject();
          }
          json.writeEndObject();
          json.writeArrayFieldStart("reasons");
          for (String reason : row.reasons()) {
            json.writeString(reason);
          }
          json.writeEndArray();
          json.writeObjectFieldStart("after");
          Acknowledged after = row.after();
          Json.write(json, "fields", after.fields());
          json.writeBooleanField("is_mql", after.isMql());
          json.writeStringField("level", after.level());
          json.writeStringField("episode_mql_at", Json.textOf(after.episodeMqlAt()));
          json.writeEndObject();
          json.writeStringField("content", row.content());
          if (!row.drift().isEmpty()) {
            Json.write(json, "drift", row.drift());
          }
        });
  }

  static String summary(PlanSummary summary) {
    ObjectNode node = Json.object();
    node.put("format", FORMAT);
    node.put("run_id", summary.runId());
    node.put("destination", summary.destination());
    node.put("as_of", summary.asOf().toString());
    node.put("definition", summary.definition());
    node.put("ledger_version", summary.ledgerVersion());
    node.put("create_with", summary.createWith().name().toLowerCase(Locale.ROOT));
    PlanTotals totals = summary.totals();
    ObjectNode counts = node.putObject("totals");
    counts.put("wanted", totals.wanted());
    counts.put("create", totals.create());
    counts.put("update", totals.update());
    counts.put("unchanged", totals.unchanged());
    counts.put("skipped", totals.skippedTotal());
    counts.put("blocked", totals.blocked());
    counts.put("first_sync", totals.firstSync());
    counts.put("not_looked_up", totals.notLookedUp());
    counts.put("filled_before", totals.filledBefore());
    ObjectNode skipped = node.putObject("skipped_by_reason");
    totals.skipped().forEach((reason, count) -> skipped.put(reason.name(), count));
    return Json.text(node);
  }

  static PlanSummary summary(JsonNode node) {
    JsonNode counts = node.required("totals");
    Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    node.required("skipped_by_reason")
        .properties()
        .forEach(
            entry -> skipped.put(SkipReason.valueOf(entry.getKey()), entry.getValue().asLong()));
    return new PlanSummary(
        node.required("run_id").asText(),
        node.required("destination").asText(),
        Instant.parse(node.required("as_of").asText()),
        node.required("definition").asText(),
        node.required("ledger_version").asLong(),
        WriteAction.valueOf(node.required("create_with").asText().toUpperCase(Locale.ROOT)),
        new PlanTotals(
            counts.required("create").asLong(),
            counts.required("update").asLong(),
            counts.required("unchanged").asLong(),
            skipped,
            counts.required("blocked").asLong(),
            counts.required("first_sync").asLong(),
            counts.required("not_looked_up").asLong(),
            counts.path("filled_before").asLong()));
  }
}
