package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sync.ObjectStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/**
 * Plain files of a state that does not lie on this machine, through Hadoop's file systems (s3a, gs,
 * abfss, hdfs). The connectors come from the cluster.
 */
public final class RemoteState implements ObjectStore {
  private final FileSystem files;
  private final Path root;

  private RemoteState(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  /** The directory of a state on this machine; empty for any scheme but {@code file}. */
  public static Optional<java.nio.file.Path> localPath(String statePath) {
    if (!statePath.contains(":/")) {
      return Optional.of(java.nio.file.Path.of(statePath));
    }
    URI uri = URI.create(statePath);
    return "file".equals(uri.getScheme())
        ? Optional.of(java.nio.file.Path.of(uri.getPath()))
        : Optional.empty();
  }

  public static RemoteState open(SparkSession spark, String statePath) {
    return open(spark.sparkContext().hadoopConfiguration(), statePath);
  }

  /**
   * Settings of Hadoop, as a session of Spark would have them.
   *
   * @param settings of the project, {@code spark.*}
   */
  static Configuration hadoop(Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(conf::set);
    return SparkHadoopUtil.get().newConfiguration(conf);
  }

  /** Without a session of Spark. */
  public static RemoteState open(Configuration hadoop, String statePath) {
    Path root = new Path(statePath);
    try {
      return new RemoteState(root.getFileSystem(hadoop), root);
    } catch (IOException e) {
      throw unavailable(statePath, e);
    }
  }

  static ProblemException unavailable(String statePath, IOException cause) {
    return new ProblemException(
        Problem.of(
            ErrorCode.STATE_NOT_WRITABLE,
            "the state cannot be opened: " + statePath + " (" + cause + ")",
            "check state.path in conf/ripen.conf, and that lib/ext has the connector of its"
                + " store"),
        cause);
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public OutputStream put(String key) throws IOException {
    return files.create(new Path(root, key), true);
  }

  @Override
  public InputStream get(String key) throws IOException {
    return files.open(new Path(root, key));
  }

  @Override
  public boolean exists(String key) throws IOException {
    return files.exists(new Path(root, key));
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    try {
      FileStatus[] found = files.listStatus(new Path(root, prefix));
      return Arrays.stream(found).map(status -> status.getPath().getName()).sorted().toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  @Override
  public void delete(String key) throws IOException {
    files.delete(new Path(root, key), true);
  }
}
