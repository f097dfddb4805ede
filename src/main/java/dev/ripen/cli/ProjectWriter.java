package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Writes the files of a new project into a directory of its own. */
final class ProjectWriter {
  private ProjectWriter() {}

  /** What a project is called whose directory has no name that would do. */
  static final String UNNAMED = "my-project";

  /**
   * Writes all files.
   *
   * @param files texts by path, relative to the directory
   * @return their names, relative and sorted
   * @throws ProblemException {@code USAGE_INVALID} if there is something already, or nothing may be
   *     written
   */
  static List<String> write(Path directory, SortedMap<String, String> files) {
    requireEmpty(directory);
    try {
      for (Map.Entry<String, String> file : files.entrySet()) {
        Path target = directory.resolve(file.getKey());
        Path parent = target.getParent();
        if (parent != null) {
          Files.createDirectories(parent);
        }
        Files.writeString(target, file.getValue());
      }
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "cannot write to " + directory + ": " + e.getMessage(),
              "name a directory that this user may write to"),
          e);
    }
    return List.copyOf(files.keySet());
  }

  /** A repository without files is as good as empty. */
  static void requireEmpty(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    boolean empty = Files.isDirectory(directory);
    if (empty) {
      try (Stream<Path> files = Files.list(directory)) {
        empty = files.allMatch(file -> file.getFileName().toString().equals(".git"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (!empty) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              directory + " is not an empty directory",
              "name a new one: ripen init DIR"));
    }
  }

  /** The name of a project in this directory. */
  static String projectName(Path directory) {
    Path last = directory.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    String plain = name.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return plain.isEmpty() ? UNNAMED : plain;
  }
}
