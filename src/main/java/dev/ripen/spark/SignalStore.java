package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Project;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sqlmodel.SqlModel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Keeps the signals: a night reads the days since the last run with a look-back, all days only for
 * rules that are new or changed. The view {@code events} must exist; afterwards {@code signals}
 * does.
 */
final class SignalStore {
  static final String TABLE = "signals";
  static final LocalDate END_OF_TIME = LocalDate.of(9999, 12, 31);

  private final SparkSession spark;
  private final StateTables state;
  private final RulesInForce rules;
  private final Project.Signals settings;
  private final SqlModel events;
  private final ForgottenPeople forgotten;
  private final List<Dataset<Row>> persisted = new ArrayList<>();

  SignalStore(
      SparkSession spark,
      StateTables state,
      Project.Signals settings,
      RulesInForce rules,
      SqlModel events) {
    this.events = events;
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
      List<CheckResult> checks) {}

  /** Reads what is due and writes it to the state. */
  Refresh refresh(SignalCoverage.Work work) {
    SignalCounts counts = new SignalCounts(events);
    Dataset<Row> recent = sorted(matching(rules.signalRules(), work.from(), END_OF_TIME, counts));
    if (work.full()) {
      state.overwrite(TABLE, recent, "event_day");
    } else {
      state.replaceWhere(TABLE, recent, "event_day >= '" + work.from() + "'", "event_day");
      if (!work.stale().isEmpty()) {
        state.deleteWhere(TABLE, "rule IN (" + quoted(work.stale()) + ")");
      }
      olderDays(work, counts).ifPresent(older -> state.append(TABLE, sorted(older)));
    }
    Dataset<Row> stored = state.current(TABLE);
    (rules.hasPast() ? stored.where(rules.signalsInForce()) : stored)
        .createOrReplaceTempView(TABLE);
    return counts.result(work, rules);
  }

  /** The same without writing: for plan and diff. */
  Refresh preview(SignalCoverage.Work work) {
    SignalCounts counts = new SignalCounts(events);
    Dataset<Row> signals = keep(matching(rules.signalRules(), work.from(), END_OF_TIME, counts));
    if (!work.full()) {
      Dataset<Row> stored =
          state
              .committed(TABLE)
              .orElseThrow()
              .where(col("event_day").lt(lit(work.from().toString()).cast("date")));
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
   * For the state: the writer sorts by day anyway, and this way one visitor's rows are found by
   * statistics. Not for what is kept in memory: Spark 4.1 fails on reusing a sorted cache.
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
    return Optional.of(matching(fresh, work.historyFrom(), work.from(), counts));
  }

  private Dataset<Row> matching(
      List<SignalRule> some, LocalDate from, LocalDate until, SignalCounts counts) {
    List<SignalRule> ofPeople = some.stream().filter(rule -> !rule.isOfAccount()).toList();
    List<SignalRule> ofAccounts = some.stream().filter(SignalRule::isOfAccount).toList();
    List<Dataset<Row>> signals = new ArrayList<>();
    if (!ofPeople.isEmpty() || ofAccounts.isEmpty()) {
      Dataset<Row> checked = counts.checked(spark.table("events"), SignalRows.inDays(from, until));
      signals.add(matching(checked, ofPeople, from, until, counts));
    }
    if (!ofAccounts.isEmpty()) {
      signals.add(matching(spark.table("account_events"), ofAccounts, from, until, counts));
    }
    return forgotten
        .withoutVisitors(signals.stream().reduce(Dataset::unionByName).orElseThrow())
        .repartition(col("event_day"));
  }

  private Dataset<Row> matching(
      Dataset<Row> events,
      List<SignalRule> some,
      LocalDate from,
      LocalDate until,
      SignalCounts counts) {
    Observation read = Observation.apply();
    boolean ofAccounts = SignalRows.isOfAccounts(some);
    String view = ofAccounts ? SignalSql.TAGGED_OF_ACCOUNTS : SignalSql.TAGGED;
    SignalRows.tagged(events, from, until, some)
        .observe(
            read,
            count(lit(1)).as("events"),
            expr("count_if(size(rules) > 0)").as("matching"),
            expr("count_if(visitor_id IS NULL OR event_id IS NULL)").as("without_id"))
        .createOrReplaceTempView(view);
    Observation limited = Observation.apply();
    int most = settings.maxPerVisitorRuleDay();
    counts.add(read, limited);
    return SignalRows.limited(
        spark
            .sql(SignalSql.signals(view, SignalSql.havePoints(some)))
            .observe(limited, expr("count_if(place > " + most + ")").as("over_limit")),
        most);
  }

  private static String quoted(Iterable<String> texts) {
    List<String> quoted = new ArrayList<>();
    texts.forEach(text -> quoted.add(SignalSql.quoted(text)));
    return String.join(", ", quoted);
  }
}
