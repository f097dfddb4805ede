package dev.ripen.spark;

import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import scala.Console;
import scala.Option;

/** Settings of a session that hold for one action only. Not for several threads of a session. */
final class TemporarySettings {
  private TemporarySettings() {}

  /** Does something with these settings, and without Delta's words on standard output. */
  static void with(SparkSession spark, Map<String, String> settings, Runnable action) {
    Map<String, String> before = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          Option<String> set = spark.conf().getOption(key);
          if (set.isDefined()) {
            before.put(key, set.get());
          }
          spark.conf().set(key, value);
        });
    try {
      // Delta prints what it deleted to standard output, where results of commands go.
      Console.withOut(
          OutputStream.nullOutputStream(),
          () -> {
            action.run();
            return null;
          });
    } finally {
      settings.keySet().forEach(key -> restore(spark, key, before));
    }
  }

  private static void restore(SparkSession spark, String key, Map<String, String> before) {
    String value = before.get(key);
    if (value == null) {
      spark.conf().unset(key);
    } else {
      spark.conf().set(key, value);
    }
  }
}
