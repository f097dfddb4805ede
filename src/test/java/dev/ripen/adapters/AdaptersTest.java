package dev.ripen.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.testing.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdaptersTest {
  private static final Adapters ADAPTERS = Adapters.load();

  @Test
  void composesTheConfigurationOfAWarehouse() {
    NewProject project =
        project(List.of("hubspot"), List.of("hubspot", "table=ANALYTICS"), "snowflake");
    Golden.assertMatches("adapters/ripen-snowflake.conf", project.files().get("conf/ripen.conf"));
    assertThat(project.blanks())
        .extracting(NewProject.Blank::text)
        .contains("account = xy12345.eu-central-1", "private-key = ${?SNOWFLAKE_PRIVATE_KEY}")
        .contains("domains = [ your-company.example ]");
  }

  @Test
  void composesTheConfigurationOfFiles() {
    NewProject project = project(List.of("table"), List.of("table"), "parquet");
    Golden.assertMatches("adapters/ripen-parquet.conf", project.files().get("conf/ripen.conf"));
  }

  @Test
  void believesTheFirstCrm() {
    NewProject project =
        project(List.of("salesforce", "marketo"), List.of("table", "usermotion"), "duckdb");
    Golden.assertMatches("adapters/leads.sql", project.files().get("sql/leads.sql"));
    Golden.assertMatches("adapters/statuses.sql", project.files().get("sql/statuses.sql"));
  }

  @Test
  void writesOnlyRulesAboutWhatTheToolsCanTell() {
    NewProject project = project(List.of("table"), List.of("callrail"), "postgresql");
    assertThat(project.files().get("conf/scoring.conf"))
        .contains("event_type = 'call'")
        .contains("event_type = 'form_submitted'")
        .contains("is_free_mail(email)")
        .doesNotContain("'page'");
    assertThat(project.files().keySet())
        .noneMatch(path -> path.startsWith("sql/tests/rules/pages-add-up"));
  }

  @Test
  void writesNoModelThatNobodyFills() {
    NewProject project = project(List.of("pipedrive"), List.of("callrail"), "postgresql");
    assertThat(project.files())
        .containsKeys("sql/statuses.sql", "sql/identity_links.sql")
        .doesNotContainKeys("sql/attribute_changes.sql", "sql/account_events.sql");
    assertThat(project.files().get("conf/ripen.conf")).doesNotContain("destinations");
  }

  @Test
  void aNameThatIsSaidTwiceIsOneTool() {
    assertThat(project(List.of("dbt", "table"), List.of("dbt"), "table").files())
        .isEqualTo(project(List.of("table"), List.of("table", "table"), "table").files());
  }

  @Test
  void saysAllThatIsWrongWithTheNames() {
    assertThat(problems(List.of("hubspt", "callrail"), List.of(), Optional.of("bigquery")))
        .extracting(problem -> problem.what() + " | " + problem.fix())
        .containsExactly(
            "--crm knows no hubspt | did you mean hubspot?",
            "--crm knows no callrail | write --events callrail",
            "--events is missing | name your tools, divided by commas; there are "
                + String.join(", ", ADAPTERS.events().keySet()),
            "--warehouse knows no bigquery | there are "
                + String.join(", ", ADAPTERS.warehouses().keySet())
                + "; what is none of them can be read with its JDBC driver (jdbc), through Spark's"
                + " catalog (table), or as files that it exports");
  }

  @Test
  void theSameToolByAnotherPipelineHasItsModels() {
    NewProject fivetran = project(List.of("salesforce"), List.of("table"), "postgresql");
    NewProject airbyte = project(List.of("salesforce-airbyte"), List.of("table"), "postgresql");
    assertThat(airbyte.files().get("sql/staging/salesforce_leads.sql"))
        .isEqualTo(fivetran.files().get("sql/staging/salesforce_leads.sql"));
    assertThat(airbyte.files().get("conf/schemas/salesforce.lead.ddl")).startsWith("Id STRING\n");
    assertThat(project(List.of("hubspot-airbyte"), List.of("table"), "table").files())
        .containsKey("sql/crm/hubspot.sql");
    assertThat(
            problems(
                List.of("salesforce", "salesforce-airbyte"),
                List.of("table"),
                Optional.of("duckdb")))
        .extracting(Problem::what)
        .containsExactly(
            "--crm salesforce and --crm salesforce-airbyte are one tool, landed by different"
                + " pipelines");
    assertThat(problems(List.of("hubspot-airbyte"), List.of("hubspot"), Optional.of("duckdb")))
        .extracting(Problem::what)
        .containsExactly(
            "--crm hubspot-airbyte and --events hubspot are one tool, landed by different"
                + " pipelines");
  }

  @Test
  void composesAProjectWithoutAWarehouse() {
    NewProject project =
        ADAPTERS.project("acme-mql", List.of("hubspot-api"), List.of(), Optional.empty());
    Golden.assertMatches("adapters/ripen-hubspot-api.conf", project.files().get("conf/ripen.conf"));
    assertThat(project.files().get("sql/events.sql")).contains("FROM hubspot_events");
    assertThat(
            ADAPTERS
                .project("acme", List.of("hubspot-api"), List.of("segment"), Optional.of("duckdb"))
                .files()
                .get("conf/ripen.conf"))
        .contains("segment = ${warehouse} {")
        .contains("format = hubspot\n");
    assertThat(problems(List.of("hubspot-api"), List.of(), Optional.of("duckdb")))
        .extracting(problem -> problem.what() + " | " + problem.fix())
        .containsExactly(
            "nothing of this lies in a warehouse: hubspot-api is read itself | leave out"
                + " --warehouse");
    assertThat(problems(List.of("hubspot-api"), List.of("hubspot"), Optional.of("duckdb")))
        .extracting(Problem::what)
        .containsExactly(
            "--crm hubspot-api and --events hubspot are one tool, landed by different pipelines");
  }

  @Test
  void wantsAToolThatBringsEvents() {
    assertThat(problems(List.of("hubspot"), List.of("outfunnel"), Optional.of("duckdb")))
        .extracting(Problem::what)
        .containsExactly("none of these tools brings events");
  }

  @Test
  void wantsAWarehouse() {
    assertThat(problems(List.of("hubspot"), List.of("table"), Optional.empty()))
        .extracting(Problem::what)
        .containsExactly("--warehouse is missing");
  }

  private static List<Problem> problems(
      List<String> crms, List<String> events, Optional<String> warehouse) {
    List<Problem> problems = new ArrayList<>();
    assertThatThrownBy(() -> ADAPTERS.project("acme-mql", crms, events, warehouse))
        .isInstanceOfSatisfying(ProblemException.class, e -> problems.addAll(e.problems()));
    return problems;
  }

  private static NewProject project(List<String> crms, List<String> events, String warehouse) {
    return ADAPTERS.project("acme-mql", crms, events, Optional.of(warehouse));
  }
}
