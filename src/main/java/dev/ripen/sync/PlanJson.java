package dev.ripen.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.WriteAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The plan's rows and summary as {@code ripen.plan/1} has them. */
final class PlanJson {
  static final String FORMAT = "ripen.plan/1";

  private PlanJson() {}

  static String row(PlannedRow row) {
    ObjectNode node = Json.object();
    node.put("seq", row.seq());
    node.put("action", row.action().text());
    SkipReason skip = row.skipReason();
    if (skip != null) {
      node.put("skip_reason", skip.name());
    }
    node.put("key", row.leadId());
    node.put("record_id", row.recordId());
    node.put("email", row.email());
    ObjectNode fields = node.putObject("fields");
    row.fields()
        .forEach(
            (name, change) ->
                fields.putObject(name).put("old", change.before()).put("new", change.after()));
    ArrayNode reasons = node.putArray("reasons");
    row.reasons().forEach(reasons::add);
    Acknowledged after = row.after();
    ObjectNode ledger = node.putObject("after");
    ledger.set("fields", Json.ofMap(after.fields()));
    ledger.put("is_mql", after.isMql());
    ledger.put("level", after.level());
    ledger.put("episode_mql_at", Json.textOf(after.episodeMqlAt()));
    node.put("content", row.content());
    if (!row.drift().isEmpty()) {
      node.set("drift", Json.ofMap(row.drift()));
    }
    return Json.text(node);
  }

  static PlannedRow row(String line) throws JsonProcessingException {
    JsonNode node = Json.parse(line);
    Map<String, FieldChange> fields = new LinkedHashMap<>();
    node.required("fields")
        .properties()
        .forEach(
            entry ->
                fields.put(
                    entry.getKey(),
                    new FieldChange(
                        Json.textOrNull(entry.getValue().get("old")),
                        Json.textOrNull(entry.getValue().get("new")))));
    List<String> reasons = new ArrayList<>();
    node.required("reasons").forEach(reason -> reasons.add(reason.asText()));
    String skip = Json.textOrNull(node.get("skip_reason"));
    return new PlannedRow(
        node.required("seq").asLong(),
        PlanAction.of(node.required("action").asText()),
        skip == null ? null : SkipReason.valueOf(skip),
        node.required("key").asText(),
        Json.textOrNull(node.get("record_id")),
        Json.textOrNull(node.get("email")),
        fields,
        reasons,
        acknowledged(node.required("after")),
        node.required("content").asText(),
        Json.toMap(node.path("drift")));
  }

  private static Acknowledged acknowledged(JsonNode node) {
    return new Acknowledged(
        Json.toMap(node.required("fields")),
        node.required("is_mql").asBoolean(),
        Json.textOrNull(node.get("level")),
        Json.instantOrNull(node.get("episode_mql_at")));
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
