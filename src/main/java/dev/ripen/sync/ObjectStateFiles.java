package dev.ripen.sync;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * State files in an object store, which can neither append nor rename: every {@link
 * DurableLog#append} is an object of its own.
 */
public final class ObjectStateFiles implements StateFiles {
  private final ObjectStore store;

  public ObjectStateFiles(ObjectStore store) {
    this.store = store;
  }

  /** Sorts in the order of the numbers. */
  static String logName(int number) {
    return String.format(Locale.ROOT, "%08d.jsonl", number);
  }

  /** One more than the last log has: files that someone deleted leave gaps. */
  static int nextLogNumber(List<String> sortedNames) {
    if (sortedNames.isEmpty()) {
      return 1;
    }
    String last = sortedNames.get(sortedNames.size() - 1);
    return Integer.parseInt(last.substring(0, last.indexOf('.'))) + 1;
  }

  private interface Act<T> {
    T run() throws IOException;
  }

  private <T> T attempt(String path, Act<T> act) {
    try {
      return act.run();
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.STATE_NOT_WRITABLE,
              "the state does not answer: " + store.location() + "/" + path + " (" + e + ")",
              "check state.path in conf/ripen.conf and what the credentials allow"),
          e);
    }
  }

  @Override
  public void write(String path, byte[] content) {
    attempt(
        path,
        () -> {
          try (OutputStream out = store.put(path)) {
            out.write(content);
          }
          return path;
        });
  }

  @Override
  public LineSink writeLines(String path) {
    BufferedWriter writer =
        attempt(
            path,
            () ->
                new BufferedWriter(
                    new OutputStreamWriter(store.put(path), StandardCharsets.UTF_8)));
    return new LineSink() {
      @Override
      public void line(String text) {
        attempt(path, () -> writer.append(text).append('\n'));
      }

      @Override
      public void close() {
        attempt(
            path,
            () -> {
              writer.close();
              return path;
            });
      }
    };
  }

  @Override
  public DurableLog openLog(String directory) {
    return new ObjectLog(directory, nextLogNumber(list(directory)));
  }

  @Override
  public InputStream read(String path) {
    return attempt(path, () -> store.get(path));
  }

  @Override
  public boolean exists(String path) {
    return attempt(path, () -> store.exists(path));
  }

  @Override
  public List<String> list(String directory) {
    return attempt(directory, () -> store.list(directory).stream().sorted().toList());
  }

  @Override
  public void delete(String path) {
    attempt(
        path,
        () -> {
          store.delete(path);
          return path;
        });
  }

  private final class ObjectLog implements DurableLog {
    private final String directory;
    private int next;

    ObjectLog(String directory, int next) {
      this.directory = directory;
      this.next = next;
    }

    @Override
    public void append(byte[] lines) {
      write(directory + "/" + nextName(), lines);
    }

    // Only the name is taken under the lock: batches are stored side by side.
    private synchronized String nextName() {
      return logName(next++);
    }

    @Override
    public void close() {
      // Every object is complete already.
    }
  }
}
