package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.cli.DiffReport.Person;
import dev.ripen.cli.DiffWorkflow.ColumnReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows what the CRM calls an MQL against what ripen would. Pure. */
final class DiffColumnView {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> WORDS =
      Map.of(
          "both", "both",
          "only_ours", "only ripen",
          "only_theirs", "only the CRM",
          "neither", "neither");

  private final ColumnReport report;

  DiffColumnView(ColumnReport report) {
    this.report = report;
  }

  String text() {
    StringBuilder text = new StringBuilder("Who is an MQL: ripen against leads." + report.column());
    text.append("\n\n");
    report.counts().forEach((kind, people) -> line(text, WORDS.get(kind), people));
    report.samples().forEach((kind, people) -> samples(text, kind, people));
    return text.toString().stripTrailing();
  }

  private static void line(StringBuilder text, String name, long people) {
    text.append(String.format(Locale.ROOT, "  %-16s %12s%n", name, RunView.number(people)));
  }

  private void samples(StringBuilder text, String kind, List<Person> people) {
    if (people.isEmpty()) {
      return;
    }
    long all = report.counts().get(kind);
    String name =
        WORDS.get(kind).substring(0, 1).toUpperCase(Locale.ROOT) + WORDS.get(kind).substring(1);
    text.append('\n').append(name);
    text.append(
        all > people.size() ? " (" + people.size() + " shown, all with --out DIR)\n" : "\n");
    for (Person person : people) {
      String who = person.email().isEmpty() ? "lead " + person.leadId() : person.email();
      text.append(
          String.format(
              Locale.ROOT,
              "  %-38s %s%s%n",
              who,
              person.newMqlAt().isEmpty() ? "" : "since " + person.newMqlAt() + "  ",
              person.cause()));
    }
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("### Who is an MQL: ripen against `leads.").append(report.column()).append("`\n\n");
    text.append("| | people |\n|---|---:|\n");
    report
        .counts()
        .forEach(
            (kind, people) ->
                text.append("| ")
                    .append(WORDS.get(kind))
                    .append(" | ")
                    .append(RunView.number(people))
                    .append(" |\n"));
    return text.toString().stripTrailing();
  }

  ObjectNode json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.diff/1");
    node.put("against_column", "leads." + report.column());
    report.counts().forEach(node::put);
    ObjectNode samples = node.putObject("samples");
    report
        .samples()
        .forEach(
            (kind, people) -> {
              ArrayNode list = samples.putArray(kind);
              for (Person person : people) {
                list.addObject()
                    .put("lead_id", person.leadId())
                    .put("email", person.email())
                    .put("score", person.newScore())
                    .put("mql_at", person.newMqlAt())
                    .put("why", person.cause());
              }
            });
    return node;
  }
}
