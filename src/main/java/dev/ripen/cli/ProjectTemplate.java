package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Projects to start from: files below {@code dev/ripen/template} in the class path. */
enum ProjectTemplate {
  /** Points, decay, levels. */
  DEFAULT,
  /** A count of events and a threshold. */
  SIMPLE;

  /** In every template, so that its place tells where the others are. */
  private static final String ANCHOR = "conf/ripen.conf";

  /** What a template's configuration has where the project's name goes. */
  private static final String NAME = "my-project";

  /**
   * Writes all files.
   *
   * @return their names, relative and sorted
   * @throws ProblemException {@code USAGE_INVALID} if there is something already
   */
  List<String> write(Path directory) {
    requireEmpty(directory);
    String anchor = "/dev/ripen/template/" + name().toLowerCase(Locale.ROOT) + "/" + ANCHOR;
    URL url = ProjectTemplate.class.getResource(anchor);
    if (url == null) {
      throw new IllegalStateException("the build lacks " + anchor);
    }
    try {
      URI uri = url.toURI();
      if (!uri.getScheme().equals("jar")) {
        return copy(rootOf(Path.of(uri)), directory);
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return copy(rootOf(jar.getPath(anchor)), directory);
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "cannot write to " + directory + ": " + e.getMessage(),
              "name a directory that this user may write to"),
          e);
    }
  }

  private static Path rootOf(Path anchor) {
    return anchor.resolve("../..").normalize();
  }

  /** A repository without files is as good as empty. */
  private static void requireEmpty(Path directory) {
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

  private static List<String> copy(Path root, Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      String name = targetName(root.relativize(file).toString().replace('\\', '/'));
      Path target = directory.resolve(name);
      Path parent = target.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(target, text(name, file, directory));
      names.add(name);
    }
    return names.stream().sorted().toList();
  }

  /** Build tools leave out files that begin with a dot. */
  private static String targetName(String name) {
    return name.equals("gitignore") ? ".gitignore" : name;
  }

  private static String text(String name, Path file, Path directory) throws IOException {
    String text = Files.readString(file);
    return name.equals(ANCHOR) || name.equals("README.md")
        ? text.replace(NAME, projectName(directory))
        : text;
  }

  private static String projectName(Path directory) {
    Path last = directory.getFileName();
    String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
    String plain = name.replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
    return plain.isEmpty() ? NAME : plain;
  }
}
