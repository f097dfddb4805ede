package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Definition;
import dev.ripen.config.DefinitionVersions;
import dev.ripen.config.DefinitionVersions.Change;
import dev.ripen.config.DefinitionVersions.InForce;
import dev.ripen.config.Project;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.Qualification;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Scores the same people by two definitions at the same instant, and by the way from one to the
 * other. Writes nothing to the state. Signals that both need are read once. One use.
 */
public final class DefinitionDiff implements AutoCloseable {
  private static final List<String> COLUMNS =
      List.of(
          "lead_id",
          "email",
          "coalesce(is_mql, false) AS is_mql",
          "mql_at",
          "first_mql_at",
          "score",
          "level",
          "excluded_because",
          "reasons",
          "contributions",
          "episodes");

  private final SparkSession spark;
  private final StateTables state;
  private final Instant asOf;
  private final List<AutoCloseable> open = new ArrayList<>();

  public DefinitionDiff(SparkSession spark, StateTables state, Instant asOf) {
    this.spark = spark;
    this.state = state;
    this.asOf = asOf;
  }

  /**
   * A definition with its models.
   *
   * @param project whose data are read, with this definition
   */
  public record Side(Project project, ModelGraph graph, Sources sources) {}

  /**
   * Everybody's scores, one row per lead, with the same columns: lead_id, email, is_mql, mql_at,
   * first_mql_at, score, level, excluded_because, reasons, contributions, episodes.
   *
   * @param before by the older definition
   * @param retroactive by the newer one alone, but for dates that a CRM has acknowledged
   * @param from by the older one until now, and the newer one from now on
   * @param opportunities leads with an opportunity or a customer; empty if statuses are not known
   */
  public record Scored(
      Dataset<Row> before,
      Dataset<Row> retroactive,
      Dataset<Row> from,
      Optional<Dataset<Row>> opportunities) {}

