package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The other definition: a directory, or the project's directory as of a git ref, unpacked to a
 * temporary one. Needs {@code git} for a ref only.
 */
final class DiffSource implements AutoCloseable {
  private final Path directory;
  private final @Nullable Path temporary;

  private DiffSource(Path directory, @Nullable Path temporary) {
    this.directory = directory;
    this.temporary = temporary;
  }

  /**
   * Finds it.
   *
   * @throws ProblemException if it is neither a project nor a ref
   */
  static DiffSource of(String against, Path project) {
    Path given = Path.of(against);
    if (Files.isRegularFile(given.resolve("conf").resolve("scoring.conf"))) {
      return new DiffSource(given.toAbsolutePath().normalize(), null);
    }
    if (Files.isDirectory(given)) {
      throw problem(
          "the directory " + against + " has no conf/scoring.conf",
          "name a ripen project, or a git ref such as main or HEAD~1");
    }
    return unpacked(against, project);
  }

  Path directory() {
    return directory;
  }

  private static DiffSource unpacked(String ref, Path project) {
    if (ref.startsWith("-")) {
      throw problem("`" + ref + "` is no git ref", "name a branch, tag or commit");
    }
    try {
      Path temporary = Files.createTempDirectory("ripen-diff");
      DiffSource source = new DiffSource(temporary, temporary);
      try {
        Path errors = temporary.resolve("git-errors");
        Process git =
            new ProcessBuilder(List.of("git", "archive", "--format=zip", ref, "--", "conf", "sql"))
                .directory(project.toFile())
                .redirectError(errors.toFile())
                .start();
        git.getOutputStream().close();
        unzip(git.getInputStream(), temporary);
        if (git.waitFor() != 0) {
          String said = Files.readString(errors, StandardCharsets.UTF_8).strip();
          throw problem(
              "`" + ref + "` is neither a directory nor a git ref with conf and sql",
              "git says: " + said);
        }
        return source;
      } catch (IOException | InterruptedException | ProblemException e) {
        source.close();
        if (e instanceof InterruptedException) {
          Thread.currentThread().interrupt();
        }
        throw e instanceof ProblemException problem
            ? problem
            : problem("the git ref `" + ref + "` cannot be read", "is git installed? " + e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a temporary directory", e);
    }
  }

  private static void unzip(InputStream archive, Path directory) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(archive)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
          throw new IOException("the archive names a file outside of it: " + entry.getName());
        }
        if (!entry.isDirectory()) {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
      // Else git waits for ever to write the rest.
      archive.readAllBytes();
    }
  }

  private static ProblemException problem(String what, String fix) {
    return new ProblemException(Problem.of(ErrorCode.USAGE_INVALID, what, fix));
  }

  @Override
  public void close() {
    if (temporary != null) {
      new dev.ripen.sync.LocalStateFiles(temporary).delete(".");
    }
  }
}
