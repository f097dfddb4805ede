package dev.ripen.cli;

import dev.ripen.adapters.ResourceTree;
import dev.ripen.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Projects to start from: files below {@code dev/ripen/template} in the class path. */
enum ProjectTemplate {
  /** Points, decay, levels. */
  DEFAULT,
  /** A count of events and a threshold. */
  SIMPLE;

  private static final String CONFIGURATION = "conf/ripen.conf";

  /**
   * Writes all files.
   *
   * @return their names, relative and sorted
   * @throws ProblemException {@code USAGE_INVALID} if there is something already
   */
  List<String> write(Path directory) {
    ProjectWriter.requireEmpty(directory);
    String root = "/dev/ripen/template/" + name().toLowerCase(Locale.ROOT);
    String project = ProjectWriter.projectName(directory);
    SortedMap<String, String> files = new TreeMap<>();
    ResourceTree.read(root, CONFIGURATION)
        .forEach((path, text) -> files.put(targetName(path), named(path, text, project)));
    return ProjectWriter.write(directory, files);
  }

  /** Build tools leave out files that begin with a dot. */
  private static String targetName(String path) {
    return path.equals("gitignore") ? ".gitignore" : path;
  }

  private static String named(String path, String text, String project) {
    return path.equals(CONFIGURATION) || path.equals("README.md")
        ? text.replace(ProjectWriter.UNNAMED, project)
        : text;
  }
}
