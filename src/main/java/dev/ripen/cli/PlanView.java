package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.sync.FieldChange;
import dev.ripen.sync.GuardResult;
import dev.ripen.sync.PlanAction;
import dev.ripen.sync.PlanCost;
import dev.ripen.sync.PlanReader;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.PlannedRow;
import dev.ripen.sync.StateFiles;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows a frozen plan as text and as {@code ripen.plan/1}. Ids only, no addresses. */
final class PlanView {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);

  // All CRMs that there are take a hundred; the plan was made for one of them.
  private static final int RECORDS_PER_REQUEST = 100;

  private final PlanReader reader;
  private final PlanSummary summary;
  private final String destination;

  PlanView(StateFiles files, PlanSummary summary, String destination) {
    this.reader = new PlanReader(files);
    this.summary = summary;
    this.destination = destination;
  }

  String text(int limit, boolean showSkipped, ZoneId zone) {
    StringBuilder text = new StringBuilder();
    text.append("CRM changes for ")
        .append(destination)
        .append(" (as of ")
        .append(DAY.format(summary.asOf().atZone(zone)))
        .append(")\n");
    List<PlannedRow> shown = mostTelling(limit);
    shown.forEach(row -> text.append(line(row)));
    long hidden = summary.totals().toSend() - shown.size();
    if (hidden > 0) {
      text.append("  … and ").append(RunView.number(hidden)).append(" more (--limit, --out)\n");
    }
    leftAlone().stream().limit(limit).forEach(row -> text.append(line(row)));
    if (showSkipped) {
      try (Stream<PlannedRow> rows = reader.skipped(summary.runId())) {
        rows.forEach(
            row ->
                text.append("  ! lead ")
                    .append(row.leadId())
                    .append("   ")
                    .append(String.join(", ", row.reasons()))
                    .append('\n'));
      }
    }
    text.append("  = ").append(RunView.number(summary.totals().unchanged())).append(" unchanged");
    summary
        .totals()
        .skipped()
        .forEach(
            (reason, rows) ->
                text.append("      ! ")
                    .append(RunView.number(rows))
                    .append(" skipped: ")
                    .append(reason.text()));
    text.append("\nPlan: ")
        .append(RunView.number(summary.totals().update()))
        .append(" to update, ")
        .append(RunView.number(summary.totals().create()))
        .append(" to create, ")
        .append(RunView.number(summary.totals().skippedTotal()))
        .append(" skipped.");
    return text.toString();
  }

  /** Rows that change who is an MQL come first. */
  private List<PlannedRow> mostTelling(int limit) {
    List<PlannedRow> telling = new ArrayList<>();
    List<PlannedRow> others = new ArrayList<>();
    try (Stream<PlannedRow> rows = reader.changes(summary.runId())) {
      rows.forEach(
          row -> {
            List<PlannedRow> list = isTelling(row) ? telling : others;
            if (list.size() < limit) {
              list.add(row);
            }
          });
    }
    telling.addAll(others);
    return telling.subList(0, Math.min(limit, telling.size()));
  }

  /** Rows that somebody edited in the CRM and that stay as they are. */
  private List<PlannedRow> leftAlone() {
    try (Stream<PlannedRow> rows = reader.learned(summary.runId())) {
      return rows.filter(row -> !row.drift().isEmpty()).toList();
    }
  }

  private static boolean isTelling(PlannedRow row) {
    FieldChange mql = row.fields().get("mql");
    return row.reasons().stream()
            .anyMatch(reason -> reason.startsWith("became") || reason.startsWith("no longer"))
        || (mql != null && "true".equals(mql.after()));
  }

  private String line(PlannedRow row) {
    StringBuilder text = new StringBuilder();
    text.append(sign(row.action()));
    text.append(row.recordId() == null ? "lead " + row.leadId() : "contact " + row.recordId());
    row.fields()
        .forEach(
            (name, change) -> {
              text.append("   ").append(name).append("  ");
              text.append(shown(change.before())).append(" → ").append(shown(change.after()));
            });
    text.append("\n      because: ").append(String.join("; ", row.reasons())).append('\n');
    row.drift().forEach((name, value) -> text.append(edited(row, name, value)));
    return text.toString();
  }

  private static String sign(PlanAction action) {
    return switch (action) {
      case CREATE -> "  + ";
      case UPDATE -> "  ~ ";
      case UNCHANGED -> "  = ";
      case SKIPPED -> "  ! ";
    };
  }

  private static String edited(PlannedRow row, String name, @Nullable String value) {
    return "      edited in the CRM: "
        + name
        + " is "
        + shown(value)
        + (row.fields().containsKey(name) ? ", will be overwritten" : ", stays so")
        + "\n";
  }

  /** What the plan costs in requests, and what a million leads would. */
  String cost() {
    PlanCost cost = PlanCost.of(summary.totals(), RECORDS_PER_REQUEST);
    return "Cost: "
        + RunView.plural(cost.writes(), "request")
        + " to send it. "
        + (cost.first()
            ? "A first night of 1,000,000 leads like these: "
            : "A night of 1,000,000 leads that change like these: ")
        + RunView.plural(cost.perMillionLeads(), "request")
        + " for "
        + RunView.plural(cost.changed(), "row")
        + (cost.first() ? ", and about as many to read what is there." : ".");
  }

  private static String shown(@Nullable String value) {
    return value == null ? "(empty)" : value;
  }

  String guards(List<GuardResult> results) {
    StringBuilder text = new StringBuilder("Guards: " + RunView.guards(results) + ".");
    for (GuardResult result : results) {
      if (result.status() == GuardResult.Status.STOPPED) {
        text.append("\n  ! ").append(result.guard()).append(": ").append(result.message());
        text.append("\n    fix: ").append(result.fix());
      }
    }
    return text.toString();
  }

  ObjectNode json(List<GuardResult> guards) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.plan/1");
    node.put("run_id", summary.runId()).put("destination", summary.destination());
    node.put("as_of", summary.asOf().toString()).put("definition", summary.definition());
    node.set("totals", RunReport.totals(summary.totals()));
    PlanCost cost = PlanCost.of(summary.totals(), RECORDS_PER_REQUEST);
    node.putObject("cost")
        .put("requests", cost.writes())
        .put("requests_per_million_leads", cost.perMillionLeads());
    ArrayNode changes = node.putArray("changes");
    try (Stream<PlannedRow> rows = reader.changes(summary.runId())) {
      rows.forEach(row -> add(changes.addObject(), row));
    }
    ArrayNode edited = node.putArray("left_alone");
    leftAlone().forEach(row -> add(edited.addObject(), row));
    ArrayNode guardRows = node.putArray("guards");
    for (GuardResult guard : guards) {
      guardRows
          .addObject()
          .put("name", guard.guard())
          .put("status", guard.status().name().toLowerCase(Locale.ROOT))
          .put("message", guard.message());
    }
    return node;
  }

  private void add(ObjectNode node, PlannedRow row) {
    node.put("action", row.action().text()).put("key", row.leadId());
    node.put("record_id", row.recordId());
    ObjectNode fields = node.putObject("fields");
    row.fields()
        .forEach(
            (name, change) ->
                fields.putObject(name).put("old", change.before()).put("new", change.after()));
    ArrayNode reasons = node.putArray("reasons");
    row.reasons().forEach(reasons::add);
    if (!row.drift().isEmpty()) {
      ObjectNode edited = node.putObject("edited_in_crm");
      row.drift().forEach(edited::put);
    }
  }
}
