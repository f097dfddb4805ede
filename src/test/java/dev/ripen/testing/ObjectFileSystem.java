package dev.ripen.testing;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * An object store on this disk, as Hadoop sees one: {@code s3://test/tmp/x} is the directory {@code
 * /tmp/x}. An object appears whole when its stream is closed; there is no append and no rename.
 * Power can be cut: from a chosen write on nothing is stored any more, in this JVM.
 */
public final class ObjectFileSystem extends FileSystem {
  private static final AtomicLong TEMPORARY = new AtomicLong();
  private static volatile Predicate<String> fuse = write -> false;
  private static volatile boolean cut;

  private final RawLocalFileSystem local = new RawLocalFileSystem();
  private URI uri = URI.create("s3://test");

  /** The state path of a directory. */
  public static String pathOf(java.nio.file.Path directory) {
    return "s3://test" + directory.toAbsolutePath();
  }

  /** Cuts the power before the first write ("put PATH" or "delete PATH") that the fuse names. */
  public static void cutBefore(Predicate<String> newFuse) {
    cut = false;
    fuse = newFuse;
  }

  /** Power is back. */
  public static void mend() {
    fuse = write -> false;
    cut = false;
  }

  /** Whether the fuse has blown. */
  public static boolean isCut() {
    return cut;
  }

  private static synchronized void storing(String write) throws IOException {
    cut |= fuse.test(write);
    if (cut) {
      throw new IOException("the power is off: " + write);
    }
  }

  @Override
  public String getScheme() {
    return "s3";
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    uri = URI.create("s3://" + name.getAuthority());
    local.initialize(URI.create("file:///"), configuration);
  }

  private static Path onDisk(Path path) {
    return new Path("file", null, path.toUri().getPath());
  }

  private static java.nio.file.Path file(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return local.open(onDisk(path), bufferSize);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (!overwrite && Files.exists(file(path))) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return new FSDataOutputStream(new ObjectStream(path), null);
  }

  /** Bytes that become an object when they are complete. */
  private static final class ObjectStream extends ByteArrayOutputStream {
    private final Path path;
    private boolean closed;

    ObjectStream(Path path) {
      this.path = path;
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      storing("put " + path.toUri().getPath());
      java.nio.file.Path target = file(path);
      Files.createDirectories(target.getParent());
      java.nio.file.Path part =
          target.resolveSibling(
              ".part-" + ProcessHandle.current().pid() + "-" + TEMPORARY.incrementAndGet());
      Files.write(part, toByteArray());
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
    throw new UnsupportedOperationException("an object store cannot append: " + path);
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException("an object store cannot rename: " + from);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    storing("delete " + path.toUri().getPath());
    return local.delete(onDisk(path), recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] found = local.listStatus(onDisk(path));
    return java.util.Arrays.stream(found)
        .filter(status -> !status.getPath().getName().startsWith(".part-"))
        .map(this::inStore)
        .toArray(FileStatus[]::new);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    if (!Files.exists(file(path))) {
      throw new FileNotFoundException(path.toString());
    }
    return inStore(local.getFileStatus(onDisk(path)));
  }

  private FileStatus inStore(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        1,
        status.getBlockSize(),
        status.getModificationTime(),
        new Path(uri + status.getPath().toUri().getPath()));
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) {
    // Directories are only prefixes of names.
    return true;
  }

  @Override
  public void setWorkingDirectory(Path path) {
    // There is none.
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri + "/");
  }
}
