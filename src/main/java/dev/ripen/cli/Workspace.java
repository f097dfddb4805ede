package dev.ripen.cli;

import static java.util.Objects.requireNonNull;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.crm.hubspot.HubSpotPaces;
import dev.ripen.history.RunRecord;
import dev.ripen.http.Sleeper;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.ModelSchemas;
import dev.ripen.spark.OfflineModels;
import dev.ripen.spark.Pipeline;
import dev.ripen.spark.RemoteState;
import dev.ripen.spark.RunInputs;
import dev.ripen.spark.SourceRecords;
import dev.ripen.spark.Sources;
import dev.ripen.spark.SparkSessions;
import dev.ripen.spark.SparkSqlReader;
import dev.ripen.spark.StateLog;
import dev.ripen.spark.StateTables;
import dev.ripen.spark.TableMarks;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.sync.ObjectStateFiles;
import dev.ripen.sync.StateFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * One opened project: its configuration, and on demand its models, Spark and the state. What a
 * command does not ask for is not loaded.
 */
final class Workspace implements AutoCloseable {
  private final Project project;
  private final String settings;
  private final Instant asOf;
  private final Clock clock;
  private @Nullable CompletableFuture<SparkSession> spark;
  private @Nullable ModelGraph graph;
  private @Nullable StateLog log;
  private boolean isWhole;
  private @Nullable StateTables state;
  private @Nullable StateFiles files;
  private volatile @Nullable Locked lock;
  private final HubSpotPaces paces;

  private Workspace(Project project, String settings, Instant asOf, Clock clock) {
    this.paces = new HubSpotPaces(clock, Sleeper.system());
    this.project = project;
    this.settings = settings;
    this.asOf = asOf;
    this.clock = clock;
  }

  /** Reads the configuration; {@code as_of} is fixed here, once per command. */
  static Workspace open(GlobalOptions options, Clock clock) {
    Project project =
        ProjectLoader.load(
            options.project(), options.profile(), options.settings(), System.getenv());
    Instant asOf = options.asOf().or(project::asOf).orElseGet(clock::instant);
    String settings =
        ProjectLoader.settingsText(
            options.project(), options.profile(), options.settings(), System.getenv());
    // Everything downstream counts in microseconds.
    return new Workspace(
        project, settings, asOf.truncatedTo(java.time.temporal.ChronoUnit.MICROS), clock);
  }

  Project project() {
    return project;
  }

  Instant asOf() {
    return asOf;
  }

  /**
   * What a run's results depend on, where that can be told without reading it. Databases are asked
   * by the second run of a day: one that runs once has nothing from it.
   */
  Optional<String> inputs() {
    boolean again =
        log()
            .lastCommit()
            .filter(last -> Standing.isSameDay(last.asOf(), asOf, project.zone()))
            .isPresent();
    return RunInputs.digest(
        project,
        graph(),
        Version.build(),
        settings,
        clock.instant(),
        again ? TableMarks.asking(this::spark) : TableMarks.NONE);
  }

  Clock clock() {
    return clock;
  }

  /**
   * Starts Spark while the caller does something else. What goes wrong here is told when the caller
   * asks for it.
   */
  synchronized void warmUp() {
    if (spark == null) {
      spark =
          CompletableFuture.supplyAsync(
              this::start, work -> Daemons.named("ripen-start").newThread(work).start());
    }
  }

  private SparkSession start() {
    return SparkSessions.start(project.sparkSettings());
  }

  /** The models, read without Spark's session. */
  ModelGraph graph() {
    if (graph == null) {
      graph =
          ModelGraph.load(
              project.directory(),
              new SparkSqlReader(),
              OfflineModels.sourceTables(project),
              CanonicalTables.BUILT_IN,
              destinationNames());
    }
    return graph;
  }

  private Set<String> destinationNames() {
    Set<String> names = new TreeSet<>();
    project.destinations().stream().map(DestinationSettings::name).forEach(names::add);
    return names;
  }

