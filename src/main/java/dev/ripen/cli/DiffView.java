package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.cli.DiffReport.Cause;
import dev.ripen.cli.DiffReport.Outcome;
import dev.ripen.cli.DiffReport.Person;
import dev.ripen.cli.DiffReport.Week;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows a comparison as text, Markdown for a pull request, and {@code ripen.diff/1}. Pure. */
final class DiffView {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_CAUSES = 5;
  private static final Map<String, String> WORDS =
      Map.of("enters", "become MQLs", "leaves", "stop being MQLs", "moves", "MQL date moves");

  private final DiffReport report;

  DiffView(DiffReport report) {
    this.report = report;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append("Definition ").append(report.after()).append(" against ").append(report.before());
    text.append("\n\n");
    row(text, "", "before", "retroactive", "from now on");
    row(
        text,
        "MQLs",
        RunView.number(report.mqlsBefore()),
        RunView.number(report.retroactive().mqls()),
        RunView.number(report.from().mqls()));
    for (String change : DiffReport.CHANGES) {
      row(
          text,
          "  " + WORDS.get(change),
          "",
          RunView.number(report.retroactive().count(change)),
          RunView.number(report.from().count(change)));
    }
    for (String change : List.of("enters", "leaves")) {
      row(
          text,
          "  of those who "
              + (change.equals("enters") ? "enter" : "leave")
              + ", with an opportunity",
          "",
          share(report.retroactive(), change),
          share(report.from(), change));
    }
    text.append("\nA run would do: ").append(applied()).append('\n');
    causes(text);
    if (!report.weeks().isEmpty()) {
      text.append("\nNew MQLs per week (from Monday)\n");
      row(text, "", "before", "retroactive", "");
      for (Week week : report.weeks()) {
        row(
            text,
            "  " + week.monday(),
            RunView.number(week.before()),
            RunView.number(week.retroactive()),
            "");
      }
    }
    for (String change : DiffReport.CHANGES) {
      people(text, change);
    }
    text.append("\nTo accept it, in conf/ripen.conf: ").append(report.accepted());
    return text.toString();
  }

  private static void row(StringBuilder text, String name, String... cells) {
    text.append(String.format(Locale.ROOT, "%-40s", name));
    for (String cell : cells) {
      text.append(String.format(Locale.ROOT, " %14s", cell));
    }
    // No blanks at the end of a line.
    while (text.charAt(text.length() - 1) == ' ') {
      text.setLength(text.length() - 1);
    }
    text.append('\n');
  }

  private String applied() {
    return report.applies().equals("from")
        ? "from now on (apply = from); earlier MQLs and their dates stay"
        : "retroactive (apply = retroactive); everything is judged anew";
  }

  private static String share(Outcome outcome, String change) {
    long all = outcome.count(change);
    if (outcome.opportunities().isEmpty()) {
      return "unknown";
    }
    if (all == 0) {
      return "-";
    }
    long some = outcome.opportunities().get().getOrDefault(change, 0L);
    return String.format(Locale.ROOT, "%.0f %%", 100.0 * some / all);
  }

  /** Nothing may happen from now on alone; then what the past would have been is of interest. */
  private boolean showsFrom() {
    return report.applies().equals("from")
        && report.from().counts().values().stream().anyMatch(people -> people > 0);
  }

  private Outcome shownOutcome() {
    return showsFrom() ? report.from() : report.retroactive();
  }

  private String shownWay() {
    return showsFrom() ? "from now on" : "retroactive";
  }

  private void causes(StringBuilder text) {
    List<Cause> causes = shownOutcome().causes();
    if (causes.isEmpty()) {
      return;
    }
    text.append("\nWhy (").append(shownWay()).append(")\n");
    for (String change : DiffReport.CHANGES) {
      causes.stream()
          .filter(cause -> cause.change().equals(change))
          .limit(MOST_CAUSES)
          .forEach(
              cause ->
                  row(
                      text,
                      "  " + WORDS.get(change),
                      RunView.number(cause.people()),
                      "  " + words(cause.cause())));
    }
  }

  private static String words(String cause) {
    return cause.equals("mql") ? "the conditions of mql" : cause;
  }

  private void people(StringBuilder text, String change) {
    List<Person> people = shownOutcome().samples().getOrDefault(change, List.of());
    if (people.isEmpty()) {
      return;
    }
    long all = shownOutcome().count(change);
    text.append('\n').append(heading(change)).append(" (").append(RunView.number(all));
    text.append(
        all > people.size() ? "; " + people.size() + " shown, all with --out DIR)\n" : ")\n");
    for (Person person : people) {
      String who = person.email().isEmpty() ? "lead " + person.leadId() : person.email();
      text.append(
          String.format(
              Locale.ROOT,
              "  %-38s %s  %s  %s%n",
              who,
              arrow(person.oldScore(), person.newScore()) + " points",
              person.oldMqlAt().equals(person.newMqlAt())
                  ? ""
                  : arrow(person.oldMqlAt(), person.newMqlAt()),
              words(person.cause())));
    }
  }

