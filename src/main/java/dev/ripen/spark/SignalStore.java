package dev.ripen.spark;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Project;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sqlmodel.SqlModel;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Keeps the signals: a night reads the days since the last run with a look-back, all days only for
 * rules that are new or changed. The view {@code events} must exist; afterwards {@code signals}
 * does.
 */
final class SignalStore {
  static final String TABLE = "signals";

  /** View of the visitors with signals that came late: visitor_id. */
  static final String LATE_VISITORS = "late_visitors";

  /** View of what a source has found. */
  private static final String DEDUPLICATED = "signals_of_source";

  /** View of the events of rules that it cannot find. */
  private static final String LEFT = "tagged_events_left";

  private static final int DAYS_OF_PART = 6;

  static final LocalDate END_OF_TIME = LocalDate.of(9999, 12, 31);

  private final SparkSession spark;
  private final StateTables state;
  private final RulesInForce rules;
  private final Project.Signals settings;
  private final SqlModel events;
  private final ForgottenPeople forgotten;
  private final SourceSignals inSource;
  private final List<Dataset<Row>> persisted = new ArrayList<>();

  SignalStore(
      SparkSession spark,
      StateTables state,
      Sources sources,
      Project.Signals settings,
      RulesInForce rules,
      SqlModel events) {
    this.events = events;
    this.inSource = new SourceSignals(spark, sources);
    this.forgotten = ForgottenPeople.load(state);
    this.spark = spark;
    this.state = state;
    this.rules = rules;
    this.settings = settings;
  }

  /**
   * What a refresh did.
   *
   * @param events read in the days of this run
   * @param matching of them, those that match a rule
   * @param withoutId of them, those without a visitor or event id: never scored
   * @param overLimit signals beyond the most that one visitor can have of a rule in a day
   * @param checks of the model events, over the days of this run
   */
  record Refresh(
      SignalCoverage coverage,
      SignalCoverage.Work work,
      long events,
      long matching,
      long withoutId,
      long overLimit,
      List<CheckResult> checks) {
    /** With what the state knew of the time before, where not everything was read. */
    Refresh since(Optional<SignalCoverage> before) {
      return before
          .map(
              have ->
                  new Refresh(
                      coverage.after(have), work, events, matching, withoutId, overLimit, checks))
          .orElse(this);
    }
  }

  /** Reads what is due and writes it to the state. */
  Refresh refresh(SignalCoverage.Work work) {
    SignalCounts counts = new SignalCounts(events);
    Dataset<Row> due = sorted(due(work, counts));
    if (work.full()) {
      state.overwrite(TABLE, due, "event_day");
    } else {
      state.replaceDays(TABLE, due, daysOf(work), "event_day");
      if (!work.stale().isEmpty()) {
        state.deleteWhere(TABLE, "rule IN (" + quoted(work.stale()) + ")");
      }
      olderDays(work, counts).ifPresent(older -> state.append(TABLE, sorted(older)));
    }
    Dataset<Row> stored = state.current(TABLE);
    (rules.hasPast() ? stored.where(rules.signalsInForce()) : stored)
        .createOrReplaceTempView(TABLE);
    tellLateVisitors(work, stored);
    return counts.result(work, rules);
  }

  /** The same without writing: for plan and diff. */
  Refresh preview(SignalCoverage.Work work) {
    SignalCounts counts = new SignalCounts(events);
    Dataset<Row> signals = keep(due(work, counts));
    tellLateVisitors(work, signals);
    if (!work.full()) {
      Dataset<Row> stored =
          state
              .committed(TABLE)
              .orElseThrow()
              .where("NOT (" + daysOf(work).predicate("event_day") + ")");
      signals = signals.unionByName(stored);
      Optional<Dataset<Row>> older = olderDays(work, counts);
      if (older.isPresent()) {
        signals = signals.unionByName(keep(older.get()));
      }
    }
    // Signals of rules that are gone are still stored.
    signals.where(rules.signalsInForce()).createOrReplaceTempView(TABLE);
    return counts.result(work, rules);
  }

  /**
   * Days to read.
   *
   * @param rows which events are of them
   * @param by how their signals are brought together, see {@link SignalSql#signals}
   */
  private record Days(Column rows, String by) {}