  /**
   * What a column of the leads calls an MQL against what a run would: {@code kind} (both,
   * only_ours, only_theirs, neither), lead_id, email, score, mql_at and {@code why}, all texts.
   *
   * @throws ProblemException if the leads have no such column
   */
  public Dataset<Row> againstColumn(Side side, String column) {
    RunContext run = context(side, VersionsOfState.decide(state, side.project(), asOf));
    read(side, run, Optional.of(run.rules()));
    Dataset<Row> leads = spark.table(Pipeline.LEADS);
    List<String> columns = List.of(leads.columns());
    if (!columns.contains(column)) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.SQL_COLUMN_NOT_FOUND,
              "the model leads has no column " + column,
              NearestName.of(column, columns)
                  .map(near -> "did you mean " + near + "?")
                  .orElse("add to sql/leads.sql what the CRM calls an MQL")));
    }
    Dataset<Row> theirs =
        leads.select(
            col("lead_id").as("their_lead_id"),
            expr("coalesce(try_cast(`" + column + "` AS BOOLEAN), false)").as("theirs"));
    long threshold =
        side.project().definition().models().get(0).scoring().qualification().threshold();
    String zone = SignalSql.quoted(side.project().zone().getId());
    return scores(run)
        .join(theirs, col("lead_id").equalTo(col("their_lead_id")), "right")
        .withColumn("ours", coalesce(col("is_mql"), lit(false)))
        .selectExpr(
            "CASE WHEN ours AND theirs THEN 'both' WHEN ours THEN 'only_ours'"
                + " WHEN theirs THEN 'only_theirs' ELSE 'neither' END AS kind",
            "their_lead_id AS lead_id",
            "email",
            "coalesce(CAST(floor(score) AS STRING), '') AS score",
            "coalesce(date_format(from_utc_timestamp(mql_at, "
                + zone
                + "), 'yyyy-MM-dd HH:mm'), '') AS mql_at",
            "CASE WHEN ours THEN coalesce(reasons, '')"
                + " WHEN excluded_because IS NOT NULL THEN concat('excluded: ', excluded_because)"
                + " WHEN mql_at IS NOT NULL THEN 'was an MQL, and is no more'"
                + " ELSE concat(coalesce(CAST(floor(score) AS STRING), '0'), ' points"
                + (threshold == Qualification.NO_THRESHOLD ? "" : " of " + Points.text(threshold))
                + "') END AS why");
  }

  /** Scores by both. */
  public Scored score(Side before, Side after) {
    boolean sameModels = sameModels(before.graph(), after.graph());
    boolean sameEvents = sameEvents(before.graph(), after.graph());
    DefinitionVersions past = past(before);
    RunContext retroactive =
        context(
            after,
            new DefinitionVersions(
                DefinitionVersions.only(after.project().definition()).inForce(),
                Change.JUDGES_ANEW));
    RunContext from = context(after, followed(past, after.project().definition()));
    RunContext old = context(sameModels ? after : before, past, before.project());
    List<RulesInForce> together = new ArrayList<>(List.of(retroactive.rules(), from.rules()));
    if (sameEvents) {
      together.add(old.rules());
    }
    read(after, retroactive, Optional.of(union(together)));
    Dataset<Row> byNew = scores(retroactive);
    Dataset<Row> byBoth = scores(from);
    Optional<Dataset<Row>> opportunities = opportunities(after);
    if (!sameModels) {
      read(before, old, sameEvents ? Optional.empty() : Optional.of(old.rules()));
    }
    return new Scored(scores(old), byNew, byBoth, opportunities);
  }

  /** What judges today, if that is this definition; else it judges all time. */
  private DefinitionVersions past(Side before) {
    Definition definition = before.project().definition();
    DefinitionVersions decided = VersionsOfState.decide(state, before.project(), asOf);
    return decided.change() == Change.NONE ? decided : DefinitionVersions.only(definition);
  }

  private DefinitionVersions followed(DefinitionVersions past, Definition definition) {
    List<InForce> versions = new ArrayList<>(past.inForce());
    versions.add(new InForce(definition, Optional.of(asOf)));
    return new DefinitionVersions(versions, Change.BEGINS);
  }

  private static boolean sameModels(ModelGraph before, ModelGraph after) {
    return texts(before).equals(texts(after));
  }

  private static boolean sameEvents(ModelGraph before, ModelGraph after) {
    return List.of("events", "account_events").stream()
        .allMatch(name -> closure(before, name).equals(closure(after, name)));
  }

  private static Optional<String> closure(ModelGraph graph, String name) {
    return graph.findModel(name).map(model -> graph.closureText(name));
  }

  private static Set<String> texts(ModelGraph graph) {
    Set<String> texts = new HashSet<>();
    graph.inOrder().stream()
        .filter(model -> model.layer() != SqlModel.Layer.CRM)
        .forEach(model -> texts.add(model.name() + "\n" + model.text()));
    return texts;
  }

  private RunContext context(Side side, DefinitionVersions versions) {
    return context(side, versions, side.project());
  }

  private RunContext context(Side side, DefinitionVersions versions, Project project) {
    RulesInForce rules = RulesInForce.of(versions, side.graph(), project.parameters());
    ModelRunner models =
        new ModelRunner(spark, state, side.sources(), Pipeline.parameters(project, asOf));
    RunContext run =
        new RunContext(spark, project, side.graph(), state, models, versions, rules, asOf, true);
    open.add(run);
    return run;
  }

  /** All signals that any of them asks for, at any time: facts take what is theirs. */
  private static RulesInForce union(List<RulesInForce> all) {
    List<SignalRule> signals =
        all.stream().flatMap(rules -> rules.signalRules().stream()).distinct().toList();
    Definition.Model any = all.get(0).models().get(0).today();
    return new RulesInForce(
        List.of(
            new RulesInForce.ModelRules(
                any.name(),
                List.of(
                    new RulesInForce.VersionRules(
                        Long.MIN_VALUE, Long.MAX_VALUE, any, "", signals)))));
  }

  /**
   * Makes views of the people, and of the signals.
   *
   * @param signals of these rules; empty if the signals are there
   */
  private void read(Side side, RunContext run, Optional<RulesInForce> signals) {
    MailFunctions.register(spark);
    EventModels events = new EventModels(side.graph());
    events.inOrder().forEach(run.models()::compile);
    new LeadStep(run, events, new RunDays(run, events, ReadAgain.NOTHING)).run();
    if (signals.isPresent()) {
      RulesInForce rules = signals.get();
      SignalStore store =
          new SignalStore(
              spark,
              state,
              side.sources(),
              side.project().signals(),
              rules,
              events.checkedInPassing());
      open.add(store::close);
      RunContext reading =
          new RunContext(
              spark,
              run.project(),
              run.graph(),
              state,
              run.models(),
              run.versions(),
              rules,
              asOf,
              true);
      new SignalStep(reading, events, store).run(new RunDays(reading, events, ReadAgain.NOTHING));
    }
  }

  private Dataset<Row> scores(RunContext run) {
    ScoreFunction.register(spark, run.rules());
    new ScoreStep(run, Optional.empty()).run("diff");
    Dataset<Row> rows =
        spark
            .table(LeadScores.VIEW)
            .selectExpr(COLUMNS.toArray(String[]::new))
            .persist(StorageLevel.MEMORY_AND_DISK());
    open.add(() -> rows.unpersist(false));
    // Now, because the next scores take the views' names.
    rows.count();
    return rows;
  }

  private Optional<Dataset<Row>> opportunities(Side side) {
    if (side.graph().findModel("statuses").isEmpty()) {
      return Optional.empty();
    }
    Dataset<Row> leads =
        spark
            .table("statuses")
            .where(
                col("status")
                    .isin("opportunity", "customer")
                    .and(col("occurred_at").leq(lit(asOf))))
            .select("lead_id")
            .distinct()
            .persist(StorageLevel.MEMORY_AND_DISK());
    open.add(() -> leads.unpersist(false));
    leads.count();
    return Optional.of(leads);
  }

  @Override
  public void close() {
    for (AutoCloseable each : open) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException("Freeing a dataset failed", e);
      }
    }
    open.clear();
  }
}
