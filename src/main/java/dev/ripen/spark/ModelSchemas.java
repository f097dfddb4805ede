package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.SqlPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of source tables as files: {@code conf/schemas/<source>.<table>.ddl}, one {@code name
 * TYPE} a line, comments after two dashes. With them models are analysed without a warehouse.
 */
public final class ModelSchemas {
  private static final Pattern COMMENT = Pattern.compile("\\s*--.*$");
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_]\\w*");
  private static final String FIX = "Run: ripen check --live (it writes conf/schemas)";

  private ModelSchemas() {}

  /**
   * Reads the schemas of all source tables.
   *
   * @param sourceTables names with a dot
   * @return by the names as given
   * @throws ProblemException with every missing file and every bad line
   */
  public static Map<String, StructType> load(Path project, Set<String> sourceTables) {
    List<Problem> problems = new ArrayList<>();
    Map<String, StructType> schemas = new TreeMap<>();
    for (String table : new TreeSet<>(sourceTables)) {
      Path file = project.resolve(path(table));
      if (Files.isRegularFile(file)) {
        schemas.put(table, parse(path(table), text(file), problems));
      } else {
        problems.add(missing(project, table));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return schemas;
  }

  /** Writes one file per table, over what is there; columns in their order. */
  public static void writeSchemas(Path project, Map<String, StructType> schemas) {
    try {
      Files.createDirectories(project.resolve("conf/schemas"));
      for (Map.Entry<String, StructType> entry : schemas.entrySet()) {
        Files.writeString(project.resolve(path(entry.getKey())), ddl(entry.getValue()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One {@code name TYPE} a line. */
  static String ddl(StructType schema) {
    return Stream.of(schema.fields())
        .map(field -> quoted(field.name()) + " " + field.dataType().sql() + "\n")
        .collect(Collectors.joining());
  }

  static String path(String table) {
    return "conf/schemas/" + table + ".ddl";
  }

  private static String quoted(String name) {
    return PLAIN_NAME.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
  }

  private static StructType parse(String path, String text, List<Problem> problems) {
    List<StructField> fields = new ArrayList<>();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = COMMENT.matcher(lines.get(i)).replaceFirst("").strip().replaceFirst(",$", "");
      if (line.isEmpty()) {
        continue;
      }
      Optional<StructField> field = column(line);
      if (field.isPresent()) {
        fields.add(field.get());
      } else {
        problems.add(
            Problem.at(
                SqlPlace.of(path, text, i + 1, 1),
                ErrorCode.SOURCE_INVALID,
                path + " has a line that is not `name TYPE`: " + line,
                "Write a column and its Spark SQL type, for example: created_at TIMESTAMP"));
      }
    }
    return new StructType(fields.toArray(StructField[]::new));
  }

  private static Optional<StructField> column(String line) {
    try {
      StructType schema = CatalystSqlParser$.MODULE$.parseTableSchema(line);
      return schema.length() == 1 ? Optional.of(schema.fields()[0]) : Optional.empty();
    } catch (Exception e) {
      // Scala declares nothing, so the compiler does not know that ParseException is thrown here.
      if (e instanceof ParseException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Problem missing(Path project, String table) {
    String guess =
        NearestName.of(table, present(project))
            .map(near -> "Is it " + path(near) + "? Rename that file. Or run")
            .orElse("Run");
    return Problem.at(
        SourceSpan.ofFile(path(table)),
        ErrorCode.SOURCE_INVALID,
        "the columns of " + table + " are not known: " + path(table) + " is missing",
        FIX.replaceFirst("^Run", guess));
  }

  private static List<String> present(Path project) {
    Path directory = project.resolve("conf/schemas");
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".ddl"))
          .map(name -> name.substring(0, name.length() - ".ddl".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
