package dev.ripen.spark;

import dev.ripen.scoring.Facts;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.ScoreTimeline;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.Signal;
import dev.ripen.scoring.StatusChange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The SQL function {@code score_timeline(model, facts, as_of)}: the fold of package scoring, one
 * person a call. Turns Spark rows into {@link Facts} and a {@link ScoreCard} into a struct.
 */
public final class ScoreFunction implements UDF3<String, Row, Instant, Row> {
  private static final long serialVersionUID = 1L;
  private static final DataType POINTS = DataTypes.createDecimalType(18, 6);
  static final StructType CONTRIBUTION =
      new StructType()
          .add("rule", DataTypes.StringType)
          .add("label", DataTypes.StringType)
          .add("dimension", DataTypes.StringType)
          .add("points", POINTS)
          .add("awarded", POINTS)
          .add("times", DataTypes.IntegerType)
          .add("last_at", DataTypes.TimestampType);
  static final StructType ADJUSTMENT =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("where", DataTypes.StringType)
          .add("points", POINTS);
  static final StructType EPISODE =
      new StructType()
          .add("number", DataTypes.IntegerType)
          .add("opened_at", DataTypes.TimestampType)
          .add("score_at_mql", POINTS)
          .add("level_at_mql", DataTypes.StringType)
          .add("reasons_at_mql", DataTypes.StringType)
          .add("version_at_mql", DataTypes.StringType)
          .add("accepted_at", DataTypes.TimestampType)
          .add("closed_at", DataTypes.TimestampType)
          .add("closed_by", DataTypes.StringType)
          .add("reason", DataTypes.StringType);

  private final ScoringModel model;
  private transient @Nullable ScoreTimeline timeline;

  private ScoreFunction(ScoringModel model) {
    this.model = model;
  }

  static void register(SparkSession spark, ScoringModel model) {
    spark.udf().register("score_timeline", new ScoreFunction(model), resultType(model));
  }

  /** What the function returns; one column per dimension, dashes as underscores. */
  static StructType resultType(ScoringModel model) {
    StructType type =
        new StructType().add("score", POINTS).add("published_score", DataTypes.LongType);
    for (var dimension : model.dimensions()) {
      type = type.add(dimension.name().replace('-', '_'), POINTS);
    }
    return type.add("is_mql", DataTypes.BooleanType)
        .add("level", DataTypes.StringType)
        .add("first_mql_at", DataTypes.TimestampType)
        .add("mql_at", DataTypes.TimestampType)
        .add("mql_count", DataTypes.IntegerType)
        .add("score_at_mql", POINTS)
        .add("level_at_mql", DataTypes.StringType)
        .add("reasons_at_mql", DataTypes.StringType)
        .add("contributions", DataTypes.createArrayType(CONTRIBUTION))
        .add("adjustments", DataTypes.createArrayType(ADJUSTMENT))
        .add("episodes", DataTypes.createArrayType(EPISODE))
        .add("reasons", DataTypes.StringType)
        .add("last_activity_at", DataTypes.TimestampType)
        .add("excluded_because", DataTypes.StringType)
        .add("rules_version", DataTypes.StringType);
  }

  /** The struct that {@code facts} must be. */
  static StructType factsType() {
    StructType signal =
        new StructType()
            .add("visitor_id", DataTypes.StringType)
            .add("event_id", DataTypes.StringType)
            .add("rule", DataTypes.StringType)
            .add("occurred_at", DataTypes.LongType);
    StructType status =
        new StructType()
            .add("status", DataTypes.StringType)
            .add("occurred_at", DataTypes.LongType)
            .add("reason", DataTypes.StringType);
    return new StructType()
        .add("created_at", DataTypes.LongType)
        .add("signals", DataTypes.createArrayType(signal))
        .add("holds", DataTypes.createArrayType(DataTypes.StringType))
        .add("statuses", DataTypes.createArrayType(status))
        .add("excluded_because", DataTypes.StringType);
  }

