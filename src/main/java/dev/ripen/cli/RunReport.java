package dev.ripen.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.history.RunRecord;
import dev.ripen.spark.Pipeline.Identity;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sync.GuardCounts;
import dev.ripen.sync.GuardResult;
import dev.ripen.sync.PlanTotals;
import dev.ripen.sync.SyncResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a run did, collected step by step; the source of {@code ripen.run/1}. Not thread-safe. */
final class RunReport {
  private static final ObjectMapper JSON = new ObjectMapper();

  String runId = "";
  Instant asOf = Instant.EPOCH;
  String rulesVersion = "";
  String fingerprint = "";
  String mode = "";
  final List<ReadRow> reads = new ArrayList<>();
  final List<ModelRow> models = new ArrayList<>();
  List<CheckResult> checks = List.of();
  List<GuardResult> guards = List.of();
  String coverage = "";
  @Nullable Identity identity;
  @Nullable Instant laterLink;

  /** The run whose results still stand: then nothing was done. */
  @Nullable Standing standing;

  long leads;
  long events;
  long signals;
  long scored;
  long excluded;
  long withoutSignals;
  long mqls;
  long newMqls;
  long recentMqls;
  PlanTotals plan = PlanTotals.NONE;
  @Nullable SyncResult sync;
  long crmRequests;
  double seconds;
  @Nullable Long fileBytes;
  Upkeep.@Nullable Result upkeep;

  /** Whether nothing had to be told to anybody. */
  boolean isNothingNew() {
    return plan.toSend() == 0 && newMqls == 0;
  }

  /** One step's size and time. */
  record ModelRow(String name, long rows, double seconds, long days) {}

  /**
   * What was read of a CRM.
   *
   * @param records that are new or not as they were
   */
  record ReadRow(String table, boolean everything, long records, long requests) {}

  /** Takes over what another run has found. */
  void stands(Standing run) {
    standing = run;
    leads = run.leads();
    scored = run.scored();
    excluded = run.excluded();
    mqls = run.mqls();
  }

  ObjectNode toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.run/1");
    node.put("run_id", runId).put("as_of", asOf.toString());
    node.put("rules_version", rulesVersion + " (" + fingerprint + ")").put("mode", mode);
    reads(node);
    ArrayNode modelRows = node.putArray("models");
    for (ModelRow model : models) {
      modelRows
          .addObject()
          .put("name", model.name())
          .put("rows", model.rows())
          .put("seconds", rounded(model.seconds()))
          .put("days", model.days());
    }
    ArrayNode checkRows = node.putArray("checks");
    for (CheckResult check : checks) {
      checkRows
          .addObject()
          .put("name", check.name())
          .put("model", check.model())
          .put("status", check.status().name().toLowerCase(Locale.ROOT))
          .put("failing_rows", check.failingRows());
    }
    ArrayNode guardRows = node.putArray("guards");
    for (GuardResult guard : guards) {
      guardRows
          .addObject()
          .put("name", guard.guard())
          .put("status", guard.status().name().toLowerCase(Locale.ROOT))
          .put("message", guard.message());
    }
    identity(node);
    node.put("leads", leads).put("events", events).put("signals", signals);
    node.put("scored", scored).put("excluded", excluded).put("without_signals", withoutSignals);
    node.put("mqls", mqls).put("new_mqls", newMqls);
    node.set("plan", totals(plan));
    ObjectNode sent = node.putObject("sync");
    SyncResult result = sync;
    sent.put("written", result == null ? 0 : result.written());
    sent.put("rejected", result == null ? 0 : result.rejected());
    sent.put("deferred", result == null ? 0 : result.deferred());
    sent.put("requests", result == null ? 0 : result.requests());
    sent.put("retries", result == null ? 0 : result.retries());
    sent.put("rate_limited", result == null ? 0 : result.rateLimited());
    sent.put("not_applied", result == null ? 0 : result.notApplied());
    ObjectNode altered = sent.putObject("altered");
    if (result != null) {
      result.altered().forEach(altered::put);
    }
    node.put("crm_requests", crmRequests);
    node.put("seconds", rounded(seconds));
    node.put("nothing_new", isNothingNew());
    Standing same = standing;
    if (same != null) {
      node.put("unchanged_since", same.asOf().toString()).put("unchanged_run", same.runId());
    }
    Long bytes = fileBytes;
    if (bytes != null) {
      node.put("file_bytes", bytes);
    }
    upkeep(node);
    return node;
  }

  /** Only where a source is a CRM. */
  private void reads(ObjectNode node) {
    if (reads.isEmpty()) {
      return;
    }
    ArrayNode rows = node.putArray("reads");
    for (ReadRow read : reads) {
      rows.addObject()
          .put("table", read.table())
          .put("everything", read.everything())
          .put("records", read.records())
          .put("requests", read.requests());
    }
  }

  /** Only where the project has identity_links. */
  private void identity(ObjectNode node) {
    Identity ids = identity;
    if (ids != null) {
      node.putObject("identity")
          .put("ids", ids.ids())
          .put("people", ids.people())
          .put("nobodys_ids", ids.nobodys())
          .put("ignored_of_role_addresses", ids.ofRoleAddresses())
          .put("ignored_of_too_many_ids", ids.ofTooManyIds())
          .put("malformed", ids.malformed());
    }
  }

  /** Only where it was the time for it. */
  private void upkeep(ObjectNode node) {
    Upkeep.Result done = upkeep;
    if (done != null) {
      ObjectNode kept = node.putObject("upkeep");
      kept.put("removed_files", done.tables().removedFiles());
      kept.put("removed_bytes", done.tables().removedBytes());
      kept.put("removed_plans", done.plans());
      done.tables().mergedTables().forEach(kept.putArray("merged_tables")::add);
      kept.put("seconds", rounded(done.seconds()));
    }
  }

  /** Leads and events that a run read, from its summary. */
  static long rowsRead(String summary) {
    try {
      JsonNode node = JSON.readTree(summary);
      return node.path("leads").asLong() + node.path("events").asLong();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the summary of a run", e);
    }
  }

  /** How long a run took, from its summary; 0 if it does not say. */
  static double seconds(String summary) {
    try {
      return JSON.readTree(summary).path("seconds").asDouble();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the summary of a run", e);
    }
  }

  /** What the guards compare a later run with. */
  static GuardCounts.PastRun pastRun(RunRecord run) {
    try {
      JsonNode node = JSON.readTree(run.summary());
      return new GuardCounts.PastRun(
          node.path("leads").asLong(),
          node.path("plan").path("update").asLong(),
          node.path("new_mqls").asLong(),
          run.rulesFingerprint());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the summary of run " + run.runId(), e);
    }
  }

  static ObjectNode totals(PlanTotals totals) {
    ObjectNode node = JSON.createObjectNode();
    node.put("wanted", totals.wanted());
    node.put("create", totals.create());
    node.put("update", totals.update());
    node.put("unchanged", totals.unchanged());
    node.put("skipped", totals.skippedTotal());
    node.put("blocked", totals.blocked());
    ObjectNode skipped = node.putObject("skipped_by_reason");
    totals.skipped().forEach((reason, rows) -> skipped.put(reason.name(), rows));
    return node;
  }

  private static double rounded(double seconds) {
    return Math.round(seconds * 10) / 10.0;
  }
}
