package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.adapters.Adapters;
import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import dev.ripen.testing.TestProjects;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models of the CRM adapters over what other people's pipelines really landed. */
@Tag("spark")
class CrmExtractTest {
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");

  @TempDir Path directory;
  private SparkSession spark;

  @BeforeEach
  void takeASession() {
    spark = SparkTestSession.create();
  }

  @Test
  void hubSpotsTwentyTwoContactsAreNineteenPeople() {
    run(
        "hubspot",
        "hubspot",
        Map.of(
            "hubspot.contact", "contact_data.csv",
            "hubspot.contact_property_history", "contact_property_history_data.csv",
            "hubspot.deal", "deal_data.csv",
            "hubspot.deal_contact", "deal_contact_data.csv",
            "hubspot.deal_stage", "deal_stage_data.csv",
            "hubspot.deal_pipeline_stage", "deal_pipeline_stage_data.csv",
            "hubspot.merged_deal", "merged_deal_data.csv"));
    assertThat(one("SELECT count(*), sum(merged_records) FROM leads")).isEqualTo("[19,22]");
    // Whichever id names the person: what is written to is the contact that is left.
    assertThat(
            one(
                "SELECT created_at, merged_records, count(*) FROM leads JOIN people ON person_id ="
                    + " lead_id WHERE hubspot_id = '78971951' GROUP BY ALL"))
        .isEqualTo("[2020-10-08T21:13:55Z,4,4]");
    // The addresses of the extract are hashed: no address is better than a wrong one.
    assertThat(one("SELECT count(email) FROM leads")).isEqualTo("[0]");
    assertThat(one("SELECT count(*) FROM statuses")).isEqualTo("[0]");
  }

  @Test
  void salesforcesConvertedLeadIsKeptWhileItsContactWasNotLanded() {
    run(
        "salesforce",
        "salesforce",
        Map.of(
            "salesforce.lead", "sf_lead_data.csv",
            "salesforce.contact", "sf_contact_data.csv",
            "salesforce.account", "sf_account_data.csv",
            "salesforce.opportunity", "sf_opportunity_data.csv"));
    assertThat(one("SELECT count(*), sum(merged_records) FROM leads")).isEqualTo("[5,5]");
    assertThat(one("SELECT email, company, industry FROM leads WHERE lifecycle_stage <> 'Contact'"))
        .isEqualTo("[h@gmail.com,Z,Internet Software & Services]");
    assertThat(one("SELECT status, occurred_at FROM statuses"))
        .isEqualTo("[accepted,2019-11-11T17:23:34Z]");
  }

  @Test
  void marketosMergesComeAsTextInBrackets() {
    run(
        "marketo",
        "marketo",
        Map.of(
            "marketo.lead", "marketo_lead_data.csv",
            "marketo.activity_merge_leads", "marketo_activity_merge_leads_data.csv",
            "marketo.activity_delete_lead", "marketo_activity_delete_lead_data.csv",
            "marketo.activity_change_data_value", "marketo_activity_change_data_value_data.csv"));
    assertThat(one("SELECT count(*), sum(merged_records) FROM leads")).isEqualTo("[100,100]");
    assertThat(one("SELECT survivor_id FROM marketo_merges WHERE absorbed_id = '1286861'"))
        .isEqualTo("[1345540]");
    // One merge of 100 names no lead.
    assertThat(one("SELECT count(*) FROM marketo_merges")).isEqualTo("[99]");
  }

  @Test
  void pardotsRecycleBinIsLeftOut() {
    run(
        "pardot",
        "pardot",
        Map.of(
            "pardot.prospect", "pardot_prospect_data.csv",
            "pardot.opportunity", "pardot_opportunity_data.csv",
            "pardot.opportunity_prospect", "pardot_opportunity_prospect_data.csv"));
    assertThat(one("SELECT count(*) FROM stg_pardot_prospect WHERE is_deleted")).isEqualTo("[78]");
    assertThat(one("SELECT count(*), count(pardot_grade), max(pardot_score) FROM leads"))
        .isEqualTo("[22,22,20]");
    assertThat(one("SELECT count_if(created_at IS NULL) FROM leads")).isEqualTo("[0]");
  }

  /** Makes the views of all models up to the people, as a run would. */
  private void run(String crm, String extract, Map<String, String> files) {
    Project project = write(crm);
    ModelGraph graph =
        ModelGraph.load(
            directory,
            new SparkSqlReader(),
            OfflineModels.sourceTables(project),
            CanonicalTables.BUILT_IN,
            crm.equals("hubspot") ? Set.of("hubspot") : Set.of());
    Map<String, StructType> schemas =
        ModelSchemas.load(directory, OfflineModels.sourceTables(project));
    Map<String, Dataset<Row>> tables = ExtractTables.of(spark, extract).read(files, schemas);
    BuiltIns builtIns = OfflineModels.builtIns(project, graph);
    builtIns.register(spark);
    SqlCompiler compiler = new SqlCompiler();
    for (SqlModel model : graph.inOrder()) {
      if (Set.of("scores", "crm_hubspot").contains(model.name())) {
        continue;
      }
      Dataset<Row> rows =
          compiler.compile(
              spark,
              model.path(),
              model.text(),
              Pipeline.parameters(project, AS_OF),
              parts -> tables.get(String.join(".", parts).toLowerCase(Locale.ROOT)));
      rows.createOrReplaceTempView(model.name());
      if (model.name().equals(LinkRows.TABLE)) {
        builtIns.people(rows, AS_OF).createOrReplaceTempView(PeopleRows.VIEW);
      }
    }
  }

  private Project write(String crm) {
    Adapters.load()
        .project("acme-mql", List.of(crm), List.of("table"), Optional.of("duckdb"))
        .files()
        .forEach((path, text) -> TestProjects.write(directory.resolve(path), text));
    return ProjectLoader.load(directory, Optional.empty(), Map.of(), Map.of());
  }

  private String one(String sql) {
    List<Row> rows = spark.sql(sql).collectAsList();
    assertThat(rows).hasSize(1);
    return rows.get(0).toString();
  }
}
