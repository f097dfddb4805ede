package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.config.DestinationSettings.Leavers;
import dev.ripen.config.DestinationSettings.Mode;
import dev.ripen.config.Project.Signals;
import dev.ripen.config.Project.State;
import dev.ripen.crm.Budget;
import dev.ripen.crm.RecordKey;
import dev.ripen.identity.IdentityRules;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectLoaderTest {
  @TempDir Path directory;
  private ProjectFiles files;

  @BeforeEach
  void startFromTheLeast() {
    files = new ProjectFiles(directory);
  }

  @Test
  void fillsInTheDefaults() {
    Project project = files.load();

    assertThat(project)
        .isEqualTo(
            new Project(
                directory,
                "acme-mql",
                ZoneId.of("UTC"),
                Optional.empty(),
                new State(directory.resolve(".ripen/state").toString()),
                new Signals(90, 3, 1_000),
                List.of(),
                List.of(),
                new Guards(
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of()),
                NotifySettings.NONE,
                IdentityRules.DEFAULT,
                project.definition(),
                Map.of(),
                Map.of()));
  }

  @Test
  void fillsInTheDefaultsOfADestination() {
    files.ripen("project = acme-mql\ndestinations { hubspot { } }\n");

    assertThat(files.load().destinations())
        .containsExactly(
            new DestinationSettings(
                "hubspot",
                "hubspot",
                false,
                8700,
                Optional.empty(),
                "2026-09",
                Optional.empty(),
                Mode.SHADOW,
                Optional.empty(),
                List.of(RecordKey.Kind.RECORD_ID, RecordKey.Kind.EMAIL),
                Create.NEVER,
                10,
                Budget.ALL,
                false,
                Leavers.CLEAR,
                Map.of()));
  }

  @Test
  void sourcesShareAConnection() {
    files
        .ripen(
            """
            project = acme-mql
            warehouse { format = postgresql, database = raw, password = ${?RAW_PASSWORD} }
            sources {
              hubspot = ${warehouse} { tables { contact { table = hubspot.contact } } }
              segment = ${warehouse} { tables { pages { table = segment.pages } } }
            }
            """)
        .variable("RAW_PASSWORD", "hunter2");
    List<Source> sources = files.load().sources();
    assertThat(sources).extracting(Source::name).containsExactly("hubspot", "segment");
    assertThat(sources)
        .allSatisfy(
            source -> {
              assertThat(source.options()).containsEntry("database", "raw");
              assertThat(source.secrets().get("password").reveal()).isEqualTo("hunter2");
              assertThat(source.tables()).hasSize(1);
            });
  }

  @Test
  void readsEveryKey() {
    files
        .ripen(ProjectFiles.resource("every-key/ripen.conf"))
        .variable("SHOP_PASSWORD", "hunter2")
        .file("secrets/token", "pat-2\n");

    Project project = files.load();

    assertThat(project)
        .isEqualTo(
            new Project(
                directory,
                "every-key",
                ZoneId.of("America/New_York"),
                Optional.of(Instant.parse("2026-11-20T05:00:00Z")),
                new State(
                    directory.resolve("my-state").toString(), new StateUpkeep(90, 64_000_000, 500)),
                new Signals(180, 0, 50),
                project.sources(),
                project.destinations(),
                new Guards(
                    5,
                    Optional.of(new BigDecimal("0.125")),
                    Optional.of(60),
                    Optional.of(new BigDecimal("0.5")),
                    Optional.of(100),
                    List.of("a41f9c", "012345")),
                NotifySettings.NONE,
                new IdentityRules(
                    List.of("salesforce", "email", "account", "cookie"),
                    Set.of("cookie", "device"),
                    3,
                    50,
                    Set.of("info", "kontakt")),
                project.definition(),
                Map.of("horizon", 30, "share", 0.5, "strict", true, "region", "emea"),
                Map.of("spark.sql.shuffle.partitions", "16", "spark.master", "local[2]")));
  }

  @Test
  void readsEveryKeyOfASource() {
    files
        .ripen(ProjectFiles.resource("every-key/ripen.conf"))
        .variable("SHOP_PASSWORD", "hunter2")
        .file("secrets/token", "pat-2\n");

    List<Source> sources = files.load().sources();

    assertThat(sources)
        .containsExactly(
            new Source(
                "shop",
                "postgresql",
                Map.of(
                    "host", "db.acme.com",
                    "port", "5432",
                    "database", "shop",
                    "schema", "public",
                    "user", "ripen",
                    "ssl-mode", "require",
                    "fetchsize", "10000",
                    "session.init", "SET x = 1"),
                sources.get(0).secrets(),
                Source.Pushdown.OFF,
                List.of(
                    new Source.Table(
                        "orders",
                        Optional.of("sales.orders"),
                        Optional.empty(),
                        Map.of("numPartitions", "3"),
                        Optional.of("loaded_at"),
                        Optional.of(Duration.ofMinutes(90)),
                        Optional.of("id"),
                        8),
                    new Source.Table(
                        "customers",
                        Optional.of("customers"),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        1))),
            new Source(
                "lake",
                "parquet",
                Map.of(),
                Map.of(),
                List.of(
                    file("events", directory.resolve("data/events").toString()),
                    file("leads", "s3a://acme/leads"))),
            new Source(
                "warehouse",
                "duckdb",
                Map.of("path", directory.resolve("data/w.duckdb").toString()),
                Map.of(),
                List.of()),
            new Source("own", "com.acme.spark.Crm", Map.of("endpoint", "x"), Map.of(), List.of()));
    assertThat(sources.get(0).secrets().get("password").reveal()).isEqualTo("hunter2");
  }

  private static Source.Table file(String name, String path) {
    return new Source.Table(
        name,
        Optional.empty(),
        Optional.of(path),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  @Test
  void readsEveryKeyOfADestination() {
    files
        .ripen(ProjectFiles.resource("every-key/ripen.conf"))
        .variable("SHOP_PASSWORD", "hunter2")
        .file("secrets/token", "pat-2\n");

    DestinationSettings sales = files.load().destinations().get(0);

    assertThat(sales)
        .isEqualTo(
            new DestinationSettings(
                "sales",
                "hubspot",
                false,
                9000,
                Optional.of("https://api.hubapi.com"),
                "2025-01",
                sales.token(),
                Mode.LIVE,
                Optional.of(LocalDate.of(2026, 12, 1)),
                List.of(RecordKey.Kind.EMAIL),
                Create.UPSERT,
                2,
                new Budget(new BigDecimal("0.8"), new BigDecimal("0.5")),
                true,
                Leavers.KEEP,
                Map.of(
                    "mql", new FieldPolicy(FieldPolicy.Kind.OVERWRITE, null),
                    "mql_score",
                        new FieldPolicy(
                            FieldPolicy.Kind.OVERWRITE,
                            new BigDecimal("2.5"),
                            FieldPolicy.Drift.KEEP_THEIRS))));
    assertThat(sales.token().map(Secret::reveal)).contains("pat-2");
    assertThat(files.load().toString()).doesNotContain("pat-2", "hunter2");
  }

  @Test
  void laysTheProfileOverTheFileAndOverridesOverBoth() {
    files
        .ripen(
            """
            project = acme-mql
            time-zone = UTC
            guards { max-creates = 1, max-new-mqls = 60, max-changed = 20% }
            """)
        .file("conf/ripen.prod.conf", "guards { max-creates = 2, max-new-mqls = off }\n")
        .profile("prod")
        .set("guards.max-changed", "30%")
        .set("guards.accepted", "[ \"a41f9c\" ]")
        .set("state.path", "s3a://acme/state");

    Project project = files.load();

    assertThat(project.guards())
        .isEqualTo(
            new Guards(
                2,
                Optional.of(new BigDecimal("0.3")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("a41f9c")));
    assertThat(project.state()).isEqualTo(new State("s3a://acme/state"));
  }

  @Test
  void overridesTheDefinitionToo() {
    Definition plain = files.load().definition();
    Definition strict = files.set("mql.threshold", "60").load().definition();

    assertThat(strict.models().get(0).scoring().qualification().threshold()).isEqualTo(60_000_000);
    assertThat(strict.fingerprint()).isNotEqualTo(plain.fingerprint());
    assertThat(strict.text())
        .isEqualTo(ProjectFiles.LEAST_SCORING + "\n\"mql\":{\"threshold\":\"60\"}\n");
    assertThat(new ProjectFiles(directory).scoring(strict.text()).load().definition())
        .isEqualTo(strict);
  }

  @Test
  void seesOnlyTheGivenEnvironment() {
    files.ripen("project = acme-mql\nparameters { home = ${?HOME}, region = ${?REGION} }\n");

    assertThat(files.load().parameters()).isEmpty();
    assertThat(files.variable("REGION", "emea").load().parameters())
        .isEqualTo(Map.of("region", "emea"));
  }

  @Test
  void takesAnEmptyVariableForNoToken() {
    files
        .ripen(
            "project = a\ndestinations { hubspot { token = ${?HUBSPOT_TOKEN}, sandbox = true } }\n")
        .variable("HUBSPOT_TOKEN", "");

    assertThat(files.load().destinations().get(0).token()).isEmpty();
  }

  @Test
  void saysWhereTheProjectShouldBe() {
    Path nowhere = directory.resolve("nowhere");

    assertThatThrownBy(() -> ProjectLoader.load(nowhere, Optional.empty(), Map.of(), Map.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        Problem.of(
                            ErrorCode.PROJECT_NOT_FOUND,
                            "there is no conf/ripen.conf in " + nowhere,
                            "go to the project or name it with --project DIR;"
                                + " ripen init DIR makes one")));
  }
}
