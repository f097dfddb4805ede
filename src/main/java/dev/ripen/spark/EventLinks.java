package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import com.google.common.hash.Hashing;
import dev.ripen.sqlmodel.SqlText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.types.DataTypes;

/**
 * Reads {@code identity_links} without reading all events every night. What large tables of events
 * have said of ids is kept in the state, up to the days that every night reads again; a night adds
 * what those days say, and rows that were loaded since the last one. All other links are read
 * whole: those of a CRM go away as well. That an older event no longer says what it said is found
 * by {@code --full-refresh}.
 */
final class EventLinks {
  /**
   * What is kept: id, other_id, seen_at, all before {@code until}; and in every row what it was
   * made with, and as of when.
   */
  static final String TABLE = "links_of_events";

  /** Setting of the session: links are kept where the tables of events are larger, in bytes. */
  static final String KEPT_FROM = "spark.ripen.links.from";

  /** Some two million events, which are read in a second or two. */
  private static final String LARGE = "67108864";

  private static final Column[] COLUMNS = {col("id"), col("other_id"), col("seen_at")};

  private final RunContext run;
  private final EventModels events;
  private final RunDays days;

  EventLinks(RunContext run, EventModels events, RunDays days) {
    this.run = run;
    this.events = events;
    this.days = days;
  }

  /**
   * The links, and those rows of them that this run has asked the sources for.
   *
   * @param all id, other_id, seen_at
   */
  record Read(Dataset<Row> all, Dataset<Row> read) {}

  /**
   * Reads the view, and keeps what events say unless this is a preview.
   *
   * @param later notices what does not count yet
   */
  Read read(Dataset<Row> links, LaterLinks later) {
    Optional<EventBranches> found =
        EventBranches.of(links, "seen_at", events.tables(run.spark()))
            .filter(branches -> branches.bytes() >= keptFrom());
    if (found.isEmpty()) {
      return new Read(later.noticed(links), links);
    }
    EventBranches branches = found.get();
    Optional<Dataset<Row>> kept = kept();
    Dataset<Row> said =
        MadeRows.of(
            later
                .noticed(
                    branches.rows(
                        kept.isPresent() ? this::isRead : (time, loaded) -> Literal.TrueLiteral()))
                .where(col("seen_at").isNull().or(col("seen_at").leq(lit(run.asOf()))))
                .groupBy(
                    col("id"),
                    col("other_id"),
                    coalesce(col("seen_at").lt(lit(readAgainFrom())), lit(false)).as("settled"))
                .agg(max("seen_at").as("seen_at")));
    if (!run.preview()) {
      keep(kept, said.where("settled"));
    }
    Dataset<Row> now =
        later.noticed(branches.others().select(COLUMNS)).unionByName(said.select(COLUMNS));
    return new Read(
        kept.map(now::unionByName).orElse(now),
        kept.isPresent() ? branches.othersAnd(this::isRead) : links);
  }

  /** What is no id may be anything, and is not kept: its other end is, which was seen alone. */
  private void keep(Optional<Dataset<Row>> before, Dataset<Row> settled) {
    Dataset<Row> ids =
        settled.select(
            LinkRows.idOrNull(col("id")).as("id"),
            LinkRows.idOrNull(col("other_id")).as("other_id"),
            col("seen_at"));
    run.state()
        .overwrite(
            TABLE,
            before
                .map(ids::unionByName)
                .orElse(ids)
                .where("id IS NOT NULL OR other_id IS NOT NULL")
                .groupBy("id", "other_id")
                .agg(max("seen_at").as("seen_at"))
                .withColumn("made_with", lit(sql()))
                .withColumn("as_of", lit(run.asOf()))
                .withColumn("until", lit(readAgainFrom())));
  }

  /** What the next night will read again is not kept: it may have been corrected by then. */
  private Instant readAgainFrom() {
    return SignalRows.startOf(
        days.work().through().minusDays(run.project().signals().lookBackDays()));
  }

  /**
   * Only of the commit whose signals the days follow on, and only if these begin where the links
   * end: else days in between would be missing.
   */
  private Optional<Dataset<Row>> kept() {
    if (days.again().everything() || days.work().full()) {
      return Optional.empty();
    }
    Column usable =
        col("made_with")
            .equalTo(sql())
            .and(col("as_of").equalTo(run.state().lastCommit().orElseThrow().asOf()))
            .and(col("as_of").leq(run.asOf()))
            .and(col("until").geq(SignalRows.startOf(days.work().from())));
    return run.state()
        .committed(TABLE)
        .filter(rows -> !rows.limit(1).where(usable).isEmpty())
        .map(rows -> rows.select(COLUMNS));
  }

  /** The models, without the instant: a new night has no new SQL. */
  private String sql() {
    Map<String, Object> parameters = new HashMap<>(run.models().parameters());
    parameters.remove("as_of");
    String content =
        String.join(
            "\u0000",
            SqlText.withoutComments(run.graph().closureText(LinkRows.TABLE)),
            SqlText.withoutComments(run.graph().closureText(EventModels.EVENTS)),
            new TreeMap<>(parameters).toString());
    return Hashing.sha256().hashString(content, StandardCharsets.UTF_8).toString().substring(0, 16);
  }

  /** Whether a row is of the days that the run reads, or came since the last one. */
  private Expression isRead(Expression time, Optional<Expression> loaded) {
    SignalCoverage.Work work = days.work();
    Expression read = new Or(new IsNull(time), notBefore(time, SignalRows.startOf(work.from())));
    for (LocalDate day : work.late()) {
      Expression until = new LessThan(time, instant(SignalRows.startOf(day.plusDays(1))));
      read = new Or(read, new And(notBefore(time, SignalRows.startOf(day)), until));
    }
    Optional<Instant> since = days.stored().flatMap(LateDays::loadedSince);
    return loaded.isPresent() && since.isPresent()
        ? new Or(read, notBefore(loaded.get(), since.get()))
        : read;
  }

  private static Expression notBefore(Expression time, Instant instant) {
    return new GreaterThanOrEqual(time, instant(instant));
  }

  private static Expression instant(Instant instant) {
    return new Literal(ScoreFunction.micros(instant), DataTypes.TimestampType);
  }

  private long keptFrom() {
    return Long.parseLong(run.spark().conf().get(KEPT_FROM, LARGE));
  }
}