  private static String heading(String change) {
    String words = WORDS.get(change);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String arrow(String before, String after) {
    String old = before.isEmpty() ? "–" : before;
    String now = after.isEmpty() ? "–" : after;
    return old.equals(now) ? now : old + " → " + now;
  }

  /** For a pull request: without names and addresses, only lead ids. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("### MQL definition: ")
        .append(report.before())
        .append(" → ")
        .append(report.after());
    text.append("\n\n| | before | retroactive | from now on |\n|---|---:|---:|---:|\n");
    cells(text, "MQLs", report.mqlsBefore(), report.retroactive().mqls(), report.from().mqls());
    for (String change : DiffReport.CHANGES) {
      text.append("| ").append(WORDS.get(change)).append(" | | ");
      text.append(RunView.number(report.retroactive().count(change))).append(" | ");
      text.append(RunView.number(report.from().count(change))).append(" |\n");
    }
    for (String change : List.of("enters", "leaves")) {
      text.append("| … with an opportunity, of those who ");
      text.append(change.equals("enters") ? "enter" : "leave").append(" | | ");
      text.append(share(report.retroactive(), change)).append(" | ");
      text.append(share(report.from(), change)).append(" |\n");
    }
    text.append("\nA run would do: ").append(applied()).append(".\n");
    if (!shownOutcome().causes().isEmpty()) {
      text.append("\n| Why (").append(shownWay()).append(") | people | |\n|---|---:|---|\n");
      shownOutcome().causes().stream()
          .limit(2L * MOST_CAUSES)
          .forEach(
              cause ->
                  text.append("| ")
                      .append(WORDS.get(cause.change()))
                      .append(" | ")
                      .append(RunView.number(cause.people()))
                      .append(" | ")
                      .append(words(cause.cause()).replace("|", "\\|"))
                      .append(" |\n"));
    }
    for (String change : DiffReport.CHANGES) {
      List<Person> people = shownOutcome().samples().getOrDefault(change, List.of());
      if (!people.isEmpty()) {
        text.append("\n<details><summary>").append(heading(change)).append("</summary>\n\n");
        text.append("| lead | points | MQL date | why |\n|---|---|---|---|\n");
        for (Person person : people) {
          text.append("| ").append(person.leadId()).append(" | ");
          text.append(arrow(person.oldScore(), person.newScore())).append(" | ");
          text.append(arrow(person.oldMqlAt(), person.newMqlAt())).append(" | ");
          text.append(words(person.cause()).replace("|", "\\|")).append(" |\n");
        }
        text.append("\n</details>\n");
      }
    }
    text.append("\nTo accept it, in `conf/ripen.conf`: `").append(report.accepted()).append("`");
    return text.toString();
  }

  private static void cells(StringBuilder text, String name, long before, long retro, long from) {
    text.append("| ").append(name).append(" | ").append(RunView.number(before)).append(" | ");
    text.append(RunView.number(retro)).append(" | ").append(RunView.number(from)).append(" |\n");
  }

  ObjectNode json() {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.diff/1");
    node.put("before", report.before());
    node.put("after", report.after());
    node.put("as_of", report.asOf().toString());
    node.put("applies", report.applies());
    node.put("mqls_before", report.mqlsBefore());
    outcome(node.putObject("retroactive"), report.retroactive());
    outcome(node.putObject("from"), report.from());
    ArrayNode weeks = node.putArray("weeks");
    for (Week week : report.weeks()) {
      weeks
          .addObject()
          .put("monday", week.monday())
          .put("before", week.before())
          .put("retroactive", week.retroactive());
    }
    node.put("accept", report.accepted());
    return node;
  }

  private static void outcome(ObjectNode node, Outcome outcome) {
    node.put("mqls", outcome.mqls());
    for (String change : DiffReport.CHANGES) {
      node.put(change, outcome.count(change));
    }
    outcome
        .opportunities()
        .ifPresent(
            known -> {
              ObjectNode shares = node.putObject("with_opportunity");
              DiffReport.CHANGES.forEach(
                  change -> shares.put(change, known.getOrDefault(change, 0L)));
            });
    ArrayNode causes = node.putArray("causes");
    for (Cause cause : outcome.causes()) {
      causes
          .addObject()
          .put("change", cause.change())
          .put("cause", cause.cause())
          .put("people", cause.people());
    }
    ObjectNode samples = node.putObject("samples");
    outcome.samples().forEach((change, people) -> people(samples.putArray(change), people));
  }

  private static void people(ArrayNode node, List<Person> people) {
    for (Person person : people) {
      node.addObject()
          .put("lead_id", person.leadId())
          .put("email", person.email())
          .put("old_score", person.oldScore())
          .put("new_score", person.newScore())
          .put("old_mql_at", person.oldMqlAt())
          .put("new_mql_at", person.newMqlAt())
          .put("cause", person.cause());
    }
  }
}
