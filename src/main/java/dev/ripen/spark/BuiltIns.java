package dev.ripen.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What ripen adds to SQL, where there is no run: functions, and empty tables. */
public interface BuiltIns {
  /** Functions, and empty views of signals and facts. */
  void register(SparkSession session);

  /**
   * The rows of {@code lead_scores}, which are made of scores.
   *
   * @param scores complete
   */
  default Dataset<Row> leadScores(Dataset<Row> scores) {
    return scores;
  }
}
