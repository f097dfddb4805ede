package dev.ripen.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * One local Spark for all tests of a JVM. Each test class takes its own session, so that temporary
 * views do not meet.
 */
final class SparkTestSession {
  private SparkTestSession() {}

  /** A session with its own views and settings over the shared Spark context. */
  static SparkSession create() {
    SparkSession session = Shared.SESSION.newSession();
    // Spark reads its settings through the thread's session; without one the order of tests shows.
    SparkSession.setActiveSession(session);
    SparkSessions.useRules(session);
    return session;
  }

  private static final class Shared {
    static final SparkSession SESSION = start();

    private static SparkSession start() {
      Path warehouse = temporaryDirectory();
      SparkSession.Builder builder = SparkSession.builder();
      SparkSessions.required().forEach(builder::config);
      return builder
          .master("local[2]")
          .appName("ripen-tests")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "1")
          .config("spark.sql.warehouse.dir", warehouse.toUri().toString())
          .config("spark.local.dir", warehouse.resolve("local").toString())
          .config("spark.databricks.delta.snapshotPartitions", "1")
          // A handful of rows is done before its code would be compiled; so do small nights.
          .config("spark.sql.codegen.wholeStage", "false")
          .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
          .getOrCreate();
    }

    private static Path temporaryDirectory() {
      try {
        // Below target, so that a clean build removes it.
        return Files.createTempDirectory(
            Files.createDirectories(Path.of("target").toAbsolutePath()), "spark-tests-");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
