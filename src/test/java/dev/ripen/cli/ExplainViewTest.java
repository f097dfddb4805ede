package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.identity.IdentityPath;
import dev.ripen.identity.IdentityPath.Step;
import dev.ripen.identity.JudgedLink.Ignored;
import dev.ripen.scoring.Attributes;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Facts;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.RulesVersion;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.Signal;
import dev.ripen.scoring.StatusChange;
import dev.ripen.scoring.Trigger;
import dev.ripen.spark.LeadPerson;
import dev.ripen.spark.LeadPerson.Acknowledged;
import dev.ripen.spark.LeadPerson.Decision;
import dev.ripen.spark.LeadPerson.Device;
import dev.ripen.spark.LeadPerson.HeldDates;
import dev.ripen.spark.LeadPerson.Identity;
import dev.ripen.spark.LeadPerson.IgnoredLink;
import dev.ripen.spark.LeadPerson.Judged;
import dev.ripen.spark.LeadPerson.Known;
import dev.ripen.spark.LeadPerson.Verdict;
import dev.ripen.testing.Golden;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One person with everything odd about her: two models, two versions, a company, a recycling. */
final class ExplainViewTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");
  private static final Decay HALF_LIFE = new Decay.HalfLife(14);

  private static final Identity IDENTITY =
      new Identity(
          "hubspot:4711",
          List.of(
              new IdentityPath(
                  "device:anonymous-1",
                  List.of(
                      new Step("email:ada@northwind.example", at("2026-10-22T22:02:00Z"), true),
                      new Step("hubspot:4711", null, false))),
              new IdentityPath(
                  "email:ada@northwind.example", List.of(new Step("hubspot:4711", null, false))),
              new IdentityPath("hubspot:4711", List.of()),
              new IdentityPath(
                  "user:7", List.of(new Step("hubspot:4711", at("2026-11-01T09:00:00Z"), false)))),
          List.of(
              new IgnoredLink(
                  "hubspot:4711", "email:info@northwind.example", Ignored.ROLE_ADDRESS, true),
              new IgnoredLink("user:7", "email:bob@acme.example", Ignored.TOO_MANY_IDS, false)));

  private static long at(String instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
  }

  private static Rule rule(
      String name,
      String label,
      Trigger trigger,
      long points,
      @Nullable String group,
      Frequency f) {
    return new Rule(name, label, trigger, points * Points.MICRO, group, f, null, Limits.NONE);
  }

  private static ScoringModel model(String name, String version, long threshold) {
    Frequency always = new Frequency.Always();
    Trigger event = new Trigger.Event();
    return new ScoringModel(
        name,
        version,
        "a41f9c",
        BERLIN,
        List.of(
            new Dimension(
                "engagement",
                HALF_LIFE,
                Limits.NONE,
                List.of(new Group("web", null, new Limits(40 * Points.MICRO, null))),
                List.of(
                    rule("sign-up", "Signed up", event, 25, null, new Frequency.Once()),
                    rule("demo", "Asked for a demo", event, 30, null, new Frequency.Rolling(1, 7)),
                    rule("page", "Viewed a page", event, 15, "web", always),
                    rule("team-page", "Colleagues viewed pages", event, 2, null, always))),
            new Dimension(
                "fit",
                new Decay.None(),
                Limits.NONE,
                List.of(),
                List.of(
                    rule("senior", "Senior title", new Trigger.Attribute(), 15, null, always)))),
        Limits.NONE,
        new Qualification(
            threshold * Points.MICRO, false, Map.of(), Qualification.Requalify.AFTER_RECYCLE),
        new Levels.Grades(
            List.of(new Level("warm", 50 * Points.MICRO), new Level("cold", Long.MIN_VALUE))));
  }

  private static Facts facts() {
    return new Facts(
        at("2026-10-22T12:00:00Z"),
        List.of(
            new Signal("anonymous-1", "e1", "sign-up", at("2026-10-22T14:02:00Z"), null),
            new Signal("anonymous-1", "e2", "page", at("2026-10-22T14:03:00Z"), null),
            new Signal("user-7", "e3", "demo", at("2026-11-05T09:31:00Z"), null),
            new Signal("user-7", "e4", "demo", at("2026-11-06T09:31:00Z"), null),
            new Signal(
                "bob@northwind.example", "e5", "team-page", at("2026-11-18T08:00:00Z"), null),
            new Signal("user-7", "e6", "page", at("2026-11-19T15:00:00Z"), null)),
        List.of(
            new StatusChange("accepted", at("2026-11-07T09:00:00Z"), null),
            new StatusChange(
                "recycled", at("2026-11-17T09:00:00Z"), "bad timing, says eve@acme.example")),
        new Attributes(Set.of("senior"), null, null, true),
        List.of());
  }

  private static Judged judged(String name, Optional<Facts> facts, Optional<HeldDates> held) {
    return new Judged(
        name,
        List.of(
            new RulesVersion(Long.MIN_VALUE, model(name, "2026-10", 50)),
            new RulesVersion(at("2026-11-18T05:00:00Z"), model(name, "2026-11", 40))),
        List.of("2026-10 (77aa01)", "2026-11 (a41f9c)"),
        Set.of("team-page"),
        facts,
        held);
  }

  private static LeadPerson person(List<Judged> models, Known source) {
    Map<String, @Nullable String> attributes = new LinkedHashMap<>();
    attributes.put("lead_id", "4711");
    attributes.put("email", "ada@northwind.example");
    attributes.put("emails", "ada@northwind.example;ada@old.example");
    attributes.put("hubspot_ids", "4711;4712");
    attributes.put("merged_records", "2");
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    fields.put("hubspot_owner", "eve@acme.example");
    fields.put("mql", "true");
    fields.put("mql_at", null);
    Map<String, @Nullable String> before = new LinkedHashMap<>();
    before.put("mql", "false");
    return new LeadPerson(
        "4711",
        "ada@northwind.example",
        attributes,
        List.of("emails", "hubspot_ids"),
        List.of(
            new Device("anonymous-1", Map.of("identified_at", "2026-10-22T14:02:00.000Z")),
            new Device("user-7", Map.of("seen_with", "bob@northwind.example"))),
        List.of(IDENTITY),
        models,
        List.of(told("2026-11-06T05:01:02Z", "run-2", fields)),
        List.of(told("2026-11-05T05:01:02Z", "run-1", before)),
        List.of(
            new Decision(
                Instant.parse("2026-11-05T05:00:00Z"),
                "run-1",
                "person",
                null,
                new Verdict(false, "cold", null, null)),
            new Decision(
                Instant.parse("2026-11-06T05:00:00Z"),
                "run-2",
                "person",
                new Verdict(false, "cold", null, null),
                new Verdict(true, "warm", Instant.parse("2026-11-05T09:31:00Z"), null))),
        source);
  }

  private static Acknowledged told(String at, String run, Map<String, @Nullable String> fields) {
    return new Acknowledged("hubspot", "4711", Instant.parse(at), run, fields);
  }

  private static LeadPerson ada() {
    return person(
        List.of(
            judged("person", Optional.of(facts()), Optional.empty()),
            judged("trial", Optional.empty(), Optional.empty())),
        Known.RUN);
  }

  private static List<ModelStory> stories(LeadPerson person) {
    return person.models().stream().flatMap(model -> ModelStory.of(model, AS_OF).stream()).toList();
  }

  private static String text(LeadPerson person) {
    return new ExplainView(person, BERLIN, AS_OF).text(stories(person)) + "\n";
  }

  private static String json(LeadPerson person) {
    return new ExplainJson(person, AS_OF).json(stories(person)).toPrettyString() + "\n";
  }

  @Test
  void tellsTheWholeStoryAsText() {
    Golden.assertMatches("cli/explain.txt", text(ada()));
  }

  @Test
  void tellsTheWholeStoryAsJson() {
    Golden.assertMatches("cli/explain.json", json(ada()));
  }

  @Test
  void showsNobodyElsesAddress() {
    for (String shown : List.of(text(ada()), json(ada()))) {
      assertThat(shown).contains("ada@northwind.example", "ada@old.example", OthersHidden.INSTEAD);
      assertThat(shown).doesNotContain("bob@").doesNotContain("eve@");
    }
  }

  @Test
  void tellsOneWhoIsNoMqlWhatIsMissing() {
    Facts little =
        new Facts(
            at("2026-10-22T12:00:00Z"),
            List.of(new Signal("user-7", "e1", "page", at("2026-11-19T15:00:00Z"), null)),
            Set.of("senior"),
            List.of(),
            null);
    Judged judged = judged("default", Optional.of(little), Optional.empty());
    assertThat(text(person(List.of(judged), Known.SOURCES)))
        .contains(
            "There was no run yet: read from the sources.\n",
            "No MQL: 30 points, cold\n"
                + "Missing: 10 more points; “Signed up” once would do;"
                + " so would “Asked for a demo” once, or “Viewed a page” once\n");
  }

  @Test
  void keepsTheDateThatTheCrmWasTold() {
    HeldDates held =
        new HeldDates(
            Instant.parse("2026-11-01T00:00:00Z"),
            Instant.parse("2026-11-02T00:00:00Z"),
            Instant.parse("2026-11-20T00:00:00Z"));
    LeadPerson person =
        person(List.of(judged("default", Optional.of(facts()), Optional.of(held))), Known.RUN);
    ModelStory story = stories(person).get(0);
    assertThat(story.held()).isTrue();
    assertThat(story.firstMqlAt()).isEqualTo(held.firstMqlAt());
    assertThat(story.mqlAt()).isEqualTo(held.mqlAt());
  }

  @Test
  void tellsAnExcludedPersonOnlyThat() {
    Facts excluded = new Facts(0L, List.of(), Set.of(), List.of(), "domain acme.example");
    Judged judged = judged("default", Optional.of(excluded), Optional.empty());
    assertThat(text(person(List.of(judged), Known.FIRST_RUN)))
        .contains(
            "Before the first run: from what that run found. No CRM had been told.\n",
            "Excluded, so without a score: domain acme.example\n")
        .doesNotContain("Timeline");
  }
}
