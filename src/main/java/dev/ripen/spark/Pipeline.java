package dev.ripen.spark;

import dev.ripen.config.DefinitionVersions;
import dev.ripen.config.DefinitionVersions.InForce;
import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import dev.ripen.sync.RowPlanner;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

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
  static final String STATUSES = "statuses";

  private final RunContext run;
  private final Sources sources;
  private final SignalStore store;
  private final EventModels events;
  private volatile Optional<SignalCoverage.Work> read = Optional.empty();
  private @Nullable RunDays days;
  private boolean goesOn;

  /**
   * @param preview whether nothing may be written to the state
   * @throws ProblemException if an earlier definition that still judges cannot be read any more
   */
  public Pipeline(
      SparkSession spark,
      Project project,
      ModelGraph graph,
      StateTables state,
      Sources sources,
      Instant asOf,
      boolean preview) {
    this.sources = sources;
    DefinitionVersions versions = VersionsOfState.decide(state, project, asOf);
    RulesInForce rules = RulesInForce.of(versions, graph, project.parameters());
    ModelRunner models = new ModelRunner(spark, state, sources, parameters(project, asOf));
    run = new RunContext(spark, project, graph, state, models, versions, rules, asOf, preview);
    events = new EventModels(graph);
    store =
        new SignalStore(spark, state, sources, project.signals(), rules, events.checkedInPassing());
    MailFunctions.register(spark);
    ScoreFunction.register(spark, rules);
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
        BigDecimal.valueOf(
            project.definition().models().get(0).scoring().qualification().threshold(), 6));
    return parameters;
  }

  /** Tables of the state that a commit names. */
  public static List<String> tables() {
    return List.of(
        SignalStore.TABLE,
        LEADS,
        IDENTITIES,
        STATUSES,
        LeadHistory.CHANGES,
        LinkRows.TABLE,
        EventLinks.TABLE,
        PeopleRows.VIEW,
        SCORES,
        CHANGES,
        EPISODES,
        DefinitionsTable.TABLE,
        AcknowledgedDates.TABLE,
        LedgerTables.LEDGER,
        RejectsTable.TABLE,
        DeferredTable.TABLE,
        ForgottenPeople.TABLE,
        SourceRecords.TABLE,
        SourceRecords.READS);
  }

  /**
   * The people.
   *
   * @param sourceRows records of the CRM that they stand for, if the model {@code leads} counts
   *     them in a column {@code merged_records}
   * @param laterLink when the first link counts that is dated after the run's instant
   */
  public record Leads(
      long people,
      Optional<Long> sourceRows,
      List<CastLoss> castLosses,
      Optional<Identity> identity,
      Optional<Instant> laterLink) {}

  /**
   * What became of identity_links.
   *
   * @param ids that belong to somebody
   * @param people whose they are, anonymous ones among them
   * @param nobodys shared ids that too many known people have
   * @param ofRoleAddresses links that join nothing, because a department reads the address
   * @param ofTooManyIds links that join nothing, because an end of them was seen with too many ids
   * @param malformed values that are no ids
   */
  public record Identity(
      long ids,
      long people,
      long nobodys,
      long ofRoleAddresses,
      long ofTooManyIds,
      long malformed) {}

  /** Values of a staging column that could not be cast and became null. */
  public record CastLoss(String model, String column, long rows) {}

  /**
   * Scores as they are now, in people, whatever the number of models.
   *
   * @param newMqls people with an episode that this run sees first
   * @param recentMqls people whose latest episode opened in the last 7 days
   */
  public record Scores(
      long scored, long excluded, long withoutSignals, long mqls, long newMqls, long recentMqls) {}

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

  /** Every check so far, those of models that a step has run. */
  public List<CheckResult> checks() {
    return run.models().checks();
  }

  /** Compiles the events and what they read: from then on leads and signals need not wait. */
  public void prepare() {
    events.inOrder().forEach(run.models()::compile);
  }

  /** Compiles the models that need no signals, counts the people, runs their checks. */
  public Leads leads(ReadAgain again) {
    return new LeadStep(run, events, days(again)).run();
  }

  /** The same for both threads of a run. */
  private synchronized RunDays days(ReadAgain again) {
    RunDays known = days;
    if (known == null || !known.again().equals(again)) {
      known = new RunDays(run, events, again);
      days = known;
    }
    return known;
  }

  /** Brings the signals up to date. */
  public Signals signals(ReadAgain again) {
    SignalStore.Refresh refresh = new SignalStep(run, events, store).run(days(again));
    SignalCoverage.Work work = refresh.work();
    read = Optional.of(work);
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

  /** Folds everyone's facts and keeps the scores. */
  public Scores scores(String runId) {
    ScoreStep step = new ScoreStep(run, read);
    Scores scores = step.run(runId);
    goesOn = step.goesOn();
    return scores;
  }

  /** Whether the scores went on from where the last run had kept everybody's fold. */
  public boolean goesOn() {
    return goesOn;
  }

  /** The rows that a destination wants, compared with what its CRM last acknowledged. */
  public PlanInput crmRows(DestinationSettings destination, RowPlanner planner) {
    SqlModel model = run.graph().model(ModelGraph.crmModel(destination.name()));
    Dataset<Row> rows = run.models().compile(model);
    run.models().check(model);
    return new CrmJoin(run.spark(), run.state()).candidates(rows, destination, planner);
  }

  /** What another definition than in the run before means for the time before; for people. */
  public Optional<String> change() {
    List<InForce> versions = run.versions().inForce();
    return switch (run.versions().change()) {
      case NONE -> Optional.empty();
      case BEGINS ->
          versions.size() == 1
              ? Optional.empty()
              : Optional.of(
                  "these rules count from now on; until now, those before them do"
                      + " (apply = from)");
      case JUDGES_ANEW ->
          Optional.of(
              "these rules judge all events anew (apply = retroactive)"
                  + (run.project().definition().restate()
                      ? ""
                      : "; MQL dates that the CRM has acknowledged stay"));
    };
  }

  /** A compiled model's rows, after the step that makes it. */
  public Dataset<Row> table(String name) {
    return run.spark().table(name);
  }

  @Override
  public void close() {
    run.close();
    store.close();
    sources.close();
  }
}
