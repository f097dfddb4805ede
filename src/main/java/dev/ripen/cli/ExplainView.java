package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.config.Project;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.TimelineEntry;
import dev.ripen.spark.LeadLookup.Acknowledged;
import dev.ripen.spark.LeadLookup.Person;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows one person's score as text and as {@code ripen.explain/1}. Pure. */
final class ExplainView {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final Project project;
  private final ScoringModel model;
  private final Instant asOf;

  ExplainView(Project project, Instant asOf) {
    this.project = project;
    this.model = project.definition().models().get(0).scoring();
    this.asOf = asOf;
  }

  String text(Person person, ScoreCard card, List<TimelineEntry> story) {
    StringBuilder text = new StringBuilder();
    text.append(person.email() == null ? "(no e-mail)" : person.email())
        .append(" · lead ")
        .append(person.leadId())
        .append(" · ")
        .append(RunView.plural(person.visitorIds().size(), "visitor id"))
        .append('\n')
        .append(verdict(card))
        .append("\n");
    if (card.excludedBecause() == null) {
      text.append('\n').append(arithmetic(card));
      text.append("\nTimeline (").append(project.zone().getId()).append(")\n");
      story.forEach(entry -> text.append(line(entry)));
      if (!card.episodes().isEmpty()) {
        text.append("\nEpisodes as an MQL\n");
        card.episodes().forEach(episode -> text.append(line(episode)));
      }
    }
    text.append(told(person.crm()));
    return text.toString().stripTrailing();
  }

  private String verdict(ScoreCard card) {
    if (card.excludedBecause() != null) {
      return "Excluded, so without a score: " + card.excludedBecause();
    }
    String score =
        card.publishedScore()
            + " points"
            + (card.level() == null ? "" : ", " + card.level())
            + " as of "
            + MINUTE.format(asOf.atZone(project.zone()));
    if (card.isMql() && card.mqlAtMicros() != null) {
      ScoreCard.Episode latest = card.episodes().get(card.episodes().size() - 1);
      return "MQL since "
          + minute(card.mqlAtMicros())
          + ": "
          + latest.reasonsAtMql()
          + "\n"
          + score;
    }
    return "No MQL: " + score + "; the threshold is " + Points.text(threshold());
  }

  private long threshold() {
    return model.qualification().threshold();
  }

