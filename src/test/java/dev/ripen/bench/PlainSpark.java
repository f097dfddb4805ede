package dev.ripen.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.SparkSession;

/**
 * A process of Spark without ripen, with the settings that anybody would give it for two cores:
 * runs the query that it reads from standard input and writes the rows to Parquet.
 */
final class PlainSpark {
  private PlainSpark() {}

  /** {@code OUTPUT}, a directory. */
  public static void main(String[] arguments) throws IOException {
    String sql = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "16")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.parquet.inferTimestampNTZ.enabled", "false")
            .getOrCreate()) {
      spark.sql(sql).write().mode("overwrite").parquet(arguments[0]);
    }
  }
}
