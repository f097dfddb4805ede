package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;

import dev.ripen.config.Definition.Source;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Lets a night go on from where the last one kept everybody's fold: the instant up to which events
 * are not read again. Only signals after it are needed, and all signals of people about whom
 * something before it has changed: attributes, statuses, visitor ids, or late events. Where rules
 * look at accounts, most people have changed, or there are so few signals that reading all of them
 * takes no longer than asking who has changed, everybody is folded from the start. The folds are a
 * column of {@code scores}, so that one commit keeps both.
 */
final class Timelines {
  /** What a night leaves: {@link #TYPE}. No model sees it. */
  static final String COLUMN = "timeline";

  static final StructType TYPE =
      new StructType()
          .add("basis", DataTypes.LongType)
          .add("until", DataTypes.LongType)
          .add("state", DataTypes.BinaryType);

  /** View of the folds to go on from: saved_lead_id, saved_model, saved_state. */
  static final String SAVED = "saved_timelines";

  /** View of the signals that such a night needs. */
  static final String SIGNALS = "signals_to_fold";

  /** Setting of the session: folds are kept where the stored signals are larger, in bytes. */
  static final String KEPT_FROM = "spark.ripen.timelines.from";

  /** Some three million signals: what two cores fold from the start in ten seconds. */
  private static final String LARGE = "67108864";

  /**
   * The visitors of so many people go to every task, where they are looked up while the signals are
   * read: else all signals would first be sorted by their visitors.
   */
  private static final long FEW = 20_000;

  /** Beyond this share of the people, reading everybody's signals is less work. */
  private static final double MOST_ANEW = 0.3;

  private final RunContext run;

  Timelines(RunContext run) {
    this.run = run;
  }

  /** The folded instant: the last before the days that the next night will read again. */
  private static long keepAt(SignalCoverage.Work work, int lookBackDays) {
    return startOf(work.through().minusDays(lookBackDays)) - 1;
  }

  private static long startOf(LocalDate day) {
    return ScoreFunction.micros(SignalRows.startOf(day));
  }

  /**
   * Whether a fold has seen nothing of the days that are read again: else it may hold what is no
   * longer so, or, seen from an earlier instant, the future.
   *
   * @param from the first of those days, after which all others are read too
   */
  static boolean isBefore(long untilMicros, LocalDate from) {
    return untilMicros < startOf(from);
  }

  /**
   * Decides how everybody's fold begins; makes the views {@link #SAVED} and {@link #SIGNALS} if it
   * goes on from saved ones.
   *
   * @param before scores of the last committed run
   * @param work what this run has read
   * @param inputs of the facts of this run
   */
  FactsSql.Resume begin(
      Optional<Dataset<Row>> before, SignalCoverage.Work work, FactsSql.Inputs inputs) {
    RulesInForce rules = run.rules();
    if (rules.looksAt(Source.ACCOUNT) || rules.looksAt(Source.PEOPLE_OF_ACCOUNT) || isSmall()) {
      return FactsSql.Resume.NEVER;
    }
    long keepAt = keepAt(work, run.project().signals().lookBackDays());
    FactsSql.Resume anew =
        run.preview() ? FactsSql.Resume.NEVER : new FactsSql.Resume(keepAt, false);
    boolean sameSignals = !work.full() && work.fresh().isEmpty() && work.stale().isEmpty();
    Optional<Dataset<Row>> saved =
        before
            .filter(scores -> sameSignals)
            .filter(scores -> Arrays.asList(scores.columns()).contains(COLUMN));
    if (saved.isEmpty()) {
      return anew;
    }
    Dataset<Row> kept =
        saved.get().select("lead_id", "model", COLUMN).where("timeline IS NOT NULL");
    Row range = kept.selectExpr("min(timeline.until)", "count(*)").head();
    if (range.getLong(1) == 0 || !isBefore(range.getLong(0), work.from())) {
      return anew;
    }
    long until = range.getLong(0);
    // Not cached: Spark drops what is cached of views that are made anew, as these are below.
    Dataset<Row> changed = MadeRows.of(changed(kept, inputs, until));
    long people = changed.count();
    if (people > MOST_ANEW * range.getLong(1)) {
      return anew;
    }
    makeSaved(
        kept.join(changed, kept.col("lead_id").equalTo(changed.col("changed_id")), "left_anti"));
    signals(until, changed, people).createOrReplaceTempView(SIGNALS);
    return new FactsSql.Resume(run.preview() ? until : Math.max(keepAt, until), true);
  }

  private static void makeSaved(Dataset<Row> kept) {
    kept.selectExpr(
            "lead_id AS saved_lead_id", "model AS saved_model", "timeline.state AS saved_state")
        .createOrReplaceTempView(SAVED);
  }

  private boolean isSmall() {
    return run.state().bytes(SignalStore.TABLE)
        < Long.parseLong(run.spark().conf().get(KEPT_FROM, LARGE));
  }

  /** People whose saved fold cannot be gone on with: {@code changed_id}. */
  private Dataset<Row> changed(Dataset<Row> kept, FactsSql.Inputs inputs, long until) {
    Dataset<Row> none = run.spark().table(SignalStore.TABLE).limit(0);
    none.createOrReplaceTempView(SIGNALS);
    makeSaved(kept.limit(0));
    Dataset<Row> now =
        run.models()
            .compile(
                "built-in facts",
                FactsSql.of(run.rules(), inputs.with(new FactsSql.Resume(until, true))));
    Dataset<Row> then =
        kept.selectExpr(
            "lead_id AS kept_lead_id", "model AS kept_model", "timeline.basis AS kept_basis");
    Dataset<Row> others =
        now.join(
                then,
                col("lead_id")
                    .equalTo(col("kept_lead_id"))
                    .and(col("model").equalTo(col("kept_model"))),
                "left")
            .where("kept_basis IS NULL OR kept_basis <> facts.resume.basis")
            .select(col("lead_id").as("changed_id"));
    return others.unionByName(late()).distinct();
  }

  /** Those with events that came after their day had been read for the last time. */
  private Dataset<Row> late() {
    Dataset<Row> identities = run.spark().table(Pipeline.IDENTITIES);
    return identities
        .join(run.spark().table(SignalStore.LATE_VISITORS), "visitor_id")
        .select(col("lead_id").as("changed_id"));
  }

  private Dataset<Row> signals(long until, Dataset<Row> changed, long people) {
    Dataset<Row> all = run.spark().table(SignalStore.TABLE);
    LocalDate boundary = LocalDate.ofInstant(ScoreFunction.instant(until + 1), ZoneOffset.UTC);
    String day = "DATE'" + boundary + "'";
    Dataset<Row> recent = all.where("event_day >= " + day);
    if (people == 0) {
      return recent;
    }
    UnaryOperator<Dataset<Row>> sent = people > FEW ? rows -> rows : functions::broadcast;
    Dataset<Row> visitors =
        run.spark()
            .table(Pipeline.IDENTITIES)
            .join(sent.apply(changed), col("lead_id").equalTo(col("changed_id")))
            .select("visitor_id")
            .distinct();
    return recent.unionByName(
        all.where("event_day < " + day)
            .join(sent.apply(visitors), SqlScala.seq(List.of("visitor_id")), "left_semi"));
  }
}
