package dev.ripen.spark;

import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Facts;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.ReasonsJson;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.ScoreTimeline;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * person a call. Knows all models of the definition; turns a {@link ScoreCard} into a struct.
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

  private final Folds folds;
  private final List<String> dimensions;

  private ScoreFunction(RulesInForce rules) {
    folds = new Folds(rules);
    dimensions = dimensions(rules);
  }

  static void register(SparkSession spark, RulesInForce rules) {
    spark.udf().register("score_timeline", new ScoreFunction(rules), resultType(rules));
  }

  /** Dimensions of all models of today, each once. */
  private static List<String> dimensions(RulesInForce rules) {
    return rules.models().stream()
        .flatMap(model -> model.today().scoring().dimensions().stream())
        .map(Dimension::name)
        .distinct()
        .toList();
  }

  /**
   * What the function returns; one column per dimension of any model, null where a model lacks it.
   */
  static StructType resultType(RulesInForce rules) {
    StructType type =
        new StructType().add("score", POINTS).add("published_score", DataTypes.LongType);
    for (String dimension : dimensions(rules)) {
      type = type.add(dimension.replace('-', '_'), POINTS);
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
        .add("reasons_json", DataTypes.StringType)
        .add("last_activity_at", DataTypes.TimestampType)
        .add("excluded_because", DataTypes.StringType)
        .add("rules_version", DataTypes.StringType)
        .add(Timelines.COLUMN, Timelines.TYPE);
  }

  @Override
  public @Nullable Row call(
      @Nullable String modelName, @Nullable Row facts, @Nullable Instant asOf) {
    if (facts == null || asOf == null) {
      return null;
    }
    long micros = micros(asOf);
    ScoreTimeline timeline = folds.timeline(modelName);
    String version = folds.labelAt(modelName, micros);
    Facts known = FactsRows.facts(facts);
    FactsRows.Resume resume = FactsRows.resume(facts);
    if (resume == null) {
      return row(timeline.score(known, micros), version, null);
    }
    long keepAt = Math.min(resume.keepAtMicros(), micros);
    ScoreTimeline.Night night = timeline.night(resume.state(), known, keepAt, micros);
    return row(night.card(), version, RowFactory.create(resume.basis(), keepAt, night.kept()));
  }

  private Row row(ScoreCard card, String version, @Nullable Row kept) {
    boolean excluded = card.excludedBecause() != null;
    List<@Nullable Object> values = new ArrayList<>();
    values.add(excluded ? null : points(card.score()));
    values.add(excluded ? null : card.publishedScore());
    for (String dimension : dimensions) {
      Long value = card.dimensions().get(dimension);
      values.add(excluded || value == null ? null : points(value));
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
    values.add(excluded ? null : ReasonsJson.of(card.contributions()));
    values.add(instant(card.lastActivityAtMicros()));
    values.add(card.excludedBecause());
    values.add(version);
    values.add(kept);
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
