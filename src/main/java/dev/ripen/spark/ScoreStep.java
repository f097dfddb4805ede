package dev.ripen.spark;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Folds everyone's facts and keeps the scores. */
final class ScoreStep {
  private static final int MEMORY_OF_VISITORS = 64;

  private final RunContext run;
  private final Optional<SignalCoverage.Work> read;
  private boolean goesOn;

  /**
   * @param read what the run has read of the events; empty: everybody is folded from the start, and
   *     nothing is kept of it
   */
  ScoreStep(RunContext run, Optional<SignalCoverage.Work> read) {
    this.run = run;
    this.read = read;
  }

  /** Whether a model is made of scores, or of what they are made of. */
  static boolean needsScores(ModelGraph graph, String model) {
    Set<String> reads = graph.readBy(model);
    return model.equals(Pipeline.SCORES)
        || reads.contains(Pipeline.SCORES)
        || CanonicalTables.BUILT_IN.stream()
            .filter(table -> !table.equals(CanonicalTables.PEOPLE))
            .anyMatch(reads::contains);
  }

  /** Whether the folds went on from those of the last run. */
  boolean goesOn() {
    return goesOn;
  }

  Pipeline.Scores run(String runId) {
    PastPredicates.requireLeads(run);
    makeFacts();
    boolean activityKnown = true;
    for (SqlModel model : run.graph().inOrder()) {
      if (!needsScores(run.graph(), model.name()) || model.layer() == SqlModel.Layer.CRM) {
        continue;
      }
      Dataset<Row> rows = run.models().compile(model);
      if (model.name().equals(Pipeline.SCORES)) {
        new OfflineBuiltIns(run.rules(), run.project().identity())
            .scoreProblem(model, rows.schema())
            .ifPresent(
                problem -> {
                  throw new ProblemException(problem);
                });
        activityKnown = ScoreColumns.knowActivity(rows);
        Dataset<Row> kept = scores(rows, runId).drop(Timelines.COLUMN);
        kept.createOrReplaceTempView(Pipeline.SCORES);
        LeadScores.of(kept, run.rules()).createOrReplaceTempView(LeadScores.VIEW);
      }
      run.models().check(model);
    }
    return counted(activityKnown);
  }

  private void makeFacts() {
    boolean changes = run.graph().findModel(LeadHistory.CHANGES).isPresent();
    if (changes) {
      run.models()
          .compile(
              "built-in lead_history",
              LeadHistory.sql(run.spark().table(Pipeline.LEADS).schema(), run.rules()))
          .createOrReplaceTempView(LeadHistory.VIEW);
    }
    FactsSql.Inputs inputs =
        new FactsSql.Inputs(
                run.graph().findModel("statuses").isPresent(),
                changes,
                run.project().signals().maxPerVisitorRuleDay())
            .withFewVisitors(areFewVisitors());
    FactsSql.Resume resume =
        read.map(
                work ->
                    new Timelines(run).begin(run.state().committed(Pipeline.SCORES), work, inputs))
            .orElse(FactsSql.Resume.NEVER);
    goesOn = resume.isSaved();
    run.models()
        .compile("built-in facts", FactsSql.of(run.rules(), inputs.with(resume)))
        .createOrReplaceTempView("facts");
  }

  /** Files of the state grow some five times as large in memory, and others are at work there. */
  private boolean areFewVisitors() {
    return !run.preview()
        && run.state().bytes(Pipeline.IDENTITIES)
            < Runtime.getRuntime().maxMemory() / MEMORY_OF_VISITORS;
  }

  private Dataset<Row> scores(Dataset<Row> rows, String runId) {
    Optional<Dataset<Row>> before = run.state().committed(Pipeline.SCORES);
    Dataset<Row> complete = ScoreColumns.complete(rows, run.rules(), run.asOf(), before);
    Dataset<Row> held =
        new AcknowledgedDates(run.spark(), run.state(), run.preview())
            .hold(
                complete,
                before,
                run.versions().change(),
                run.project().definition().restate(),
                run.asOf());
    Dataset<Row> dated = detected(held, before).withColumn("run_id", lit(runId));
    if (run.preview()) {
      return run.persist(dated.drop(Timelines.COLUMN));
    }
    run.state().overwrite(Pipeline.SCORES, dated);
    Dataset<Row> kept = run.state().current(Pipeline.SCORES);
    ScoreHistory.write(run.spark(), run.state(), before, kept, runId, run.asOf());
    DefinitionsTable.keep(run.spark(), run.state(), run.versions(), run.asOf(), runId);
    return kept;
  }

  /** With the run that first saw each latest episode. */
  private Dataset<Row> detected(Dataset<Row> rows, Optional<Dataset<Row>> before) {
    Column now = lit(run.asOf());
    Column isMql = col("mql_at").isNotNull();
    if (before.isEmpty()) {
      return rows.withColumn("detected_at", when(isMql, now)).withColumn("ripen_new_mql", isMql);
    }
    Dataset<Row> old =
        before
            .get()
            .select(
                col("lead_id").as("old_lead_id"),
                col("model").as("old_model"),
                col("mql_count").as("old_mql_count"),
                col("detected_at").as("old_detected_at"));
    Column known = col("old_mql_count").geq(col("mql_count"));
    return rows.join(
            old,
            col("lead_id").equalTo(col("old_lead_id")).and(col("model").equalTo(col("old_model"))),
            "left")
        .withColumn("detected_at", when(isMql, when(known, col("old_detected_at")).otherwise(now)))
        .withColumn("ripen_new_mql", isMql.and(not(coalesce(known, lit(false)))))
        .drop("old_lead_id", "old_model", "old_mql_count", "old_detected_at");
  }

  /** Counts people: with one model there is a row for each. */
  private Pipeline.Scores counted(boolean activityKnown) {
    String recent =
        "is_mql AND mql_at > timestamp_micros("
            + (ScoreFunction.micros(run.asOf()) - 7L * 86_400_000_000L)
            + ")";
    Dataset<Row> people =
        run.spark()
            .table(Pipeline.SCORES)
            .selectExpr(
                "lead_id",
                "excluded_because IS NULL AS scored",
                "excluded_because IS NULL AND last_activity_at IS NOT NULL AS active",
                "coalesce(is_mql, false) AS mql",
                "coalesce(is_mql AND ripen_new_mql, false) AS fresh",
                "coalesce(" + recent + ", false) AS recent");
    if (run.rules().models().size() > 1) {
      people =
          people
              .groupBy("lead_id")
              .agg(any("scored"), any("active"), any("mql"), any("fresh"), any("recent"));
    }
    Row counts =
        people
            .selectExpr(
                "count_if(scored)",
                "count_if(NOT scored)",
                "count_if(scored AND NOT active)",
                "count_if(mql)",
                "count_if(fresh)",
                "count_if(recent)")
            .head();
    return new Pipeline.Scores(
        counts.getLong(0),
        counts.getLong(1),
        activityKnown ? counts.getLong(2) : 0,
        counts.getLong(3),
        counts.getLong(4),
        counts.getLong(5));
  }

  private static Column any(String column) {
    return bool_or(col(column)).as(column);
  }
}
