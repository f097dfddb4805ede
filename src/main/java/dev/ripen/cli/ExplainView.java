package dev.ripen.cli;

import dev.ripen.scoring.Missing;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.TimelineEntry;
import dev.ripen.spark.LeadPerson;
import dev.ripen.spark.LeadPerson.Acknowledged;
import dev.ripen.spark.LeadPerson.Decision;
import dev.ripen.spark.LeadPerson.Device;
import dev.ripen.spark.LeadPerson.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows one person's score as text. Times are in the project's zone. Pure. */
final class ExplainView {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private final ZoneId zone;
  private final Instant asOf;
  private final LeadPerson person;
  private final OthersHidden others;

  ExplainView(LeadPerson person, ZoneId zone, Instant asOf) {
    this.person = person;
    this.zone = zone;
    this.asOf = asOf;
    this.others = OthersHidden.of(person);
  }

  /** The stories of the models that are about the person. */
  String text(List<ModelStory> stories) {
    StringBuilder text = new StringBuilder();
    text.append(person.email() == null ? "(no e-mail)" : person.email())
        .append(" · lead ")
        .append(person.leadId())
        .append(" · as of ")
        .append(minute(asOf))
        .append(' ')
        .append(zone.getId())
        .append('\n');
    sourceNote(text);
    who(text);
    boolean several = person.models().size() > 1;
    for (ModelStory story : stories) {
      if (several) {
        text.append("\nModel ").append(story.model().name()).append('\n');
      }
      story(story, text);
    }
    if (several) {
      person.models().stream()
          .filter(model -> model.facts().isEmpty())
          .forEach(
              model ->
                  text.append("\nModel ")
                      .append(model.model())
                      .append("\nnot about this person\n"));
    }
    decisions(text);
    told(text);
    return others.in(text.toString().stripTrailing());
  }

  private void sourceNote(StringBuilder text) {
    switch (person.source()) {
      case RUN -> {}
      case FIRST_RUN ->
          text.append("Before the first run: from what that run found. No CRM had been told.\n");
      case LATER_RUN ->
          text.append("The state keeps nothing that old: from what a later run found.\n");
      case SOURCES -> text.append("There was no run yet: read from the sources.\n");
    }
  }

  private void who(StringBuilder text) {
    for (String name : person.ids()) {
      String value = person.attributes().get(name);
      if (value != null && !value.equals(person.email())) {
        row(text, name.replace('_', ' '), value.replace(";", ", "), "");
      }
    }
    String merged = person.attributes().get("merged_records");
    if (merged != null && !merged.equals("0") && !merged.equals("1")) {
      row(text, "merged records", merged, "");
    }
    String head = "visitor ids";
    for (Device device : person.devices()) {
      List<String> parts = new ArrayList<>();
      device.row().forEach((name, value) -> parts.add(name.replace('_', ' ') + " " + value));
      row(text, head, device.visitorId(), String.join(", ", parts));
      head = "";
    }
    if (person.devices().isEmpty()) {
      row(text, head, "none: no event can belong to this person", "");
    }
    person.identities().forEach(identity -> new IdentityStory(identity).tell(zone, text));
  }

  static void row(StringBuilder text, String head, String value, String more) {
    text.append(String.format(Locale.ROOT, "  %-16s %-24s %s", head, value, more).stripTrailing())
        .append('\n');
  }

  private void story(ModelStory story, StringBuilder text) {
    ScoreCard card = story.card();
    text.append('\n').append(verdict(story)).append('\n');
    text.append("Rules ").append(rules(story.versions())).append('\n');
    if (card.excludedBecause() != null) {
      return;
    }
    text.append('\n').append(new ScoreSum(story).text());
    text.append("\nTimeline (").append(zone.getId()).append(")\n");
    story.timeline().forEach(entry -> text.append(line(entry, story)));
    if (!card.episodes().isEmpty()) {
      text.append("\nEpisodes as an MQL\n");
      card.episodes().forEach(episode -> text.append(line(episode)));
    }
  }

  /** The latest first. */
  private String rules(List<ModelStory.Version> versions) {
    List<String> texts = new ArrayList<>();
    for (ModelStory.Version version : versions) {
      Instant from = version.from();
      texts.add(0, version.label() + (from == null ? "" : " since " + minute(from)));
    }
    return String.join(", before that ", texts);
  }

