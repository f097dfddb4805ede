package dev.ripen.spark;

import dev.ripen.history.LockStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options.CreateFileOptionKeys;
import org.apache.hadoop.fs.Path;

/** The folder {@code lock} of a state that does not lie on this machine. Needs no session. */
public final class RemoteLockStore implements LockStore {
  // Their create without overwrite is one conditional request, or one call to the name node.
  private static final Set<String> IN_ONE_STEP = Set.of("hdfs", "webhdfs", "gs", "abfs", "abfss");

  private final FileSystem files;
  private final Path folder;
  private final boolean conditional;

  private RemoteLockStore(FileSystem files, Path folder) throws IOException {
    this.files = files;
    this.folder = folder;
    this.conditional =
        files.hasPathCapability(
            folder, CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE);
  }

  /**
   * The lock of a state.
   *
   * @param settings of the project, {@code spark.*}: those of Hadoop are among them
   * @throws dev.ripen.problem.ProblemException {@code STATE_NOT_WRITABLE}
   */
  public static RemoteLockStore open(String statePath, Map<String, String> settings) {
    return open(statePath, RemoteState.hadoop(settings));
  }

  static RemoteLockStore open(String statePath, Configuration hadoop) {
    Path folder = new Path(statePath, "lock");
    try {
      return new RemoteLockStore(folder.getFileSystem(hadoop), folder);
    } catch (IOException e) {
      throw RemoteState.unavailable(statePath, e);
    }
  }

  @Override
  public boolean create(String name, String text) throws IOException {
    FSDataOutputStreamBuilder<?, ?> builder =
        files.createFile(at(name)).recursive().overwrite(false);
    if (conditional) {
      builder.must(CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
    }
    try (OutputStream out = builder.build()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      // A store that refuses only at the end says so in its own words; or the answer got lost.
      if (!files.exists(at(name))) {
        throw e;
      }
      return read(name).equals(text);
    }
    return true;
  }

  @Override
  public boolean createsInOneStep() {
    return conditional || IN_ONE_STEP.contains(files.getScheme());
  }

  @Override
  public void replace(String name, String text) throws IOException {
    try (OutputStream out = files.create(at(name), true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public String read(String name) throws IOException {
    try (InputStream in = files.open(at(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public List<String> names() throws IOException {
    try {
      return Arrays.stream(files.listStatus(folder))
          .map(status -> status.getPath().getName())
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    files.delete(at(name), false);
  }

  @Override
  public String location() {
    return folder.toString();
  }

  private Path at(String name) {
    return new Path(folder, name);
  }
}
