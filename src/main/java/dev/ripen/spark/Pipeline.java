package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.SignalSql.RuleId;
import dev.ripen.sqlmodel.CheckQuery;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sqlmodel.ModelCheck;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import dev.ripen.sync.RowPlanner;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * The way of the data from the sources to the rows of a CRM, one step a method, in their order:
 * {@link #prepare}, {@link #leads} and {@link #signals} in any order or at the same time, {@link
 * #scores}, {@link #crmRows}. In a preview nothing is written to the state. One use.
 */
public final class Pipeline implements AutoCloseable {
  static final String SCORES = "scores";
  static final String CHANGES = "score_changes";
  static final String EPISODES = "episodes";

  static final String LEADS = "leads";
  static final String IDENTITIES = "identities";

  private static final Set<String> BUILT_IN = Set.of("signals", "facts");

  private final SparkSession spark;
  private final Project project;
  private final ModelGraph graph;
  private final StateTables state;
  private final Sources sources;
  private final Instant asOf;
  private final boolean preview;
  private final SqlCompiler compiler = new SqlCompiler();
  private final Map<String, Object> parameters;
  private final Map<String, RuleId> rules;
  private final SignalStore signals;
  private final ForgottenPeople forgotten;
  private final List<Dataset<Row>> persisted = new ArrayList<>();
  private final List<CheckResult> checks = new ArrayList<>();

  /**
   * @param preview whether nothing may be written to the state
   */
  public Pipeline(
      SparkSession spark,
      Project project,
      ModelGraph graph,
      StateTables state,
      Sources sources,
      Instant asOf,
      boolean preview) {
    this.spark = spark;
    this.project = project;
    this.graph = graph;
    this.state = state;
    this.sources = sources;
    this.asOf = asOf;
    this.preview = preview;
    this.parameters = parameters(project, asOf);
    this.rules =
        SignalSql.ruleIds(project.definition(), graph.closureText("events"), project.parameters());
    this.forgotten = ForgottenPeople.load(state);
    this.signals =
        new SignalStore(
            spark, state, project, eventChecks(check -> !check.isDistinct()), forgotten);
    MailFunctions.register(spark);
    ScoreFunction.register(spark, project.definition().model());
  }

  /**
   * What every model may use: {@code :as_of}, {@code :window_days}, {@code :threshold} of an MQL in
   * points, and the project's own.
   */
  static Map<String, Object> parameters(Project project, Instant asOf) {
    Map<String, Object> parameters = new HashMap<>(project.parameters());
    parameters.put("as_of", asOf);
    parameters.put("window_days", project.signals().historyDays());
    parameters.putIfAbsent(
        "threshold",
        BigDecimal.valueOf(project.definition().model().qualification().threshold(), 6));
    return parameters;
  }

  /** Tables of the state that a commit names. */
  public static List<String> tables() {
    return List.of(
        SignalStore.TABLE,
        LEADS,
        IDENTITIES,
        SCORES,
        CHANGES,
        EPISODES,
        DefinitionsTable.TABLE,
        LedgerTables.LEDGER,
        LedgerTables.REJECTS,
        ForgottenPeople.TABLE);
  }

  /**
   * The people.
   *
   * @param sourceRows records of the CRM that they stand for, if the model {@code leads} counts
   *     them in a column {@code merged_records}
   */
  public record Leads(long people, Optional<Long> sourceRows, List<CastLoss> castLosses) {}

  /** Values of a staging column that could not be cast and became null. */
  public record CastLoss(String model, String column, long rows) {}

  /**
   * Scores as they are now.
   *
   * @param newMqls episodes that this run sees first
   * @param recentMqls people whose latest episode opened in the last 7 days
   */
  public record Scores(
      long scored, long excluded, long withoutSignals, long mqls, long newMqls, long recentMqls) {}

  /** Every check so far, those of models that a step has run. */
  public List<CheckResult> checks() {
    synchronized (checks) {
      return List.copyOf(checks);
    }
  }

  /** Compiles the events and what they read: from then on leads and signals need not wait. */
  public void prepare() {
    Set<String> ofEvents = eventModels();
    graph.inOrder().stream()
        .filter(model -> ofEvents.contains(model.name()))
        .forEach(this::compile);
  }

  private Set<String> eventModels() {
    Set<String> models = new HashSet<>(graph.readBy("events"));
    models.add("events");
    return models;
  }

  /** Compiles the models that need no signals, counts the people, runs their checks. */
  public Leads leads() {
    Set<String> ofEvents = eventModels();
    List<SqlModel> early = new ArrayList<>();
    for (SqlModel model : graph.inOrder()) {
      if (!needsScores(model.name()) && !ofEvents.contains(model.name())) {
        compile(model);
        keep(model.name());
        early.add(model);
      }
    }
    Dataset<Row> leads = spark.table("leads");
    boolean counted = List.of(leads.columns()).contains("merged_records");
    Row row =
        leads
            .selectExpr("count(*)", counted ? "sum(merged_records)" : "CAST(NULL AS BIGINT)")
            .head();
    early.forEach(this::check);
    List<CastLoss> losses = new ArrayList<>();
    graph.inOrder().stream()
        .filter(model -> model.layer() == SqlModel.Layer.STAGING)
        .forEach(model -> losses.addAll(castLosses(model)));
    return new Leads(
        row.getLong(0), row.isNullAt(1) ? Optional.empty() : Optional.of(row.getLong(1)), losses);
  }

  /** Brings the signals up to date. */
  public Signals signals(boolean fullRefresh) {
    SparkSession.setActiveSession(spark);
    Optional<SignalCoverage> stored =
        state
            .lastCommit()
            .filter(commit -> !fullRefresh)
            .flatMap(commit -> SignalCoverage.parse(commit.signalCoverage()));
    SignalCoverage.Work work =
        SignalCoverage.plan(
            stored,
            rules.values().stream().map(RuleId::toString).toList(),
            LocalDate.ofInstant(asOf, ZoneOffset.UTC),
            project.signals().historyDays(),
            project.signals().lookBackDays());
    SignalStore.Refresh refresh =
        preview ? signals.preview(work, rules) : signals.refresh(work, rules);
    synchronized (checks) {
      checks.addAll(refresh.checks());
    }
    checkEventModels(work.from());
    return new Signals(
        refresh.events(),
        refresh.matching(),
        refresh.withoutId(),
        refresh.overLimit(),
        work.full(),
        work.from().datesUntil(work.through().plusDays(1)).count(),
        work.full() ? List.of() : List.copyOf(work.fresh()),
        refresh.coverage().toJson());
  }

  /**
   * What was read.
   *
   * @param days read for all rules
   * @param recomputed rules that were read for all of history because they are new or changed
   * @param coverage JSON for the commit
   */
  public record Signals(
      long events,
      long matching,
      long withoutId,
      long overLimit,
      boolean full,
      long days,
      List<String> recomputed,
      String coverage) {}

  /** Folds everyone's facts and keeps the scores. */
  public Scores scores(String runId) {
    compiled(
            "built-in facts",
            SignalSql.facts(
                project.definition(),
                List.copyOf(rules.values()),
                graph.findModel("statuses").isPresent()))
        .createOrReplaceTempView("facts");
    Optional<Dataset<Row>> before = state.committed(SCORES);
    boolean activityKnown = true;
    for (SqlModel model : graph.inOrder()) {
      if (!needsScores(model.name()) || model.layer() == SqlModel.Layer.CRM) {
        continue;
      }
      Dataset<Row> rows = compile(model);
      if (model.name().equals(SCORES)) {
        activityKnown = ScoreColumns.knowActivity(rows);
        rows = ScoreColumns.complete(rows, project.definition().model(), asOf, before);
        rows = keepScores(rows, before, runId);
        rows.createOrReplaceTempView(SCORES);
      }
      check(model);
    }
    Row counts =
        spark
            .table(SCORES)
            .selectExpr(
                "count_if(excluded_because IS NULL)",
                "count_if(excluded_because IS NOT NULL)",
                "count_if(excluded_because IS NULL AND last_activity_at IS NULL)",
                "count_if(is_mql)",
                "count_if(is_mql AND ripen_new_mql)",
                "count_if(is_mql AND mql_at > timestamp_micros("
                    + (ScoreFunction.micros(asOf) - 7L * 86_400_000_000L)
                    + "))")
            .head();
    return new Scores(
        counts.getLong(0),
        counts.getLong(1),
        activityKnown ? counts.getLong(2) : 0,
        counts.getLong(3),
        counts.getLong(4),
        counts.getLong(5));
  }

  private Dataset<Row> keepScores(Dataset<Row> rows, Optional<Dataset<Row>> before, String runId) {
    Column now = lit(asOf);
    Dataset<Row> dated;
    if (before.isPresent()) {
      Dataset<Row> old =
          before
              .get()
              .select(
                  col("lead_id").as("old_lead_id"),
                  col("model").as("old_model"),
                  col("mql_count").as("old_mql_count"),
                  col("detected_at").as("old_detected_at"));
      Column known = col("old_mql_count").geq(col("mql_count"));
      dated =
          rows.join(
                  old,
                  col("lead_id")
                      .equalTo(col("old_lead_id"))
                      .and(col("model").equalTo(col("old_model"))),
                  "left")
              .withColumn(
                  "detected_at",
                  when(
                      col("mql_at").isNotNull(),
                      when(known, col("old_detected_at")).otherwise(now)))
              .withColumn(
                  "ripen_new_mql",
                  col("mql_at").isNotNull().and(coalesce(known, lit(false)).unary_$bang()))
              .drop("old_lead_id", "old_model", "old_mql_count", "old_detected_at");
    } else {
      dated =
          rows.withColumn("detected_at", when(col("mql_at").isNotNull(), now))
              .withColumn("ripen_new_mql", col("mql_at").isNotNull());
    }
    dated = dated.withColumn("run_id", lit(runId));
    if (preview) {
      return persist(dated);
    }
    state.overwrite(SCORES, dated);
    Dataset<Row> kept = state.current(SCORES);
    ScoreHistory.write(spark, state, before, kept, runId, asOf);
    DefinitionsTable.keep(spark, state, project.definition(), asOf, runId);
    return kept;
  }

  /** The rows that a destination wants, compared with what its CRM last acknowledged. */
  public PlanInput crmRows(DestinationSettings destination, RowPlanner planner) {
    SqlModel model = graph.model(ModelGraph.crmModel(destination.name()));
    Dataset<Row> rows = compile(model);
    check(model);
    // A model of the CRM need not read leads.
    return new CrmJoin(spark, state).candidates(forgotten.withoutLeads(rows), destination, planner);
  }

  /** A compiled model's rows, after the step that makes it. */
  public Dataset<Row> table(String name) {
    return spark.table(name);
  }

  private boolean needsScores(String model) {
    Set<String> reads = graph.readBy(model);
    return model.equals(SCORES)
        || reads.contains(SCORES)
        || BUILT_IN.stream().anyMatch(reads::contains);
  }

  private Dataset<Row> compile(SqlModel model) {
    Dataset<Row> rows = compiled(model.path(), model.text());
    // Said here, and not by the SQL that ripen wrote and that would miss the column later.
    List<Problem> problems = ModelAnalyzer.columnProblems(model, rows.schema());
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    Dataset<Row> kept =
        switch (model.name()) {
          case LEADS -> forgotten.withoutLeads(rows);
          case IDENTITIES -> forgotten.withoutVisitors(rows);
          default -> rows;
        };
    kept.createOrReplaceTempView(model.name());
    return kept;
  }

  private Dataset<Row> compiled(String file, String text) {
    return compiler.compile(spark, file, text, parameters, sources::table);
  }

  /** Runs a model's checks over its view, all in one pass. */
  private void check(SqlModel model) {
    if (model.checks().isEmpty()) {
      return;
    }
    try {
      Row row = spark.sql(CheckQuery.sql(model)).head();
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        numbers.add(row.isNullAt(i) ? 0L : row.getLong(i));
      }
      synchronized (checks) {
        checks.addAll(CheckQuery.interpret(model, numbers));
      }
    } catch (ProblemException e) {
      throw e;
    } catch (Exception e) {
      throw SourceProblems.of(model.path(), e);
    }
  }

  /** Values that a staging model's try_cast turned into nulls, in one pass over its source. */
  private SqlModel eventChecks(Predicate<ModelCheck> some) {
    SqlModel events = graph.model("events");
    return events.withChecks(events.checks().stream().filter(some).toList());
  }

  /** Models of events are large: their checks look at the days that this run reads. */
  private void checkEventModels(LocalDate from) {
    Set<String> ofEvents = graph.readBy("events");
    List<SqlModel> checked = new ArrayList<>();
    graph.inOrder().stream().filter(model -> ofEvents.contains(model.name())).forEach(checked::add);
    checked.add(eventChecks(ModelCheck::isDistinct));
    for (SqlModel model : checked) {
      if (model.checks().isEmpty()) {
        continue;
      }
      Dataset<Row> rows = spark.table(model.name());
      if (List.of(rows.columns()).contains("occurred_at")) {
        rows =
            rows.where(
                col("occurred_at")
                    .isNull()
                    .or(
                        col("occurred_at")
                            .geq(lit(from.atStartOfDay().toInstant(ZoneOffset.UTC)))));
        rows.createOrReplaceTempView(model.name());
      }
      check(model);
    }
  }

  private List<CastLoss> castLosses(SqlModel model) {
    Optional<Dataset<Row>> counts =
        new SqlCastLoss().count(spark, model.path(), model.text(), parameters, sources::table);
    if (counts.isEmpty()) {
      return List.of();
    }
    Row row = counts.get().head();
    List<CastLoss> losses = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (!row.isNullAt(i) && row.getLong(i) > 0) {
        losses.add(new CastLoss(model.name(), row.schema().fieldNames()[i], row.getLong(i)));
      }
    }
    return losses;
  }

  /** Models that several steps read; people and their devices also serve explain later. */
  private void keep(String model) {
    Dataset<Row> rows = spark.table(model);
    if (model.equals("statuses") || (preview && Set.of(LEADS, IDENTITIES).contains(model))) {
      persist(rows).createOrReplaceTempView(model);
    } else if (Set.of(LEADS, IDENTITIES).contains(model)) {
      state.overwrite(model, rows);
      state.current(model).createOrReplaceTempView(model);
    }
  }

  private Dataset<Row> persist(Dataset<Row> rows) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    persisted.add(kept);
    return kept;
  }

  @Override
  public void close() {
    persisted.forEach(dataset -> dataset.unpersist(false));
    persisted.clear();
    signals.close();
    sources.close();
  }
}
