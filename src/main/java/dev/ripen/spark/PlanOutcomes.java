package dev.ripen.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The files of a plan and of its outbox as Spark reads them. */
final class PlanOutcomes {
  private static final StructType PLAN_ROW =
      new StructType()
          .add("seq", DataTypes.LongType)
          .add("key", DataTypes.StringType)
          .add("record_id", DataTypes.StringType)
          .add(
              "fields",
              DataTypes.createMapType(
                  DataTypes.StringType, new StructType().add("new", DataTypes.StringType)))
          .add(
              "after",
              new StructType()
                  .add(
                      "fields", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
                  .add("is_mql", DataTypes.BooleanType)
                  .add("level", DataTypes.StringType)
                  .add("episode_mql_at", DataTypes.TimestampType))
          .add("content", DataTypes.StringType);

  private static final StructType OUTCOME =
      new StructType()
          .add("seq", DataTypes.LongType)
          .add("outcome", DataTypes.StringType)
          .add("record_id", DataTypes.StringType)
          .add("not_applied", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
          .add("code", DataTypes.StringType)
          .add("message", DataTypes.StringType)
          .add("at", DataTypes.TimestampType);

  private PlanOutcomes() {}

  /** Rows of a plan's file. */
  static Dataset<Row> rows(SparkSession spark, String file) {
    return spark.read().schema(PLAN_ROW).json(file);
  }

  /**
   * What became of the rows. A crash can leave a torn line, read as nulls; a row sent twice has two
   * lines.
   */
  static Dataset<Row> outcomes(SparkSession spark, String directory) {
    Dataset<Row> lines =
        // Where nothing was to be sent there is no outbox.
        exists(spark, directory)
            ? spark
                .read()
                .schema(OUTCOME)
                .json(directory)
                .where("seq IS NOT NULL AND at IS NOT NULL")
            : spark.createDataFrame(List.of(), OUTCOME);
    lines.createOrReplaceTempView("ripen_outcomes");
    return spark.sql(
        "SELECT o.* FROM (SELECT seq, max_by(struct(*), at) AS o FROM ripen_outcomes GROUP BY"
            + " seq)");
  }

  private static boolean exists(SparkSession spark, String directory) {
    Path path = new Path(directory);
    try {
      return path.getFileSystem(spark.sparkContext().hadoopConfiguration()).exists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for " + directory, e);
    }
  }
}