  @Override
  public @Nullable Row call(
      @Nullable String modelName, @Nullable Row facts, @Nullable Instant asOf) {
    if (facts == null || asOf == null) {
      return null;
    }
    if (!model.name().equals(modelName)) {
      throw new IllegalArgumentException(
          "score_timeline knows the model " + model.name() + ", not " + modelName);
    }
    if (timeline == null) {
      timeline = new ScoreTimeline(model);
    }
    return row(timeline.score(facts(facts), micros(asOf)));
  }

  /** Spark's row of {@link #factsType()} as the fold wants it. */
  static Facts facts(Row row) {
    Long createdAt = row.isNullAt(0) ? null : row.getLong(0);
    List<Signal> signals = new ArrayList<>();
    if (!row.isNullAt(1)) {
      for (Row signal : row.<Row>getList(1)) {
        String rule = signal.getString(2);
        signals.add(
            new Signal(
                signal.getString(0),
                signal.getString(1),
                rule.substring(0, rule.lastIndexOf('@')),
                signal.getLong(3),
                null));
      }
    }
    Set<String> holds = row.isNullAt(2) ? Set.of() : new HashSet<>(row.<String>getList(2));
    List<StatusChange> statuses = new ArrayList<>();
    if (!row.isNullAt(3)) {
      for (Row status : row.<Row>getList(3)) {
        statuses.add(new StatusChange(status.getString(0), status.getLong(1), status.getString(2)));
      }
    }
    return new Facts(createdAt, signals, holds, statuses, row.getString(4));
  }

  private Row row(ScoreCard card) {
    boolean excluded = card.excludedBecause() != null;
    List<@Nullable Object> values = new ArrayList<>();
    values.add(excluded ? null : points(card.score()));
    values.add(excluded ? null : card.publishedScore());
    for (var dimension : model.dimensions()) {
      values.add(excluded ? null : points(card.dimensions().getOrDefault(dimension.name(), 0L)));
    }
    List<ScoreCard.Episode> episodes = card.episodes();
    ScoreCard.Episode latest = episodes.isEmpty() ? null : episodes.get(episodes.size() - 1);
    values.add(card.isMql());
    values.add(card.level());
    values.add(instant(card.firstMqlAtMicros()));
    values.add(instant(card.mqlAtMicros()));
    values.add(card.mqlCount());
    values.add(latest == null ? null : points(latest.scoreAtMql()));
    values.add(latest == null ? null : latest.levelAtMql());
    values.add(latest == null ? null : latest.reasonsAtMql());
    values.add(card.contributions().stream().map(ScoreFunction::row).toArray());
    values.add(card.adjustments().stream().map(ScoreFunction::row).toArray());
    values.add(episodes.stream().map(ScoreFunction::row).toArray());
    values.add(card.reasons());
    values.add(instant(card.lastActivityAtMicros()));
    values.add(card.excludedBecause());
    values.add(model.version() + " (" + model.fingerprint() + ")");
    return RowFactory.create(values.toArray());
  }

  private static Row row(ScoreCard.Contribution c) {
    return RowFactory.create(
        c.rule(),
        c.label(),
        c.dimension(),
        points(c.microPoints()),
        points(c.awardedMicroPoints()),
        c.times(),
        instant(c.lastAtMicros()));
  }

  private static Row row(ScoreCard.Adjustment a) {
    return RowFactory.create(a.kind(), a.where(), points(a.microPoints()));
  }

  private static Row row(ScoreCard.Episode e) {
    return RowFactory.create(
        e.number(),
        instant(e.openedAtMicros()),
        points(e.scoreAtMql()),
        e.levelAtMql(),
        e.reasonsAtMql(),
        e.versionAtMql(),
        instant(e.acceptedAtMicros()),
        instant(e.closedAtMicros()),
        e.closedBy(),
        e.reason());
  }

  private static BigDecimal points(long micro) {
    return BigDecimal.valueOf(micro, 6);
  }

  static @Nullable Instant instant(@Nullable Long micros) {
    return micros == null
        ? null
        : Instant.ofEpochSecond(
            Math.floorDiv(micros, Points.MICRO), Math.floorMod(micros, Points.MICRO) * 1000);
  }

  static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), Points.MICRO), instant.getNano() / 1000);
  }
}