  SparkSession spark() {
    warmUp();
    SparkSession session = started(requireNonNull(spark));
    // Spark reads its settings through the thread's session.
    SparkSession.setActiveSession(session);
    return session;
  }

  private static SparkSession started(CompletableFuture<SparkSession> spark) {
    try {
      return spark.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** What runs have committed; without Spark. */
  synchronized StateLog log() {
    if (log == null) {
      log = StateLog.read(project.state().path(), project.sparkSettings());
    }
    return log;
  }

  /**
   * Makes sure that all tables of the state are as the last run has left them; without Spark, and
   * once.
   *
   * @throws ProblemException {@code STATE_DAMAGED}
   */
  synchronized void requireWholeState() {
    if (!isWhole) {
      log().requireWhole();
      isWhole = true;
    }
  }

  /**
   * From the sources to the rows of a CRM; close it.
   *
   * @param preview whether nothing may be written to the state
   */
  Pipeline pipeline(boolean preview) {
    return new Pipeline(spark(), project(), graph(), state(), sources(), asOf(), preview);
  }

  synchronized StateTables state() {
    if (state == null) {
      StateLog committed = log();
      state = new StateTables(spark(), committed);
      SparkSessions.expect(spark(), expectedRows(committed));
    }
    return state;
  }

  /** About as many as the last run read; no limit before the first run. */
  private static long expectedRows(StateLog log) {
    return log.lastCommit()
        .map(commit -> RunReport.rowsRead(commit.summary()))
        .orElse(Long.MAX_VALUE);
  }

  /**
   * Commits what was written to the state's tables.
   *
   * @throws ProblemException {@code STATE_LOCKED} if another run has taken over meanwhile
   */
  void commit(RunRecord commit) {
    requireLock();
    state().commit(commit, Pipeline.tables());
  }

  /** The lock is held from now on; null when it is no more. */
  void holds(@Nullable Locked newLock) {
    lock = newLock;
  }

  /**
   * Makes sure that nobody else has taken over the state.
   *
   * @throws ProblemException {@code STATE_LOCKED}
   */
  void requireLock() {
    requireNonNull(lock, "nothing is written to the state without its lock").require();
  }

  /** Calls something as soon as another run is found to have taken over. */
  void whenLockIsLost(Runnable act) {
    requireNonNull(lock).whenLost(act);
  }

  /** The state's directory, if it is on this machine. */
  Optional<Path> localState() {
    return RemoteState.localPath(project.state().path());
  }

  synchronized StateFiles files() {
    if (files == null) {
      files =
          localState()
              .<StateFiles>map(LocalStateFiles::new)
              .orElseGet(
                  () -> new ObjectStateFiles(RemoteState.open(spark(), project.state().path())));
    }
    return files;
  }

  /**
   * The source tables; those that several models read are kept after the first reading. CRMs are as
   * the last run read them.
   */
  Sources sources() {
    return sources(SourceRecords.committed(spark(), state()));
  }

  /** The source tables, CRMs as this run has read them. */
  Sources sourcesOfThisRun() {
    return sources(SourceRecords.current(spark(), state()));
  }

  private Sources sources(SourceRecords records) {
    return new Sources(
        spark(),
        project,
        ModelSchemas.load(project.directory(), OfflineModels.sourceTables(project)),
        sharedTables(),
        records);
  }

  /** What all that talk to HubSpot share. */
  HubSpotPaces paces() {
    return paces;
  }

  /** Tables that more than one model reads, except those of events: they are read in day ranges. */
  private Set<String> sharedTables() {
    Set<String> once = new TreeSet<>();
    Set<String> shared = new TreeSet<>();
    Set<String> ofEvents = graph().readBy("events");
    graph()
        .inOrder()
        .forEach(
            model ->
                model.sourceTables().stream()
                    .filter(table -> !ofEvents.contains(table))
                    .forEach(
                        table -> {
                          if (!once.add(table)) {
                            shared.add(table);
                          }
                        }));
    return shared;
  }

  @Override
  public void close() {
    if (spark != null) {
      spark.thenAccept(SparkSession::stop).exceptionally(notStarted -> null).join();
    }
  }
}