  private Dataset<Row> due(SignalCoverage.Work work, SignalCounts counts) {
    Column recent = SignalRows.inDays(work.from(), END_OF_TIME);
    Column rows = work.late().isEmpty() ? recent : recent.or(SignalRows.inDays(work.late()));
    return matching(
        rules.signalRules(), days(rows, work.from(), work.through().plusDays(1)), counts);
  }

  /** Years of history are more parts, so that none outgrows the memory of a task. */
  private Days days(Column rows, LocalDate from, LocalDate until) {
    long parts = ChronoUnit.DAYS.between(from, until) / DAYS_OF_PART;
    boolean many = parts > Long.parseLong(spark.conf().get("spark.sql.shuffle.partitions"));
    return new Days(rows, many ? parts + ", " + SignalSql.BY_DAY : SignalSql.BY_DAY);
  }

  /** The days of {@link #due}. */
  private static SignalDays daysOf(SignalCoverage.Work work) {
    return new SignalDays(work.from(), work.late());
  }

  /** Makes the view of those whose signals of late days are others than before; see Timelines. */
  private void tellLateVisitors(SignalCoverage.Work work, Dataset<Row> now) {
    Dataset<Row> visitors =
        work.late().isEmpty()
            ? spark.sql("SELECT CAST(NULL AS STRING) AS visitor_id WHERE false")
            : others(
                now.where(daysOf(work).isLate("event_day")),
                state.committed(TABLE).orElseThrow().where(daysOf(work).isLate("event_day")));
    visitors.createOrReplaceTempView(LATE_VISITORS);
  }

  private static Dataset<Row> others(Dataset<Row> now, Dataset<Row> before) {
    Dataset<Row> then = before.select(columns(now));
    return now.except(then).unionByName(then.except(now)).select("visitor_id").distinct();
  }

  private static Column[] columns(Dataset<Row> rows) {
    return Arrays.stream(rows.columns()).map(functions::col).toArray(Column[]::new);
  }

  /**
   * For the state: the writer sorts by day anyway, and this way one visitor's rows are found by
   * statistics. They mostly are in that order. Not for what is kept in memory: Spark 4.1 fails on
   * reusing a sorted cache.
   */
  private static Dataset<Row> sorted(Dataset<Row> signals) {
    return signals.sortWithinPartitions("event_day", "visitor_id");
  }

  /** Frees what a preview kept. */
  void close() {
    persisted.forEach(dataset -> dataset.unpersist(false));
    persisted.clear();
  }

