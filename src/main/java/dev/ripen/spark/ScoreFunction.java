package dev.ripen.spark;

import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Facts;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.ScoreTimeline;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.objects.Invoke;
import org.apache.spark.sql.errors.QueryCompilationErrors;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.ObjectType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.StructType$;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;

/**
 * The SQL function {@code score_timeline(model, facts, as_of)}: the fold of package scoring, one
 * person a call. Knows all models of the definition; turns a {@link ScoreCard} into a struct.
 */
public final class ScoreFunction implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "score_timeline";
  private static final List<AbstractDataType> INPUT =
      List.of(DataTypes.StringType, StructType$.MODULE$, DataTypes.TimestampType);
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

  /**
   * As a call of {@link #score} on Spark's own values: those of a UDF would first become rows,
   * instants and decimals for people, and what it returns would become Spark's again.
   */
  static void register(SparkSession spark, RulesInForce rules) {
    ScoreFunction function = new ScoreFunction(rules);
    DataType type = resultType(rules);
    spark
        .sessionState()
        .functionRegistry()
        .createOrReplaceTempFunction(
            NAME, SqlScala.mapping(arguments -> function.call(arguments, type)), "scala_udf");
  }

  private Expression call(Seq<Expression> arguments, DataType type) {
    if (arguments.size() != INPUT.size()) {
      throw SqlScala.unchecked(
          QueryCompilationErrors.wrongNumArgsError(
              NAME, SqlScala.seq(List.of(INPUT.size())), arguments.size(), "", "", ""));
    }
    return new Invoke(
        new Literal(this, new ObjectType(ScoreFunction.class)),
        "score",
        type,
        arguments,
        SqlScala.seq(INPUT),
        false,
        true,
        true);
  }

  @Override
  public String toString() {
    return NAME;
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

  /**
   * The fold of one person, in the forms that Spark's tasks have values in. Called from the code
   * that Spark generates.
   *
   * @param asOf microseconds
   */
  public @Nullable InternalRow score(
      @Nullable UTF8String model, @Nullable InternalRow facts, long asOf) {
    if (facts == null) {
      return null;
    }
    String modelName = model == null ? null : model.toString();
    ScoreTimeline timeline = folds.timeline(modelName);
    String version = folds.labelAt(modelName, asOf);
    Facts known = FactsRows.facts(facts);
    FactsRows.Resume resume = FactsRows.resume(facts);
    if (resume == null) {
      return ScoreRows.row(timeline.score(known, asOf), dimensions, version, null);
    }
    long keepAt = Math.min(resume.keepAtMicros(), asOf);
    ScoreTimeline.Night night = timeline.night(resume.state(), known, keepAt, asOf);
    InternalRow kept = ScoreRows.of(resume.basis(), keepAt, night.kept());
    return ScoreRows.row(night.card(), dimensions, version, kept);
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
