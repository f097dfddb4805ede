package dev.ripen.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.scoring.Missing;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.ReasonsJson;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.TimelineEntry;
import dev.ripen.spark.LeadPerson;
import dev.ripen.spark.LeadPerson.Acknowledged;
import dev.ripen.spark.LeadPerson.Decision;
import dev.ripen.spark.LeadPerson.Device;
import dev.ripen.spark.LeadPerson.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One person's score as {@code ripen.explain/1}: fields may be added, never renamed. Points are
 * texts, exact; instants are in UTC. Pure.
 */
final class ExplainJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LeadPerson person;
  private final Instant asOf;
  private final OthersHidden others;

  ExplainJson(LeadPerson person, Instant asOf) {
    this.person = person;
    this.asOf = asOf;
    this.others = OthersHidden.of(person);
  }

  /** The stories of the models that are about the person. */
  ObjectNode json(List<ModelStory> stories) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.explain/1");
    node.put("lead_id", person.leadId()).put("email", person.email());
    node.put("as_of", asOf.toString());
    node.put("known_from", person.source().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    who(node);
    ArrayNode models = node.putArray("models");
    stories.forEach(story -> model(story, models.addObject()));
    ArrayNode crm = node.putArray("crm");
    person.crm().forEach(told -> told(told, crm.addObject()));
    ArrayNode before = node.putArray("crm_before");
    person.crmBefore().forEach(told -> told(told, before.addObject()));
    ArrayNode decisions = node.putArray("decisions");
    person.decisions().forEach(decision -> decision(decision, decisions.addObject()));
    node.put(
        "excluded_because",
        stories.stream().findFirst().map(story -> story.card().excludedBecause()).orElse(null));
    return node;
  }

  private void who(ObjectNode node) {
    ObjectNode ids = node.putObject("ids");
    person.ids().forEach(name -> ids.put(name, person.attributes().get(name)));
    node.put("merged_records", person.attributes().get("merged_records"));
    ArrayNode visitors = node.putArray("visitor_ids");
    ArrayNode devices = node.putArray("devices");
    for (Device device : person.devices()) {
      visitors.add(device.visitorId());
      ObjectNode row = devices.addObject().put("visitor_id", device.visitorId());
      ObjectNode identity = row.putObject("identity");
      device.row().forEach((name, value) -> identity.put(name, others.in(value)));
    }
    ArrayNode people = node.putArray("people");
    person.identities().forEach(each -> new IdentityStory(each).tell(others, people));
  }

  private void model(ModelStory story, ObjectNode node) {
    ScoreCard card = story.card();
    node.put("model", story.model().name());
    node.put("score", Points.text(card.score())).put("published_score", card.publishedScore());
    ObjectNode dimensions = node.putObject("dimensions");
    card.dimensions().forEach((name, micro) -> dimensions.put(name, Points.text(micro)));
    node.put("is_mql", card.isMql()).put("level", card.level());
    node.put("first_mql_at", text(story.firstMqlAt()));
    node.put("mql_at", text(story.mqlAt())).put("mql_count", card.mqlCount());
    node.put("dates_held", story.held());
    node.put("reasons", card.reasons());
    node.set("reasons_json", tree(ReasonsJson.of(card.contributions())));
    node.put("rules_version", story.label());
    ArrayNode versions = node.putArray("versions");
    for (ModelStory.Version version : story.versions()) {
      versions
          .addObject()
          .put("effective_from", text(version.from()))
          .put("rules_version", version.label());
    }
    node.put("excluded_because", card.excludedBecause());
    contributions(story, node);
    timeline(story, node.putArray("timeline"));
    episodes(card, node.putArray("episodes"));
    story
        .missing()
        .ifPresentOrElse(
            missing -> missing(missing, node.putObject("missing")), () -> node.putNull("missing"));
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Reasons are no JSON: " + json, e);
    }
  }

  private void contributions(ModelStory story, ObjectNode node) {
    ArrayNode contributions = node.putArray("contributions");
    for (ScoreCard.Contribution c : story.card().contributions()) {
      ObjectNode row = contributions.addObject();
      row.put("rule", c.rule()).put("label", c.label()).put("dimension", c.dimension());
      row.put("points", Points.text(c.microPoints()));
      row.put("awarded", Points.text(c.awardedMicroPoints())).put("times", c.times());
      row.put("last_at", ModelStory.instant(c.lastAtMicros()).toString());
      row.put("of_company", story.ofCompany().contains(c.rule()));
    }
    ArrayNode adjustments = node.putArray("adjustments");
    for (ScoreCard.Adjustment a : story.card().adjustments()) {
      ObjectNode row = adjustments.addObject();
      row.put("kind", a.kind()).put("where", a.where()).put("points", Points.text(a.microPoints()));
    }
  }

  private void timeline(ModelStory story, ArrayNode timeline) {
    for (TimelineEntry entry : story.timeline()) {
      ObjectNode row = timeline.addObject();
      row.put("at", ModelStory.instant(entry.atMicros()).toString());
      row.put("what", entry.what()).put("rule", entry.rule());
      row.put("label", others.in(entry.label()));
      row.put("points", Points.text(entry.microPoints()));
      row.put("total_after", Points.text(entry.totalAfterMicros()));
      row.put("note", others.in(entry.note()));
      row.put("of_company", entry.rule() != null && story.ofCompany().contains(entry.rule()));
    }
  }

  private void episodes(ScoreCard card, ArrayNode episodes) {
    for (ScoreCard.Episode e : card.episodes()) {
      ObjectNode row = episodes.addObject();
      row.put("number", e.number());
      row.put("opened_at", ModelStory.instant(e.openedAtMicros()).toString());
      row.put("score_at_mql", Points.text(e.scoreAtMql()));
      row.put("level_at_mql", e.levelAtMql()).put("reasons_at_mql", e.reasonsAtMql());
      row.put("version_at_mql", e.versionAtMql());
      row.put("accepted_at", text(ModelStory.instant(e.acceptedAtMicros())));
      row.put("closed_at", text(ModelStory.instant(e.closedAtMicros())));
      row.put("closed_by", e.closedBy());
      row.put("reason", others.inAny(e.reason()));
    }
  }

  private static void missing(Missing missing, ObjectNode node) {
    Missing.Obstacle obstacle = missing.obstacle();
    node.put("obstacle", obstacle == null ? null : obstacle.word());
    node.put("because", missing.because());
    node.put("points", Points.text(Math.max(0, missing.microPoints())));
    node.put("strictly_above", missing.isStrict());
    ObjectNode minimums = node.putObject("minimums");
    missing.minimums().forEach((name, gap) -> minimums.put(name, Points.text(gap)));
    ArrayNode suggestions = node.putArray("suggestions");
    for (Missing.Suggestion suggestion : missing.suggestions()) {
      ArrayNode events = suggestions.addObject().putArray("events");
      for (Missing.Step step : suggestion.steps()) {
        ObjectNode event = events.addObject();
        event.put("rule", step.rule()).put("label", step.label()).put("times", step.times());
      }
    }
    node.put("sentence", missing.sentence());
  }

  private void told(Acknowledged told, ObjectNode row) {
    row.put("destination", told.destination()).put("record_id", told.recordId());
    row.put("acknowledged_at", told.at().toString()).put("run_id", told.runId());
    ObjectNode fields = row.putObject("fields");
    for (Map.Entry<String, @Nullable String> field : told.fields().entrySet()) {
      fields.put(field.getKey(), others.inAny(field.getValue()));
    }
  }

  private static void decision(Decision decision, ObjectNode row) {
    row.put("as_of", decision.asOf().toString()).put("run_id", decision.runId());
    row.put("model", decision.model());
    verdict(decision.before(), "before", row);
    verdict(decision.after(), "after", row);
  }

  private static void verdict(@Nullable Verdict verdict, String name, ObjectNode row) {
    if (verdict == null) {
      row.putNull(name);
      return;
    }
    row.putObject(name)
        .put("is_mql", verdict.isMql())
        .put("level", verdict.level())
        .put("mql_at", text(verdict.mqlAt()))
        .put("excluded_because", verdict.excludedBecause());
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