  private String verdict(ModelStory story) {
    ScoreCard card = story.card();
    if (card.excludedBecause() != null) {
      return "Excluded, so without a score: " + card.excludedBecause();
    }
    String score =
        card.publishedScore() + " points" + (card.level() == null ? "" : ", " + card.level());
    if (card.isMql() && story.mqlAt() != null) {
      ScoreCard.Episode latest = card.episodes().get(card.episodes().size() - 1);
      return "MQL since "
          + minute(story.mqlAt())
          + (story.held() ? " (as the CRM was told under earlier rules)" : "")
          + ": "
          + latest.reasonsAtMql()
          + "\n"
          + score;
    }
    return "No MQL: "
        + score
        + "\nMissing: "
        + story.missing().map(Missing::sentence).orElse("nothing")
        + moreSuggestions(story);
  }

  private static String moreSuggestions(ModelStory story) {
    List<Missing.Suggestion> all = story.missing().map(Missing::suggestions).orElse(List.of());
    return all.size() < 2
        ? ""
        : "; so would " + String.join(", or ", all.stream().skip(1).map(Missing::text).toList());
  }

  private String line(TimelineEntry entry, ModelStory story) {
    String points = entry.microPoints() == 0 ? "" : signed(entry.microPoints());
    boolean isOfRule = entry.what().equals("award") || entry.what().equals("attribute");
    String label = isOfRule ? entry.label() : entry.what() + ": " + entry.label();
    if (entry.rule() != null && story.ofCompany().contains(entry.rule())) {
      label += " (company)";
    }
    return String.format(
                Locale.ROOT,
                "  %s  %-30s %10s  total %-12s %s",
                minute(ModelStory.instant(entry.atMicros())),
                label,
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
        .append(minute(ModelStory.instant(episode.openedAtMicros())))
        .append(" with ")
        .append(Points.text(episode.scoreAtMql()))
        .append(" points under rules ")
        .append(episode.versionAtMql())
        .append(": ")
        .append(episode.reasonsAtMql());
    Instant accepted = ModelStory.instant(episode.acceptedAtMicros());
    if (accepted != null) {
      text.append("; accepted ").append(minute(accepted));
    }
    Instant closed = ModelStory.instant(episode.closedAtMicros());
    if (closed != null) {
      text.append("; ended ").append(minute(closed)).append(" (").append(episode.closedBy());
      text.append(episode.reason() == null ? ")" : ": " + episode.reason() + ")");
    }
    return text.append('\n').toString();
  }

  private void decisions(StringBuilder text) {
    if (person.decisions().isEmpty()) {
      return;
    }
    text.append("\nWhat runs found changed\n");
    boolean several = person.models().size() > 1;
    for (Decision decision : person.decisions()) {
      text.append("  ")
          .append(minute(decision.asOf()))
          .append("  ")
          .append(several ? decision.model() + ": " : "")
          .append(text(decision.before()))
          .append(" → ")
          .append(text(decision.after()))
          .append("  (run ")
          .append(decision.runId())
          .append(")\n");
    }
  }

  private String text(@Nullable Verdict verdict) {
    if (verdict == null) {
      return "unknown";
    }
    if (verdict.excludedBecause() != null) {
      return "excluded (" + verdict.excludedBecause() + ")";
    }
    String level = verdict.level() == null ? "" : ", " + verdict.level();
    Instant at = verdict.mqlAt();
    return (verdict.isMql() && at != null ? "MQL since " + minute(at) : "no MQL") + level;
  }

  private void told(StringBuilder text) {
    if (person.crm().isEmpty()) {
      text.append("\nNo CRM was told anything yet.\n");
    }
    person.crm().forEach(told -> told(told, " was told on ", text));
    person.crmBefore().forEach(told -> told(told, " was told before, on ", text));
  }

  private void told(Acknowledged told, String verb, StringBuilder text) {
    text.append("\n")
        .append(told.destination())
        .append(verb)
        .append(SECOND.format(told.at().atZone(zone)))
        .append(" (record ")
        .append(told.recordId())
        .append(", run ")
        .append(told.runId())
        .append(")\n");
    for (Map.Entry<String, @Nullable String> field : told.fields().entrySet()) {
      String value = field.getValue() == null ? "(empty)" : field.getValue();
      text.append(String.format(Locale.ROOT, "  %-18s %s%n", field.getKey(), value));
    }
  }

  private String minute(Instant instant) {
    return MINUTE.format(instant.atZone(zone));
  }

  static String signed(long micro) {
    return (micro > 0 ? "+" : "") + Points.text(micro);
  }
}
