package dev.ripen.sync;

import java.io.InputStream;
import java.util.List;

/**
 * Plain files under the state path: frozen plans and the outbox. Paths are relative with forward
 * slashes. Implementations need no append and no rename, so that an object store will do. I/O
 * errors are {@link dev.ripen.problem.ProblemException}s ({@code STATE_NOT_WRITABLE}, {@code
 * STATE_DISK_FULL}).
 */
public interface StateFiles {
  /** Writes a whole file; when this returns it is durable. Replaces an older one in one step. */
  void write(String path, byte[] content);

  /** Starts a file of lines, for large content; durable when closed, absent before. */
  LineSink writeLines(String path);

  /** A log that grows: what {@link DurableLog#append} returned from survives a crash. */
  DurableLog openLog(String directory);

  InputStream read(String path);

  boolean exists(String path);

  /** Names of the files directly in a directory, sorted; empty if there is none. */
  List<String> list(String directory);

  /** Deletes a file or a whole directory, if it is there. */
  void delete(String path);

  /** Lines of text to a new file. */
  interface LineSink extends AutoCloseable {
    void line(String text);

    @Override
    void close();
  }

  /** Appends records; thread-safe. */
  interface DurableLog extends AutoCloseable {
    /**
     * Returns when the lines are on disk.
     *
     * @param lines UTF-8, each ended by a line feed
     */
    void append(byte[] lines);

    @Override
    void close();
  }
}