  private Dataset<Row> keep(Dataset<Row> rows) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    kept.count();
    persisted.add(kept);
    return kept;
  }

  private Optional<Dataset<Row>> olderDays(SignalCoverage.Work work, SignalCounts counts) {
    List<SignalRule> fresh =
        rules.signalRules().stream().filter(rule -> work.fresh().contains(rule.id())).toList();
    if (fresh.isEmpty() || !work.historyFrom().isBefore(work.from())) {
      return Optional.empty();
    }
    Column older = SignalRows.inDays(work.historyFrom(), work.from());
    return Optional.of(matching(fresh, days(older, work.historyFrom(), work.from()), counts));
  }

  private Dataset<Row> matching(List<SignalRule> some, Days days, SignalCounts counts) {
    List<SignalRule> ofPeople = some.stream().filter(rule -> !rule.isOfAccount()).toList();
    List<SignalRule> ofAccounts = some.stream().filter(SignalRule::isOfAccount).toList();
    List<Dataset<Row>> signals = new ArrayList<>();
    if (!ofPeople.isEmpty() || ofAccounts.isEmpty()) {
      signals.addAll(of(EventModels.EVENTS, ofPeople, days, counts));
    }
    if (!ofAccounts.isEmpty()) {
      signals.addAll(of(EventModels.ACCOUNT_EVENTS, ofAccounts, days, counts));
    }
    return forgotten.withoutVisitors(signals.stream().reduce(Dataset::unionByName).orElseThrow());
  }

  /** Computed inside the source as far as that is certain, else by Spark. */
  private List<Dataset<Row>> of(
      String table, List<SignalRule> some, Days days, SignalCounts counts) {
    boolean ofPeople = table.equals(EventModels.EVENTS);
    Dataset<Row> events = spark.table(table);
    SourceSignals.Decision decision =
        inSource.decide(events, some, days.rows(), ofPeople ? counts.uncounted() : List.of());
    Optional<SourceSignals.Answer> answer = decision.found().flatMap(inSource::ask);
    SignalPlans plans = new SignalPlans(events, days.rows());
    if (answer.isEmpty() && !some.isEmpty() && plans.areColumnar()) {
      // Counted first: what is loaded in between is read by the next night, too.
      counts.add(
          SourceCounts.of(plans.counted(some, ofPeople ? counts.uncounted() : List.of()).head()));
      return List.of(matching(events, some, days, counts));
    }
    if (answer.isEmpty()) {
      Dataset<Row> checked = ofPeople ? counts.checked(events, days.rows()) : events;
      return List.of(observed(checked, some, days, counts));
    }
    counts.add(answer.get().counts());
    answer.get().signals().createOrReplaceTempView(DEDUPLICATED);
    List<Dataset<Row>> signals = new ArrayList<>();
    signals.add(limited(SignalSql.placed(SignalSql.byDay(DEDUPLICATED, days.by()), false), counts));
    List<SignalRule> left = decision.left(some);
    if (!left.isEmpty()) {
      signals.add(left(events, left, decision.rules(), days, counts));
    }
    return signals;
  }

  /** Signals of rules that the source cannot find: of its events Spark asks for few, if it can. */
  private Dataset<Row> left(
      Dataset<Row> events,
      List<SignalRule> some,
      List<SignalRule> inside,
      Days days,
      SignalCounts counts) {
    Observation read = Observation.apply();
    SignalRows.tagged(events.where(SignalSql.any(some)), days.rows(), some, SignalSql.any(inside))
        .observe(read, expr("count_if(NOT coalesce(elsewhere, false))").as("matching"))
        .createOrReplaceTempView(LEFT);
    counts.add(read);
    return limited(SignalSql.signals(LEFT, SignalSql.havePoints(some), days.by()), counts);
  }

  /**
   * Spark looks at events of some rules only, which it need not have read when they are counted.
   */
  private Dataset<Row> matching(
      Dataset<Row> events, List<SignalRule> some, Days days, SignalCounts counts) {
    String view = SignalRows.isOfAccounts(some) ? SignalSql.TAGGED_OF_ACCOUNTS : SignalSql.TAGGED;
    SignalRows.tagged(events.where(SignalSql.any(some)), days.rows(), some)
        .createOrReplaceTempView(view);
    return limited(SignalSql.signals(view, SignalSql.havePoints(some), days.by()), counts);
  }

  /** In one pass, which counts all events. */
  private Dataset<Row> observed(
      Dataset<Row> events, List<SignalRule> some, Days days, SignalCounts counts) {
    Observation read = Observation.apply();
    boolean ofAccounts = SignalRows.isOfAccounts(some);
    String view = ofAccounts ? SignalSql.TAGGED_OF_ACCOUNTS : SignalSql.TAGGED;
    SignalRows.tagged(events, days.rows(), some)
        .observe(
            read,
            count(lit(1)).as("events"),
            expr("count_if(exists(rules, rule -> rule IS NOT NULL))").as("matching"),
            expr("count_if(visitor_id IS NULL OR event_id IS NULL)").as("without_id"),
            // What a clock dates into the future would hide everything that comes until then.
            expr("max(IF(loaded_at <= current_timestamp(), loaded_at, NULL))")
                .as(SignalCounts.LOADED_THROUGH),
            expr("CAST(min(occurred_at) AS DATE)").as(SignalCounts.FIRST_EVENT))
        .createOrReplaceTempView(view);
    counts.add(read);
    return limited(SignalSql.signals(view, SignalSql.havePoints(some), days.by()), counts);
  }

  private Dataset<Row> limited(String placed, SignalCounts counts) {
    Observation limited = Observation.apply();
    counts.addLimited(limited);
    int most = settings.maxPerVisitorRuleDay();
    return SignalRows.limited(
        spark.sql(placed).observe(limited, expr("count_if(place > " + most + ")").as("over_limit")),
        most);
  }

  private static String quoted(Iterable<String> texts) {
    List<String> quoted = new ArrayList<>();
    texts.forEach(text -> quoted.add(SignalSql.quoted(text)));
    return String.join(", ", quoted);
  }
}
