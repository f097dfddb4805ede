package dev.ripen.sync;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.BufferedWriter;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * State files in a local directory. A file is written beside its place, forced to the disk and
 * moved there in one step; a log is a file that is appended to and forced. Every log that is opened
 * gets a file of its own, so that what a crash tore stays the end of its file.
 */
public final class LocalStateFiles implements StateFiles {
  private static final String TEMPORARY = ".tmp";

  private final Path root;

  /** The directory is created when something is written. */
  public LocalStateFiles(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  public void write(String path, byte[] content) {
    try (LineFile file = new LineFile(resolve(path))) {
      file.bytes(content);
    }
  }

  @Override
  public LineSink writeLines(String path) {
    return new LineFile(resolve(path));
  }

  @Override
  public DurableLog openLog(String directory) {
    Path folder = resolve(directory);
    int number = ObjectStateFiles.nextLogNumber(list(directory));
    Path file = folder.resolve(ObjectStateFiles.logName(number));
    try {
      Deque<Path> missing = missing(folder);
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new LocalLog(
          file,
          channel,
          () -> {
            forceParents(missing);
            forceDirectory(folder);
          });
    } catch (IOException e) {
      throw notWritable(file, e);
    }
  }

  @Override
  public InputStream read(String path) {
    Path file = resolve(path);
    try {
      // Not a channel: an interrupt (Ctrl-C) would close it in the middle of a plan.
      return new FileInputStream(file.toFile());
    } catch (IOException e) {
      throw notReadable(file, e);
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(resolve(path));
  }

  @Override
  public List<String> list(String directory) {
    Path folder = resolve(directory);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(TEMPORARY))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw notReadable(folder, e);
    }
  }

  @Override
  public void delete(String path) {
    Path start = resolve(path);
    if (!Files.exists(start)) {
      return;
    }
    try {
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
              Files.delete(directory);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw notWritable(start, e);
    }
  }

  private Path resolve(String path) {
    Path resolved = root.resolve(path).normalize();
    if (!resolved.startsWith(root)) {
      throw new IllegalArgumentException("a state path must stay below the state: " + path);
    }
    return resolved;
  }

  private static void createDirectories(Path folder) throws IOException {
    Deque<Path> missing = missing(folder);
    Files.createDirectories(folder);
    forceParents(missing);
  }

  /** Directories that must be made, the outermost first. */
  private static Deque<Path> missing(Path folder) {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) {
      missing.push(at);
    }
    return missing;
  }

  private static void forceParents(Iterable<Path> created) throws IOException {
    for (Path directory : created) {
      forceDirectory(directory.getParent());
    }
  }

  private static void forceDirectory(Path directory) throws IOException {
    // A rename is durable only when its directory is. Windows cannot open one: there it is.
    if (System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static ProblemException notWritable(Path file, IOException cause) {
    String reason = String.valueOf(cause.getMessage());
    boolean full = reason.contains("No space left") || reason.contains("quota exceeded");
    Problem problem =
        full
            ? Problem.of(
                ErrorCode.STATE_DISK_FULL,
                "the disk of the state is full: " + file,
                "make room and run again: what was acknowledged is kept")
            : Problem.of(
                ErrorCode.STATE_NOT_WRITABLE,
                "the state cannot be written: " + file + " (" + cause + ")",
                "check that the user who runs ripen may write there, or change state.path in"
                    + " conf/ripen.conf");
    return new ProblemException(problem, cause);
  }

  private static ProblemException notReadable(Path file, IOException cause) {
    return new ProblemException(
        Problem.of(
            ErrorCode.STATE_NOT_WRITABLE,
            "the state cannot be read: " + file + " (" + cause + ")",
            "check that the file is there and that the user who runs ripen may read it"),
        cause);
  }

  /** A file that appears whole when it is closed. */
  private static final class LineFile implements LineSink {
    private final Path target;
    private final Path temporary;
    private final FileOutputStream out;
    private final BufferedWriter writer;
    private boolean closed;

    LineFile(Path target) {
      this.target = target;
      this.temporary = target.resolveSibling(target.getFileName() + TEMPORARY);
      try {
        createDirectories(target.getParent());
        this.out = new FileOutputStream(temporary.toFile());
      } catch (IOException e) {
        throw notWritable(target, e);
      }
      this.writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    void bytes(byte[] content) {
      try {
        out.write(content);
      } catch (IOException e) {
        throw notWritable(target, e);
      }
    }

    @Override
    public void line(String text) {
      try {
        writer.write(text);
        writer.write('\n');
      } catch (IOException e) {
        throw notWritable(target, e);
      }
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      try {
        try (writer) {
          writer.flush();
          out.getFD().sync();
        }
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceDirectory(target.getParent());
      } catch (IOException e) {
        throw notWritable(target, e);
      }
    }
  }
}
