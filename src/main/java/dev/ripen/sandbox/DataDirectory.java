package dev.ripen.sandbox;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of one sandbox, held by one process at a time. A snapshot and its journal carry the
 * same number; the highest number counts, so a crash between writing a snapshot and removing the
 * old files does no harm.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lockChannel;

  private DataDirectory(Path path, FileChannel lockChannel) {
    this.path = path;
    this.lockChannel = lockChannel;
  }

  static DataDirectory open(Path path) {
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new ProblemException(inUse(path));
      }
      DataDirectory directory = new DataDirectory(path, channel);
      if (!Files.exists(directory.statusChanges())) {
        Files.createFile(directory.statusChanges());
      }
      return directory;
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.STATE_NOT_WRITABLE,
              "the sandbox's data directory " + path + " cannot be written: " + e.getMessage(),
              "choose a directory that you may write"),
          e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static Problem inUse(Path path) {
    return Problem.of(
        ErrorCode.STATE_LOCKED,
        "the sandbox's data directory " + path + " is in use by another process",
        "use the sandbox that is already running, stop it, or choose another directory");
  }

  Path path() {
    return path;
  }

  Path statusChanges() {
    return path.resolve("status_changes.jsonl");
  }

  /** Companies, deals, forms and what was submitted; see {@link RecordFile}. */
  Path records() {
    return path.resolve("records.jsonl");
  }

  Path snapshot(int number) {
    return path.resolve("contacts-" + number + ".bin");
  }

  Path journal(int number) {
    return path.resolve("journal-" + number + ".jsonl");
  }

  /** The highest number of a finished snapshot; 0 if there is none. */
  int latest() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.startsWith("contacts-") && name.endsWith(".bin"))
          .map(name -> Integer.parseInt(name.substring(9, name.length() - 4)))
          .max(Comparator.naturalOrder())
          .orElse(0);
    }
  }

  void removeAllBut(int number) throws IOException {
    List<Path> old;
    try (Stream<Path> files = Files.list(path)) {
      old =
          files
              .filter(
                  file -> {
                    String name = String.valueOf(file.getFileName());
                    return name.startsWith("contacts-") || name.startsWith("journal-");
                  })
              .filter(file -> !file.equals(snapshot(number)) && !file.equals(journal(number)))
              .toList();
    }
    for (Path file : old) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