  private String arithmetic(ScoreCard card) {
    StringBuilder text = new StringBuilder("How the score adds up\n");
    for (var dimension : model.dimensions()) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-28s %14s%n",
              dimension.name(),
              Points.text(card.dimensions().getOrDefault(dimension.name(), 0L))));
      for (ScoreCard.Contribution contribution : card.contributions()) {
        if (contribution.dimension().equals(dimension.name())) {
          text.append(line(contribution));
        }
      }
    }
    for (ScoreCard.Adjustment adjustment : card.adjustments()) {
      text.append(
          String.format(
              Locale.ROOT,
              "    %-26s %14s%n",
              adjustment.kind() + " " + adjustment.where(),
              signed(adjustment.microPoints())));
    }
    return text.append(
            String.format(Locale.ROOT, "  %-28s %14s%n", "total", Points.text(card.score())))
        .toString();
  }

  private static String line(ScoreCard.Contribution c) {
    String note = c.times() > 1 ? c.times() + " times" : "";
    if (c.microPoints() != c.awardedMicroPoints()) {
      note +=
          (note.isEmpty() ? "" : ", ") + "was " + signed(c.awardedMicroPoints()) + " when earned";
    }
    return String.format(
                Locale.ROOT, "    %-26s %14s   %s", c.label(), signed(c.microPoints()), note)
            .stripTrailing()
        + "\n";
  }

  private String line(TimelineEntry entry) {
    String points = entry.microPoints() == 0 ? "" : signed(entry.microPoints());
    return String.format(
                Locale.ROOT,
                "  %s  %-28s %10s  total %-12s %s",
                minute(entry.atMicros()),
                entry.what().equals("award") ? entry.label() : entry.what() + ": " + entry.label(),
                points,
                Points.text(entry.totalAfterMicros()),
                entry.note())
            .stripTrailing()
        + "\n";
  }

  private String line(ScoreCard.Episode episode) {
    StringBuilder text = new StringBuilder("  ");
    text.append(episode.number())
        .append(". from ")
        .append(minute(episode.openedAtMicros()))
        .append(" with ")
        .append(Points.text(episode.scoreAtMql()))
        .append(" points: ")
        .append(episode.reasonsAtMql());
    if (episode.acceptedAtMicros() != null) {
      text.append("; accepted ").append(minute(episode.acceptedAtMicros()));
    }
    if (episode.closedAtMicros() != null) {
      text.append("; ended ").append(minute(episode.closedAtMicros()));
      text.append(" (").append(episode.closedBy());
      if (episode.reason() != null) {
        text.append(": ").append(episode.reason());
      }
      text.append(')');
    }
    return text.append('\n').toString();
  }

  private String told(List<Acknowledged> crm) {
    if (crm.isEmpty()) {
      return "\nNo CRM was told anything yet.\n";
    }
    StringBuilder text = new StringBuilder();
    for (Acknowledged told : crm) {
      text.append("\n")
          .append(told.destination())
          .append(" was told on ")
          .append(SECOND.format(told.at().atZone(project.zone())))
          .append(" (record ")
          .append(told.recordId())
          .append(")\n");
      told.fields()
          .forEach(
              (name, value) ->
                  text.append(
                      String.format(
                          Locale.ROOT, "  %-18s %s%n", name, value == null ? "(empty)" : value)));
    }
    return text.toString();
  }

  private String minute(long micros) {
    return MINUTE.format(instant(micros).atZone(project.zone()));
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, Points.MICRO), Math.floorMod(micros, Points.MICRO) * 1000);
  }

  private static @Nullable String text(@Nullable Long micros) {
    return micros == null ? null : instant(micros).toString();
  }

  private static String signed(long micro) {
    return (micro > 0 ? "+" : "") + Points.text(micro);
  }

  ObjectNode json(Person person, ScoreCard card, List<TimelineEntry> story) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.explain/1");
    node.put("lead_id", person.leadId()).put("email", person.email());
    node.put("as_of", asOf.toString());
    ArrayNode visitors = node.putArray("visitor_ids");
    person.visitorIds().forEach(visitors::add);
    ObjectNode scored = node.putArray("models").addObject();
    scored.put("model", model.name());
    scored.put("score", Points.text(card.score())).put("published_score", card.publishedScore());
    ObjectNode dimensions = scored.putObject("dimensions");
    card.dimensions().forEach((name, micro) -> dimensions.put(name, Points.text(micro)));
    scored.put("is_mql", card.isMql()).put("level", card.level());
    scored.put("first_mql_at", text(card.firstMqlAtMicros()));
    scored.put("mql_at", text(card.mqlAtMicros())).put("mql_count", card.mqlCount());
    scored.put("reasons", card.reasons());
    scored.put("rules_version", model.version() + " (" + model.fingerprint() + ")");
    ArrayNode contributions = scored.putArray("contributions");
    for (ScoreCard.Contribution c : card.contributions()) {
      ObjectNode row = contributions.addObject();
      row.put("rule", c.rule()).put("label", c.label()).put("dimension", c.dimension());
      row.put("points", Points.text(c.microPoints()));
      row.put("awarded", Points.text(c.awardedMicroPoints())).put("times", c.times());
    }
    ArrayNode adjustments = scored.putArray("adjustments");
    for (ScoreCard.Adjustment a : card.adjustments()) {
      adjustments
          .addObject()
          .put("kind", a.kind())
          .put("where", a.where())
          .put("points", Points.text(a.microPoints()));
    }
    ArrayNode timeline = scored.putArray("timeline");
    for (TimelineEntry entry : story) {
      timeline
          .addObject()
          .put("at", text(entry.atMicros()))
          .put("what", entry.what())
          .put("rule", entry.rule())
          .put("points", Points.text(entry.microPoints()))
          .put("total_after", Points.text(entry.totalAfterMicros()))
          .put("note", entry.note());
    }
    ArrayNode episodes = scored.putArray("episodes");
    for (ScoreCard.Episode e : card.episodes()) {
      ObjectNode row = episodes.addObject();
      row.put("number", e.number()).put("opened_at", text(e.openedAtMicros()));
      row.put("score_at_mql", Points.text(e.scoreAtMql()));
      row.put("closed_at", text(e.closedAtMicros())).put("closed_by", e.closedBy());
      row.put("reason", e.reason());
    }
    ArrayNode crm = node.putArray("crm");
    for (Acknowledged told : person.crm()) {
      ObjectNode row = crm.addObject();
      row.put("destination", told.destination()).put("record_id", told.recordId());
      row.put("acknowledged_at", told.at().toString()).put("run_id", told.runId());
      ObjectNode fields = row.putObject("fields");
      told.fields().forEach(fields::put);
    }
    node.put("excluded_because", card.excludedBecause());
    return node;
  }
}
