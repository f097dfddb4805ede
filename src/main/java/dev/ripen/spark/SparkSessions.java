package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;

/** Starts the Spark session with what ripen relies on. */
public final class SparkSessions {
  private static final String WHOLE_STAGE = "spark.sql.codegen.wholeStage";
  private static final String FACTORY = "spark.sql.codegen.factoryMode";
  private static final String INTERPRETED = "spark.ripen.interpretFewRows";

  // Measured on 2 cores, runs in turn: with 110,000 events and 19,000 leads a night takes 42 to
  // 44 s interpreted, 47 s compiled. The limit itself is a guess.
  private static final long FEW_ROWS = 1_000_000;

  static final String REDACTION = "spark.redaction.regex";

  /** Names of settings and options whose values Spark shows nowhere. */
  static final String SECRET_NAMES =
      "(?i)secret|password|passphrase|passwd|pwd|token|access[._-]?key|private[._-]?key";

  private SparkSessions() {}

  /**
   * The session of this process; local unless spark-submit has set a master.
   *
   * @param settings of the project, {@code spark.*}; they win over ripen's defaults, not over what
   *     correctness needs
   */
  public static SparkSession start(Map<String, String> settings) {
    requireUtc();
    SparkConf conf = new SparkConf();
    boolean local = !conf.contains("spark.master");
    if (local) {
      conf.setMaster("local[*]")
          .set("spark.driver.host", "127.0.0.1")
          .set("spark.driver.bindAddress", "127.0.0.1")
          .set("spark.ui.enabled", "false");
    }
    conf.setIfMissing("spark.app.name", "ripen");
    conf.setIfMissing("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.sql.shuffle.partitions", local ? "16" : "200");
    // Small tables then are one partition, large ones as many as they need.
    conf.setIfMissing("spark.sql.adaptive.coalescePartitions.parallelismFirst", "false");
    conf.setIfMissing("spark.sql.adaptive.advisoryPartitionSizeInBytes", "16m");
    // Rows that fit beside one another in memory are looked up there, and not sorted for it.
    conf.setIfMissing("spark.sql.adaptive.maxShuffledHashJoinLocalMapThreshold", "32m");
    // A larger method is one that the JVM interprets for ever: some eight rules over a CASE are.
    conf.setIfMissing("spark.sql.codegen.hugeMethodLimit", "8000");
    // Spark's default takes twelve bytes an instant, in an order by which nothing is found.
    conf.setIfMissing("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "1");
    // Upkeep removes old entries of the logs, as far as the state's retention allows.
    conf.setIfMissing(
        "spark.databricks.delta.properties.defaults.enableExpiredLogCleanup", "false");
    conf.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.threshold", "128");
    // Few rows are asked for only where few are found: all files at once, not one and then four.
    conf.setIfMissing("spark.sql.limit.initialNumPartitions", "100");
    // One person's rows of a sorted table are then a few thousand to read, not tens of thousands.
    conf.setIfMissing("spark.hadoop.parquet.page.row.count.limit", "2000");
    // The files of leads are not in the order of addresses.
    conf.setIfMissing("spark.hadoop.parquet.bloom.filter.enabled#email", "true");
    conf.setIfMissing("spark.hadoop.parquet.bloom.filter.adaptive.enabled", "true");
    // Spark's own pattern does not know Snowflake's private_key_base64 and private_key_pwd.
    conf.setIfMissing(REDACTION, SECRET_NAMES);
    // A project may name a cluster, which has its own plugins.
    boolean here = local && settings.getOrDefault("spark.master", "local").startsWith("local");
    if (here && NativeSpark.isThere()) {
      NativeSpark.settings(Runtime.getRuntime().maxMemory()).forEach(conf::setIfMissing);
    }
    settings.forEach(conf::set);
    if (local && !conf.contains(WHOLE_STAGE) && !conf.contains(FACTORY)) {
      conf.set(INTERPRETED, "true").set(WHOLE_STAGE, "false").set(FACTORY, "NO_CODEGEN");
    }
    required().forEach(conf::set);
    SparkSession spark = started(conf);
    useRules(spark);
    return spark;
  }

  /** What a project or a cluster has set can be wrong in ways that only Spark knows. */
  private static SparkSession started(SparkConf conf) {
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (Exception e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.CONFIG_INVALID_VALUE,
              "Spark does not start with master "
                  + conf.get("spark.master")
                  + ": "
                  + SourceProblems.rootOf(e).getMessage(),
              "mend the settings under spark in conf/ripen.conf, or those that spark-submit was given"),
          e);
    }
  }

  /**
   * Chooses between compiling expressions, which pays for many rows, and interpreting them, which
   * saves some seconds of a small night. A session starts by interpreting where it is local; what
   * the user has set stays.
   *
   * @param rows about how many this process will read
   */
  public static void expect(SparkSession spark, long rows) {
    if (spark.conf().get(INTERPRETED, "false").equals("true")) {
      boolean few = rows <= FEW_ROWS;
      spark.conf().set(WHOLE_STAGE, !few);
      spark.conf().set(FACTORY, few ? "NO_CODEGEN" : "FALLBACK");
      spark.conf().set(NativeSpark.ENABLED, !few);
    }
  }

  /** Lets Spark's optimizer know what makes queries over many events faster. */
  static void useRules(SparkSession spark) {
    List<Rule<LogicalPlan>> rules =
        List.of(
            new InstantsOfNumbers(),
            new CheapFiltersFirst(),
            new RememberedMatches.InPlaceOfRlike());
    spark.experimental().extraOptimizations_$eq(SqlScala.seq(rules));
  }

  /** Settings that results depend on. */
  static Map<String, String> required() {
    return Map.of(
        // It forgets what was counted before a step that turns out to be empty.
        "spark.sql.adaptive.optimizer.excludedRules",
            "org.apache.spark.sql.execution.adaptive.AQEPropagateEmptyRelation",
        "spark.sql.session.timeZone", "UTC",
        "spark.sql.ansi.enabled", "true",
        "spark.sql.timestampType", "TIMESTAMP_LTZ",
        "spark.sql.datetime.java8API.enabled", "true",
        "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
        "spark.sql.legacy.parameterSubstitution.constantsOnly", "true");
  }

  /** JDBC drivers read and push timestamps in the JVM's zone; only UTC keeps them right. */
  private static void requireUtc() {
    if (TimeZone.getDefault().getRawOffset() != 0 || TimeZone.getDefault().useDaylightTime()) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "the JVM's time zone is " + TimeZone.getDefault().getID() + ", it must be UTC",
              "start ripen with scripts/ripen, or add -Duser.timezone=UTC to the JVM's options"));
    }
  }
}
