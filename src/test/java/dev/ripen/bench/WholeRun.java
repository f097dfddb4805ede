package dev.ripen.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A whole process, as cron would start it: its seconds and its most memory. */
record WholeRun(double seconds, double gibibytes) {
  private static final double GIBIBYTE = 1L << 30;

  /**
   * Of {@code ripen run}.
   *
   * @param options more options of the command
   * @param output where the process writes what it says, on both of its streams: a file must be
   *     appended to
   * @throws IllegalStateException if the run fails
   */
  static WholeRun of(
      Path project,
      Instant asOf,
      String heap,
      List<String> options,
      ProcessBuilder.Redirect output) {
    List<String> command = new ArrayList<>(List.of("scripts/ripen", "run"));
    command.addAll(List.of("--project", project.toString(), "--as-of", asOf.toString()));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output).redirectError(output);
    builder.environment().put("RIPEN_JAVA_OPTS", heap + " -XX:TieredStopAtLevel=4");
    return of(builder);
  }

  /**
   * Of any process.
   *
   * @throws IllegalStateException if it fails
   */
  static WholeRun of(ProcessBuilder builder) {
    long before = System.nanoTime();
    try {
      Process process = builder.start();
      double peak = 0;
      do {
        peak = Math.max(peak, PeakMemory.ofProcess(process.pid()) / GIBIBYTE);
      } while (!process.waitFor(500, TimeUnit.MILLISECONDS));
      if (process.exitValue() != 0) {
        throw new IllegalStateException(builder.command() + " ended with " + process.exitValue());
      }
      return new WholeRun((System.nanoTime() - before) / 1e9, peak);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
