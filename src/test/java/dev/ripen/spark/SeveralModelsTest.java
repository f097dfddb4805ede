package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.problem.Problem;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project with two models, accounts, attributes that change, and points by expression. */
@Tag("spark")
class SeveralModelsTest {
  private static final Instant AS_OF = Instant.parse("2026-11-10T05:00:00Z");

  @TempDir Path temporary;
  private Path directory = Path.of("");
  private final SparkSession session = SparkTestSession.create();

  @BeforeEach
  void copy() {
    directory = TestProjects.copy("several", temporary);
  }

  @Test
  void everyCaseOfItsRulesPasses() {
    Project project = project();
    List<ModelCaseResult> results =
        TestCases.load(session, project, TemplateProjects.graph(project), AS_OF)
            .run(name -> true, result -> {});
    assertThat(results).hasSize(6);
    assertThat(results).extracting(ModelCaseResult::message).containsOnly("");
  }

  @Test
  void aCaseShowsWhatAnotherModelSays() throws IOException {
    Path expect = directory.resolve("sql/tests/rules/a-model-has-its-own-exclusions/expect.csv");
    Files.writeString(expect, "lead_id,model,score\nc,person,\nc,trial,11\n");
    Project project = project();
    assertThat(
            TestCases.load(session, project, TemplateProjects.graph(project), AS_OF)
                .run("rules/a-model-has-its-own-exclusions"::equals, result -> {})
                .get(0)
                .message())
        .contains("+ c       | trial | 10", "- c       | trial | 11");
  }

  @Test
  void namesWhatARuleOfAccountsLacks() throws IOException {
    Files.delete(directory.resolve("sql/account_events.sql"));
    for (String test : List.of("an-account-ripens-its-people")) {
      Files.delete(directory.resolve("sql/tests/rules/" + test + "/account_events.csv"));
    }
    Path leads = directory.resolve("sql/leads.sql");
    Files.writeString(leads, Files.readString(leads).replace(" account_id,", ""));
    Path scores = directory.resolve("sql/scores.sql");
    Files.writeString(
        scores, "-- One row per lead.\nSELECT lead_id, 1 AS score, true AS is_mql FROM leads\n");
    Project project = project();
    assertThat(OfflineModels.analyze(session, project, TemplateProjects.graph(project)).problems())
        .extracting(Problem::toString)
        .filteredOn(text -> !text.contains("crm"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains(
                        "conf/scoring.conf", "rule intent looks at account_events, and there is"))
        .anySatisfy(text -> assertThat(text).contains("rule intent looks at a person's account"))
        .anySatisfy(text -> assertThat(text).contains("rule colleague looks at a person's account"))
        .anySatisfy(text -> assertThat(text).contains("scores has no column model"));
  }

  @Test
  void leadScoresTakeTheFirstModelThatSaysMql() {
    Dataset<Row> scores =
        ScoreColumns.offline(
            session.sql(
                """
                SELECT * FROM VALUES
                  ('both', 'trial',  3, true,  TIMESTAMP '2026-11-01', TIMESTAMP '2026-11-05', 2, NULL),
                  ('both', 'person', 7, true,  TIMESTAMP '2026-11-02', TIMESTAMP '2026-11-04', 1, NULL),
                  ('late', 'person', 1, false, NULL, NULL, 0, NULL),
                  ('late', 'trial',  9, true,  TIMESTAMP '2026-11-03', TIMESTAMP '2026-11-03', 1, NULL),
                  ('none', 'trial',  4, false, NULL, NULL, 0, NULL),
                  ('none', 'person', 2, false, NULL, NULL, 0, NULL),
                  ('half', 'person', NULL, false, NULL, NULL, 0, 'status competitor'),
                  ('half', 'trial',  5, false, NULL, NULL, 0, NULL)
                AS t(lead_id, model, score, is_mql, first_mql_at, mql_at, mql_count, excluded_because)
                """));
    List<String> rows =
        LeadScores.of(scores, rules())
            .selectExpr(
                "concat_ws(' ', lead_id, model, score, is_mql, date(first_mql_at), date(mql_at),"
                    + " mql_count, to_json(models), excluded_because)")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrder(
            "both person 7 true 2026-11-01 2026-11-05 3 [\"person\",\"trial\"]",
            "late trial 9 true 2026-11-03 2026-11-03 1 [\"trial\"]",
            "none person 2 false 0 []",
            "half trial 5 false 0 []");
  }

  @Test
  void aCommentIsNoChangeOfARule() throws IOException {
    List<String> before = rules().signalIds();
    Path events = directory.resolve("sql/events.sql");
    Files.writeString(events, Files.readString(events) + "-- ordered by nobody\n");
    assertThat(rules().signalIds()).isEqualTo(before);
    Files.writeString(events, Files.readString(events) + "WHERE event_id <> ''\n");
    assertThat(rules().signalIds()).doesNotContainAnyElementsOf(before.subList(0, 4));
    Path conf = directory.resolve("conf/scoring.conf");
    Files.writeString(events, Files.readString(events).replace("WHERE event_id <> ''\n", ""));
    Files.writeString(conf, Files.readString(conf).replace("amount / 10", "amount / 20"));
    List<String> after = rules().signalIds();
    assertThat(after).hasSameSizeAs(before);
    assertThat(after.stream().filter(id -> !before.contains(id)).map(SignalRule::nameIn))
        .containsExactly("order");
  }

  private RulesInForce rules() {
    Project project = project();
    return RulesInForce.of(
        project.definition(), TemplateProjects.graph(project), project.parameters());
  }

  private Project project() {
    return ProjectLoader.load(directory, Optional.empty(), Map.of(), Map.of());
  }
}
