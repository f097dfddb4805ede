package dev.ripen.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What all tasks of a Spark application did together, by its event log.
 *
 * @param spilledBytes written to disk because memory was full
 * @param shuffledBytes written for the next stage
 * @param databaseRows read from databases: rows that are no bytes of files
 * @param cpuSeconds of the tasks; not of the driver, the compiler and the collector
 */
record SparkTotals(long spilledBytes, long shuffledBytes, long databaseRows, double cpuSeconds) {
  private static final Pattern SPILLED = Pattern.compile("\"Disk Bytes Spilled\":(\\d+)");
  private static final Pattern SHUFFLED = Pattern.compile("\"Shuffle Bytes Written\":(\\d+)");
  private static final Pattern ROWS =
      Pattern.compile("\"Input Metrics\":\\{\"Bytes Read\":0,\"Records Read\":(\\d+)");
  private static final Pattern CPU = Pattern.compile("\"Executor CPU Time\":(\\d+)");

  /** Settings that make Spark write its log into this folder, which must exist. */
  static List<String> options(Path folder) {
    return List.of(
        "--set", "spark.eventLog.enabled=true",
        "--set", "spark.eventLog.dir=" + folder.toUri(),
        "--set", "spark.eventLog.compress=false",
        "--set", "spark.eventLog.rolling.enabled=false");
  }

  /** Of the one application whose log is in the folder. */
  static SparkTotals read(Path folder) throws IOException {
    long spilled = 0;
    long shuffled = 0;
    long rows = 0;
    long nanoseconds = 0;
    for (Path file : files(folder)) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("{\"Event\":\"SparkListenerTaskEnd\"")) {
            spilled += number(SPILLED, line);
            shuffled += number(SHUFFLED, line);
            rows += number(ROWS, line);
            nanoseconds += number(CPU, line);
          }
        }
      }
    }
    return new SparkTotals(spilled, shuffled, rows, nanoseconds / 1e9);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.getFileName().toString().startsWith(".")).toList();
    }
  }

  private static long number(Pattern pattern, String line) {
    Matcher found = pattern.matcher(line);
    return found.find() ? Long.parseLong(found.group(1)) : 0;
  }
}
