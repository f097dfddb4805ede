package dev.ripen.spark;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.ripen.config.Project;
import dev.ripen.config.Source;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import dev.ripen.sqlmodel.SqlText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What the results of a run depend on, apart from its instant: the program, the settings, the
 * definition, the models, and the names, sizes and times of the sources' files or the marks of its
 * tables. Looks at no file's content.
 */
public final class RunInputs {
  private static final Set<String> FILES = Set.of("parquet", "csv", "json", "orc", "avro", "text");

  /** Two versions of a file may have the same time, where a store counts in seconds. */
  private static final Duration TOO_FRESH = Duration.ofSeconds(2);

  /** The one place where a model may use the instant: what it does with it is known. */
  private static final Pattern SCORED =
      Pattern.compile("score_timeline *\\([^(),]*,[^(),]*, *:as_of *\\)", Pattern.CASE_INSENSITIVE);

  /** What gives something else at another time, or each time. */
  private static final Pattern CHANGES_BY_ITSELF =
      Pattern.compile(
          ":as_of\\b"
              + "|\\b(current_(date|time|timestamp|timezone|user|catalog|database|schema)"
              + "|localtimestamp|session_user)\\b"
              + "|\\b(now|curdate|rand|randn|random|randstr|uniform|uuid|shuffle|user|version"
              + "|monotonically_increasing_id|spark_partition_id|input_file_\\w+) *\\("
              + "|\\bunix_timestamp *\\( *\\)",
          Pattern.CASE_INSENSITIVE);

  private RunInputs() {}

  /**
   * A digest, which is another one if any of that is.
   *
   * @param program names the build that runs
   * @param settings those that decide over results
   * @param now of the clock that dates files
   * @param marks of tables of databases
   * @return empty where it cannot be told: a source is a CRM or a table without marks, a model
   *     looks at the clock, or a file has just been written
   */
  public static Optional<String> digest(
      Project project,
      ModelGraph graph,
      String program,
      String settings,
      Instant now,
      TableMarks marks) {
    String definition = project.definition().text();
    boolean moves =
        changesByItself(definition)
            || graph.inOrder().stream().anyMatch(RunInputs::changesByItself);
    if (moves) {
      return Optional.empty();
    }
    Map<String, StructType> schemas =
        ModelSchemas.load(project.directory(), OfflineModels.sourceTables(project));
    Look look = new Look(project, now, marks);
    Stream.of(program, settings, definition).forEach(look::line);
    for (SqlModel model : graph.inOrder()) {
      look.line(model.path());
      look.line(model.text());
    }
    for (String table : sourceTables(graph)) {
      look.line(table);
      look.line(schemas.containsKey(table) ? ModelSchemas.ddl(schemas.get(table)) : "");
      if (!look.at(table)) {
        return Optional.empty();
      }
    }
    return Optional.of(look.digest());
  }

  /** Checks stand in comments. */
  private static boolean changesByItself(SqlModel model) {
    return changesByItself(SqlText.withoutComments(model.text()))
        || model.checks().stream().anyMatch(check -> changesByItself(check.failing()));
  }

  static boolean changesByItself(String text) {
    return CHANGES_BY_ITSELF.matcher(SCORED.matcher(text).replaceAll("scored")).find();
  }

  private static Set<String> sourceTables(ModelGraph graph) {
    Set<String> tables = new TreeSet<>();
    graph.inOrder().forEach(model -> tables.addAll(model.sourceTables()));
    return tables;
  }

  /** One look at all files. */
  private static final class Look {
    private final Project project;
    private final Configuration hadoop;
    private final long tooFresh;
    private final TableMarks marks;
    private final Hasher hasher = Hashing.sha256().newHasher();

    Look(Project project, Instant now, TableMarks marks) {
      this.marks = marks;
      this.project = project;
      this.hadoop = RemoteState.hadoop(project.sparkSettings());
      this.tooFresh = now.minus(TOO_FRESH).toEpochMilli();
    }

    /** Texts are counted, so that no two can pass for another two. */
    void line(String text) {
      hasher.putInt(text.length()).putString(text, StandardCharsets.UTF_8);
    }

    String digest() {
      return hasher.hash().toString();
    }

    /** Whether the files of a source's table could all be told. */
    boolean at(String name) {
      for (Source source : project.sources()) {
        for (Source.Table table : source.tables()) {
          if (name.equals((source.name() + "." + table.name()).toLowerCase(Locale.ROOT))) {
            Optional<String> mark = marks.of(source, table);
            mark.ifPresent(this::line);
            return mark.isPresent() || at(paths(source, table));
          }
        }
      }
      return false;
    }

    private static List<String> paths(Source source, Source.Table table) {
      return switch (source.format()) {
        case "duckdb" ->
            Stream.ofNullable(source.options().get("path"))
                .flatMap(path -> Stream.of(path, path + ".wal"))
                .toList();
        // Its log names all files.
        case "delta" -> table.path().map(path -> path + "/_delta_log").stream().toList();
        default -> FILES.contains(source.format()) ? table.path().stream().toList() : List.of();
      };
    }

    private boolean at(List<String> paths) {
      try {
        for (String path : paths) {
          if (!at(new Path(path))) {
            return false;
          }
        }
        return !paths.isEmpty();
      } catch (IOException | RuntimeException e) {
        // Connectors throw what they like. Whoever reads the table will say what is wrong with it.
        return false;
      }
    }

    private boolean at(Path path) throws IOException {
      FileSystem system = path.getFileSystem(hadoop);
      FileStatus @Nullable [] found = system.globStatus(path);
      line(path.toString());
      if (found == null) {
        return true;
      }
      List<FileStatus> all = new ArrayList<>();
      for (FileStatus status : found) {
        RemoteIterator<LocatedFileStatus> below = system.listFiles(status.getPath(), true);
        while (below.hasNext()) {
          all.add(below.next());
        }
      }
      all.sort(Comparator.comparing(FileStatus::getPath));
      for (FileStatus file : all) {
        line(file.getPath().toString());
        hasher.putLong(file.getLen()).putLong(file.getModificationTime());
      }
      return all.stream().noneMatch(file -> file.getModificationTime() > tooFresh);
    }
  }
}
