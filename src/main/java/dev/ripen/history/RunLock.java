package dev.ripen.history;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time per state directory. The operating system holds the lock, so it ends with the
 * process, however that ends.
 */
public final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock or says who has it.
   *
   * @throws ProblemException {@code STATE_LOCKED}, {@code STATE_NOT_WRITABLE}
   */
  public static RunLock take(Path stateDirectory) {
    Path file = stateDirectory.resolve("lock");
    try {
      Files.createDirectories(stateDirectory);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new ProblemException(
            Problem.of(
                ErrorCode.STATE_LOCKED,
                "another run holds the lock " + file,
                "wait until it has ended; the lock ends with its process"));
      }
      return new RunLock(channel);
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.STATE_NOT_WRITABLE,
              "cannot write to the state " + stateDirectory + ": " + e.getClass().getSimpleName(),
              "give this user the right to write there, or set state.path in conf/ripen.conf"),
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

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release the lock of the state", e);
    }
  }
}
