package dev.ripen.spark;

import dev.ripen.config.Project;
import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import dev.ripen.sqlmodel.SqlReader.Relation;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Runs cases of rules the way a first run goes: signals, facts, {@code sql/scores.sql}, all of them
 * as a run makes them. Without {@code identities.csv} a visitor whose id is that of a lead is that
 * lead. Makes temporary views in its session. Not for several threads.
 */
final class RuleCases {
  private static final Set<String> GIVEN =
      Set.of(
          "events",
          "leads",
          "identities",
          "statuses",
          "attribute_changes",
          "account_events",
          "signals",
          "facts");

  private final SparkSession session;
  private final Project project;
  private final ModelGraph graph;
  private final Map<String, StructType> sources;
  private final Map<String, StructType> models;
  private final SqlCompiler compiler = new SqlCompiler();
  private final RulesInForce rules;

  RuleCases(
      SparkSession session,
      Project project,
      ModelGraph graph,
      Map<String, StructType> sources,
      Map<String, StructType> models) {
    this.session = session;
    this.project = project;
    this.graph = graph;
    this.sources = sources;
    this.models = models;
    this.rules = RulesInForce.of(project.definition(), graph, project.parameters());
  }

  ModelCaseResult run(RuleCase test) {
    try {
      Dataset<Row> scores = scores(test);
      ModelCase asModel =
          new ModelCase(
              "scores",
              test.name(),
              test.directory(),
              Map.of(),
              test.expect(),
              test.parameters(),
              test.order());
      ModelCaseResult result = ModelCaseDiff.compare(asModel, scores);
      return new ModelCaseResult(RuleCase.SUITE, test.name(), result.passed(), result.message());
    } catch (ProblemException e) {
      return ModelCaseResult.failed(RuleCase.SUITE, test.name(), ModelCases.text(e));
    } catch (Exception e) {
      // Scala declares nothing: whatever Spark throws about the data of a case is its result.
      if (!(e instanceof SparkThrowable)) {
        throw e;
      }
      return ModelCaseResult.failed(
          RuleCase.SUITE, test.name(), "the query failed: " + SqlErrors.readable(e));
    }
  }

  private Dataset<Row> scores(RuleCase test) {
    new OfflineBuiltIns(rules, project.identity()).register(session);
    given(test, "events");
    given(test, "leads");
    given(test, "statuses");
    given(test, "attribute_changes");
    given(test, "account_events");
    if (test.given().containsKey("identities")) {
      given(test, "identities");
    } else {
      view("identities", "SELECT lead_id AS visitor_id, lead_id FROM leads", test);
    }
    SignalRows.makeView(
        session, project.signals(), rules, LocalDate.ofInstant(test.asOf(), ZoneOffset.UTC));
    boolean changes = graph.findModel(LeadHistory.CHANGES).isPresent();
    if (changes) {
      view(LeadHistory.VIEW, LeadHistory.sql(session.table("leads").schema(), rules), test);
    }
    FactsSql.Inputs inputs =
        new FactsSql.Inputs(
            graph.findModel("statuses").isPresent(),
            changes,
            project.signals().maxPerVisitorRuleDay());
    view("facts", FactsSql.of(rules, inputs), test);
    SqlModel scores = graph.model(Pipeline.SCORES);
    for (SqlModel model : between(scores)) {
      compile(model.path(), model.text(), test).createOrReplaceTempView(model.name());
    }
    return ScoreColumns.complete(
        compile(scores.path(), scores.text(), test), rules, test.asOf(), Optional.empty());
  }

  private void given(RuleCase test, String table) {
    StructType known = models.get(table);
    StructType schema = known == null ? ModelAnalyzer.canonical(table) : known;
    ModelCsv csv = test.given().get(table);
    Dataset<Row> rows =
        csv == null ? ModelAnalyzer.empty(session, schema) : ModelCaseRows.of(session, csv, schema);
    rows.createOrReplaceTempView(table);
  }

  private void view(String name, String sql, RuleCase test) {
    compile("built-in " + name, sql, test).createOrReplaceTempView(name);
  }

  private Dataset<Row> compile(String file, String sql, RuleCase test) {
    return compiler.compile(
        session, file, sql, test.parameters(), ModelAnalyzer.emptySources(session, sources));
  }

  /** Models that scores reads, directly or not, before the tables that a case gives end it. */
  private List<SqlModel> between(SqlModel scores) {
    Set<String> needed = new HashSet<>();
    List<SqlModel> open = new ArrayList<>(List.of(scores));
    while (!open.isEmpty()) {
      for (Relation relation : open.remove(open.size() - 1).parsed().relations()) {
        String name = String.join(".", relation.parts()).toLowerCase(Locale.ROOT);
        @Nullable SqlModel model = graph.findModel(name).orElse(null);
        if (model != null && !GIVEN.contains(name) && needed.add(name)) {
          open.add(model);
        }
      }
    }
    return graph.inOrder().stream().filter(model -> needed.contains(model.name())).toList();
  }
}
