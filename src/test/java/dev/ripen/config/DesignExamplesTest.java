package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Definition.Exclusions;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.config.DestinationSettings.Leavers;
import dev.ripen.config.DestinationSettings.Mode;
import dev.ripen.crm.Budget;
import dev.ripen.crm.RecordKey;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Qualification.Requalify;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.Trigger;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of the documentation load as they are. */
class DesignExamplesTest {
  @TempDir Path directory;

  private ProjectFiles files() {
    String ripen =
        ProjectFiles.resource("design/conf/ripen.conf")
            .replace("/run/secrets/ripen_rsa.p8", "secrets/rsa.p8");
    return new ProjectFiles(directory)
        .ripen(ripen)
        .scoring(ProjectFiles.resource("design/conf/scoring.conf"))
        .file("secrets/rsa.p8", "-----BEGIN\nkey\n")
        .variable("HUBSPOT_TOKEN", "pat-1");
  }

  @Test
  void loadsTheModel() {
    ScoringModel model = files().load().definition().models().get(0).scoring();

    assertThat(model)
        .isEqualTo(
            new ScoringModel(
                "default",
                "2026-11",
                model.fingerprint(),
                ZoneId.of("Europe/Berlin"),
                List.of(engagement(), fit()),
                Limits.NONE,
                new Qualification(
                    50_000_000, false, Map.of("engagement", 1_000_000L), Requalify.AFTER_RECYCLE),
                new Levels.Grades(
                    List.of(
                        new Level("hot", 65_000_000),
                        new Level("warm", 50_000_000),
                        new Level("cold", Long.MIN_VALUE)))));
    assertThat(model.fingerprint()).isEqualTo("ebcfae");
  }

  private static Dimension engagement() {
    Frequency once = new Frequency.Once();
    return new Dimension(
        "engagement",
        new Decay.HalfLife(14),
        Limits.NONE,
        List.of(new Group("web", null, new Limits(40_000_000L, null))),
        List.of(
            event("sign-up", "Signed up", 25, null, once, null),
            event("page-view", "Viewed a page", 5, "web", new Frequency.Always(), null),
            event("pricing-page", "Visited pricing", 15, "web", new Frequency.Rolling(1, 7), null),
            event("unsubscribe", "Unsubscribed", -30, null, once, new Decay.None())));
  }

  private static Dimension fit() {
    return new Dimension(
        "fit",
        new Decay.None(),
        Limits.NONE,
        List.of(),
        List.of(
            attribute("senior-title", "Senior title", 15),
            attribute("free-mail", "Private address", -10)));
  }

  private static Rule event(
      String name, String label, int points, String group, Frequency frequency, Decay decay) {
    return new Rule(
        name,
        label,
        new Trigger.Event(),
        points * 1_000_000L,
        group,
        frequency,
        decay,
        Limits.NONE);
  }

  private static Rule attribute(String name, String label, int points) {
    return new Rule(
        name,
        label,
        new Trigger.Attribute(),
        points * 1_000_000L,
        null,
        new Frequency.Always(),
        null,
        Limits.NONE);
  }

  @Test
  void loadsPredicatesAndExclusions() {
    Definition definition = files().load().definition();
    Definition.Model model = definition.models().get(0);

    assertThat(model.rules())
        .containsExactly(
            Map.entry("sign-up", ofEvent("event_type = 'signed_up'")),
            Map.entry("page-view", ofEvent("event_type = 'page' AND NOT is_pricing_page")),
            Map.entry("pricing-page", ofEvent("event_type = 'page' AND is_pricing_page")),
            Map.entry("unsubscribe", ofEvent("event_type = 'unsubscribed'")),
            Map.entry("senior-title", ofLead("is_senior_title")),
            Map.entry("free-mail", ofLead("is_free_mail(email)")));
    assertThat(model.exclusions())
        .isEqualTo(
            new Exclusions(
                List.of("acme.com", "acme.io"),
                List.of(),
                true,
                List.of(),
                Optional.of("lead_source IN ('Import', 'Partner')")));
    assertThat(definition.text()).isEqualTo(ProjectFiles.resource("design/conf/scoring.conf"));
  }

  private static Predicates ofEvent(String event) {
    return new Predicates(Optional.of(event), Optional.empty());
  }

  private static Predicates ofLead(String lead) {
    return new Predicates(Optional.empty(), Optional.of(lead));
  }

  @Test
  void loadsTheSource() {
    Source source = files().load().sources().get(0);

    assertThat(source)
        .isEqualTo(
            new Source(
                "snowflake",
                "snowflake",
                Map.of(
                    "account", "xy12345.eu-central-1",
                    "user", "RIPEN",
                    "role", "RIPEN_READER",
                    "warehouse", "RIPEN_XS",
                    "database", "RAW",
                    "query-tag", "ripen"),
                source.secrets(),
                List.of(
                    table("contact", "HUBSPOT.CONTACT", Optional.empty()),
                    table("pages", "SEGMENT.PAGES", Optional.of("UUID_TS")))));
    assertThat(source.secrets().keySet()).containsExactly("private-key");
    assertThat(source.secrets().get("private-key").reveal()).isEqualTo("-----BEGIN\nkey");
  }

  private static Source.Table table(String name, String table, Optional<String> loadedAt) {
    return new Source.Table(
        name,
        Optional.of(table),
        Optional.empty(),
        Map.of(),
        loadedAt,
        Optional.of(Duration.ofHours(26)),
        Optional.empty(),
        1);
  }

  @Test
  void loadsTheDestination() {
    DestinationSettings hubspot = files().load().destinations().get(0);

    assertThat(hubspot)
        .isEqualTo(
            new DestinationSettings(
                "hubspot",
                "hubspot",
                false,
                8700,
                Optional.empty(),
                "2026-09",
                hubspot.token(),
                Mode.SHADOW,
                Optional.of(LocalDate.of(2026, 12, 1)),
                List.of(RecordKey.Kind.RECORD_ID, RecordKey.Kind.EMAIL),
                Create.NEVER,
                10,
                Budget.ALL,
                false,
                Leavers.CLEAR,
                hubspot.fields()));
    assertThat(hubspot.token().map(Secret::reveal)).contains("pat-1");
    assertThat(hubspot.fields())
        .containsExactly(
            Map.entry("mql", always(FieldPolicy.Kind.OVERWRITE)),
            Map.entry("mql_level", always(FieldPolicy.Kind.OVERWRITE)),
            Map.entry("mql_at", always(FieldPolicy.Kind.OVERWRITE)),
            Map.entry("first_mql_at", always(FieldPolicy.Kind.FILL_EMPTY)),
            Map.entry(
                "mql_score", new FieldPolicy(FieldPolicy.Kind.OVERWRITE, new BigDecimal("5"))),
            Map.entry("mql_reasons", always(FieldPolicy.Kind.ON_QUALIFICATION)),
            Map.entry("lifecyclestage", always(FieldPolicy.Kind.FORWARD_ONLY)));
  }

  private static FieldPolicy always(FieldPolicy.Kind kind) {
    return new FieldPolicy(kind, null);
  }

  @Test
  void loadsTheRest() {
    Project project = files().load();

    assertThat(project.name()).isEqualTo("acme-mql");
    assertThat(project.zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(project.state()).isEqualTo(new Project.State("s3a://acme-ripen/state"));
    assertThat(project.guards())
        .isEqualTo(
            new Guards(
                0,
                Optional.of(new BigDecimal("0.2")),
                Optional.of(60),
                Optional.of(new BigDecimal("0.1")),
                Optional.empty(),
                List.of()));
  }
}
