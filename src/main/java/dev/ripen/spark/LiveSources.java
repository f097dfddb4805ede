package dev.ripen.spark;

import dev.ripen.config.Project;
import dev.ripen.config.Source;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Opens every source table: compares its columns with {@code conf/schemas}, writes them there where
 * they differ, and asks how old the newest row is. Reads no other rows.
 */
public final class LiveSources {
  private final SparkSession spark;
  private final Project project;
  private final Instant asOf;
  private final Map<String, StructType> known = new TreeMap<>();
  private final Map<String, StructType> changed = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private int tables;

  private LiveSources(SparkSession spark, Project project, Instant asOf) {
    this.spark = spark;
    this.project = project;
    this.asOf = asOf;
  }

  /**
   * What a look at the sources found.
   *
   * @param tables that could be opened
   * @param differences from the committed schemas, one line each
   * @param written schema files that are new or changed, relative to the project
   * @param problems tables that cannot be read, and tables that are stale
   */
  public record Findings(
      int tables, List<String> differences, List<String> written, List<Problem> problems) {
    public Findings {
      differences = List.copyOf(differences);
      written = List.copyOf(written);
      problems = List.copyOf(problems);
    }
  }

  /** Looks at all tables. */
  public static Findings look(SparkSession spark, Project project, Instant asOf) {
    return new LiveSources(spark, project, asOf).look();
  }

  private Findings look() {
    for (String table : OfflineModels.sourceTables(project)) {
      if (Files.isRegularFile(project.directory().resolve(ModelSchemas.path(table)))) {
        try {
          known.putAll(ModelSchemas.load(project.directory(), Set.of(table)));
        } catch (ProblemException e) {
          problems.addAll(e.problems());
        }
      }
    }
    try (Sources sources = new Sources(spark, project, known, Set.of(), CrmTables.empty(spark))) {
      for (Source source : project.sources()) {
        source.tables().forEach(table -> look(sources, source, table));
      }
    }
    ModelSchemas.writeSchemas(project.directory(), changed);
    return new Findings(
        tables, differences, changed.keySet().stream().map(ModelSchemas::path).toList(), problems);
  }

  private void look(Sources sources, Source source, Source.Table table) {
    String name = (source.name() + "." + table.name()).toLowerCase(Locale.ROOT);
    try {
      Dataset<Row> rows = sources.table(List.of(source.name(), table.name()));
      compare(name, rows.schema());
      freshness(name, sources, source, table);
      tables++;
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    } catch (Exception e) {
      problems.addAll(SourceProblems.of(name, e).problems());
    }
  }

  private void compare(String name, StructType actual) {
    StructType committed = known.get(name);
    if (committed == null) {
      changed.put(name, actual);
      differences.add(name + ": new, " + actual.length() + " columns");
      return;
    }
    // SQL does not tell names apart by case, and Snowflake writes them in capitals.
    Map<String, String> before = types(committed);
    Map<String, String> after = types(actual);
    List<String> found = new ArrayList<>();
    before.forEach(
        (column, type) -> {
          String now = after.get(column);
          if (now == null) {
            found.add(name + ": column " + column + " is gone");
          } else if (!now.equals(type)) {
            found.add(name + ": column " + column + " is " + now + ", was " + type);
          }
        });
    after.forEach(
        (column, type) -> {
          if (!before.containsKey(column)) {
            found.add(name + ": column " + column + " " + type + " is new");
          }
        });
    if (!found.isEmpty()) {
      differences.addAll(found);
      changed.put(name, actual);
    }
  }

  private static Map<String, String> types(StructType schema) {
    Map<String, String> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (StructField field : schema.fields()) {
      types.put(field.name(), field.dataType().sql());
    }
    return types;
  }

  private void freshness(String name, Sources sources, Source source, Source.Table table) {
    if (table.loadedAt().isEmpty() || table.staleAfter().isEmpty()) {
      return;
    }
    Duration allowed = table.staleAfter().get();
    Row newest =
        sources
            .largest(source, table, table.loadedAt().get())
            .toDF("newest")
            .selectExpr("unix_micros(CAST(newest AS TIMESTAMP))")
            .head();
    if (newest.isNullAt(0)) {
      problems.add(stale(name + " has no rows, or none with a " + table.loadedAt().get(), allowed));
      return;
    }
    Duration age = Duration.of(ScoreFunction.micros(asOf) - newest.getLong(0), ChronoUnit.MICROS);
    if (age.compareTo(allowed) > 0) {
      problems.add(
          stale(
              name + " is stale: its newest row was loaded " + age.toHours() + " h before as_of",
              allowed));
    }
  }

  private static Problem stale(String what, Duration allowed) {
    return Problem.of(
        ErrorCode.DATA_INVALID,
        what,
        "look at the job that loads it; " + allowed.toHours() + " h are allowed by stale-after");
  }
}
