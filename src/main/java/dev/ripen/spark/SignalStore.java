package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Definition;
import dev.ripen.config.Project;
import dev.ripen.spark.SignalSql.RuleId;
import dev.ripen.sqlmodel.CheckQuery;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sqlmodel.SqlModel;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the signals: a night reads the days since the last run with a look-back, all days only for
 * rules that are new or changed. The view {@code events} must exist; afterwards {@code signals}
 * does.
 */
final class SignalStore {
  static final String TABLE = "signals";
  private static final LocalDate END_OF_TIME = LocalDate.of(9999, 12, 31);

  private final SparkSession spark;
  private final StateTables state;
  private final Definition definition;
  private final Project.Signals settings;
  private final List<Dataset<Row>> persisted = new ArrayList<>();

  private final SqlModel events;
  private final ForgottenPeople forgotten;

  SignalStore(
      SparkSession spark,
      StateTables state,
      Project project,
      SqlModel events,
      ForgottenPeople forgotten) {
    this.forgotten = forgotten;
    this.events = events;
    this.spark = spark;
    this.state = state;
    this.definition = project.definition();
    this.settings = project.signals();
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
  Refresh refresh(SignalCoverage.Work work, Map<String, RuleId> rules) {
    List<RuleId> all = List.copyOf(rules.values());
    Counts counts = new Counts(events);
    Dataset<Row> recent = matching(all, work.from(), END_OF_TIME, counts);
    if (work.full()) {
      state.overwrite(TABLE, recent, "event_day");
    } else {
      state.replaceWhere(TABLE, recent, "event_day >= '" + work.from() + "'", "event_day");
      if (!work.stale().isEmpty()) {
        state.deleteWhere(TABLE, "rule IN (" + quoted(work.stale()) + ")");
      }
      olderDays(work, rules, counts).ifPresent(older -> state.append(TABLE, older));
    }
    state.current(TABLE).createOrReplaceTempView(TABLE);
    return counts.result(work, rules);
  }

  /** The same without writing: for plan and diff. */
  Refresh preview(SignalCoverage.Work work, Map<String, RuleId> rules) {
    List<RuleId> all = List.copyOf(rules.values());
    Counts counts = new Counts(events);
    Dataset<Row> signals = keep(matching(all, work.from(), END_OF_TIME, counts));
    if (!work.full()) {
      Dataset<Row> stored =
          state
              .committed(TABLE)
              .orElseThrow()
              .where(col("event_day").lt(lit(work.from().toString()).cast("date")));
      signals = signals.unionByName(stored);
      Optional<Dataset<Row>> older = olderDays(work, rules, counts);
      if (older.isPresent()) {
        signals = signals.unionByName(keep(older.get()));
      }
    }
    signals.createOrReplaceTempView(TABLE);
    return counts.result(work, rules);
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

  private Optional<Dataset<Row>> olderDays(
      SignalCoverage.Work work, Map<String, RuleId> rules, Counts counts) {
    List<RuleId> fresh =
        rules.values().stream().filter(id -> work.fresh().contains(id.toString())).toList();
    if (fresh.isEmpty() || !work.historyFrom().isBefore(work.from())) {
      return Optional.empty();
    }
    return Optional.of(matching(fresh, work.historyFrom(), work.from(), counts));
  }

  private Dataset<Row> matching(
      List<RuleId> rules, LocalDate from, LocalDate until, Counts counts) {
    Observation read = Observation.apply();
    Dataset<Row> checked = checked(spark.table("events"), from, until, counts);
    Dataset<Row> tagged =
        tagged(checked, from, until, SignalSql.matches(definition, rules))
            .observe(
                read,
                count(lit(1)).as("events"),
                expr("count_if(size(rules) > 0)").as("matching"),
                expr("count_if(visitor_id IS NULL OR event_id IS NULL)").as("without_id"));
    tagged.createOrReplaceTempView("tagged_events");
    Observation limited = Observation.apply();
    int most = settings.maxPerVisitorRuleDay();
    Dataset<Row> signals =
        limited(
                spark
                    .sql(SignalSql.signals())
                    .observe(limited, expr("count_if(place > " + most + ")").as("over_limit")),
                most)
            .repartition(col("event_day"));
    counts.add(read, limited);
    return forgotten.withoutVisitors(signals);
  }

  /**
   * The checks of events, in the pass that reads them anyway. Events without a time are looked at
   * too: no range of days has them.
   */
  private Dataset<Row> checked(Dataset<Row> rows, LocalDate from, LocalDate until, Counts counts) {
    if (events.checks().isEmpty() || counts.checks != null) {
      return rows;
    }
    Observation observation = Observation.apply();
    Column[] failing = new Column[events.checks().size()];
    for (int i = 0; i < failing.length; i++) {
      failing[i] = expr(events.checks().get(i).failing()).as("check_" + (i + 1));
    }
    counts.checks = observation;
    return rows.where(inDays(from, until).or(col("occurred_at").isNull()))
        .observe(observation, count(lit(1)).as("rows"), failing);
  }

  private static Column inDays(LocalDate from, LocalDate until) {
    return col("occurred_at")
        .geq(lit(from.atStartOfDay().toInstant(ZoneOffset.UTC)))
        .and(col("occurred_at").lt(lit(until.atStartOfDay().toInstant(ZoneOffset.UTC))));
  }

  /**
   * Makes the views {@code tagged_events} and {@code signals} of the view {@code events}, as a
   * first run at that day would, and stores nothing.
   */
  static void makeViews(
      SparkSession session, Project project, List<RuleId> rules, LocalDate today) {
    LocalDate from = today.minusDays(project.signals().historyDays() - 1L);
    tagged(
            session.table("events"),
            from,
            END_OF_TIME,
            SignalSql.matches(project.definition(), rules))
        .createOrReplaceTempView("tagged_events");
    limited(session.sql(SignalSql.signals()), project.signals().maxPerVisitorRuleDay())
        .createOrReplaceTempView(TABLE);
  }

  private static Dataset<Row> tagged(
      Dataset<Row> events, LocalDate from, LocalDate until, String matches) {
    return events
        .where(inDays(from, until))
        .selectExpr("visitor_id", "event_id", "occurred_at", matches + " AS rules");
  }

  private static Dataset<Row> limited(Dataset<Row> placed, int most) {
    return placed.where(col("place").leq(most)).drop("place");
  }

  private static String quoted(Iterable<String> texts) {
    List<String> quoted = new ArrayList<>();
    texts.forEach(text -> quoted.add(SignalSql.quoted(text)));
    return String.join(", ", quoted);
  }

  /** Sums what the passes observed, after their rows were written. */
  private static final class Counts {
    private final List<Observation> read = new ArrayList<>();
    private final List<Observation> limited = new ArrayList<>();
    private final SqlModel model;
    private @Nullable Observation checks;

    Counts(SqlModel model) {
      this.model = model;
    }

    void add(Observation events, Observation signals) {
      read.add(events);
      limited.add(signals);
    }

    Refresh result(SignalCoverage.Work work, Map<String, RuleId> rules) {
      SignalCoverage coverage =
          new SignalCoverage(
              work.historyFrom(),
              work.through(),
              Set.copyOf(rules.values().stream().map(RuleId::toString).toList()));
      return new Refresh(
          coverage,
          work,
          sum(read, "events"),
          sum(read, "matching"),
          sum(read, "without_id"),
          sum(limited, "over_limit"),
          checkResults());
    }

    private List<CheckResult> checkResults() {
      if (checks == null) {
        return List.of();
      }
      Row row = checks.getRow();
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i <= model.checks().size(); i++) {
        numbers.add(row.schema() == null || row.isNullAt(i) ? 0L : row.getLong(i));
      }
      return CheckQuery.interpret(model, numbers);
    }

    private static long sum(List<Observation> observations, String name) {
      long sum = 0;
      for (Observation observation : observations) {
        Row row = observation.getRow();
        // Spark may plan the observed step away where it sees that there is nothing to read.
        if (row.schema() == null) {
          continue;
        }
        sum += row.isNullAt(row.fieldIndex(name)) ? 0 : row.getLong(row.fieldIndex(name));
      }
      return sum;
    }
  }
}
