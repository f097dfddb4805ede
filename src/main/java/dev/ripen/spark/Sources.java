package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import dev.ripen.config.Project;
import dev.ripen.config.Source;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The project's source tables as Spark datasets, opened when first asked for. Reads only; secrets
 * stay inside the readers' options and in no message.
 */
public final class Sources implements AutoCloseable {
  private final SparkSession spark;
  private final Map<String, Source> byName = new HashMap<>();
  private final Map<String, StructType> schemas;
  private final Map<String, Dataset<Row>> opened = new HashMap<>();
  private final Set<String> cached;
  private final CrmTables crms;
  private final List<Dataset<Row>> persisted = new ArrayList<>();
  private final Map<BaseRelation, JdbcTable> ofDatabases =
      Collections.synchronizedMap(new IdentityHashMap<>());

  /**
   * @param schemas known columns by {@code source.table}; formats without a schema of their own
   *     (csv, json) are read with them
   * @param shared tables that a run reads more than once: kept after the first reading
   * @param crms where the tables are that a run has read through an API
   */
  public Sources(
      SparkSession spark,
      Project project,
      Map<String, StructType> schemas,
      Collection<String> shared,
      CrmTables crms) {
    this(spark, project.sources(), schemas, shared, crms);
  }

  Sources(
      SparkSession spark,
      List<Source> all,
      Map<String, StructType> schemas,
      Collection<String> shared,
      CrmTables crms) {
    this.spark = spark;
    this.crms = crms;
    all.forEach(source -> byName.put(source.name(), source));
    this.schemas = Map.copyOf(schemas);
    this.cached = new HashSet<>(shared);
    JdbcReader.registerDialects();
  }

  /**
   * A table by {@code [source, table]}.
   *
   * @throws ProblemException {@code SOURCE_UNAVAILABLE}, {@code SOURCE_LOCKED}, {@code
   *     SOURCE_INVALID}
   */
  public Dataset<Row> table(List<String> parts) {
    String name = String.join(".", parts).toLowerCase(Locale.ROOT);
    Dataset<Row> known = opened.get(name);
    if (known != null) {
      return known;
    }
    Source source = byName.get(parts.get(0));
    Source.Table table =
        source == null
            ? null
            : source.tables().stream()
                .filter(t -> t.name().equalsIgnoreCase(parts.get(1)))
                .findFirst()
                .orElse(null);
    if (source == null || table == null) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.SQL_TABLE_NOT_FOUND,
              "no source table is called " + name,
              "add it to sources in conf/ripen.conf"));
    }
    Dataset<Row> dataset;
    try {
      dataset = open(source, table, name);
    } catch (ProblemException e) {
      throw e;
    } catch (Exception e) {
      throw SourceProblems.of(name, e);
    }
    if (cached.contains(name)) {
      dataset = dataset.persist(StorageLevel.MEMORY_AND_DISK());
      persisted.add(dataset);
    }
    opened.put(name, dataset);
    return dataset;
  }

  /** One row with the largest value of a column; a database is asked for that one value only. */
  Dataset<Row> largest(Source source, Source.Table table, String column) {
    // Selecting says what is wrong if there is no such column.
    Dataset<Row> values = table(List.of(source.name(), table.name())).select(col(column));
    return switch (source.format()) {
      case "duckdb", "postgresql", "snowflake", "jdbc" ->
          JdbcReader.largest(spark, JdbcTable.of(source, table), column);
      default -> values.toDF("value").agg(max(col("value")));
    };
  }

  private Dataset<Row> open(Source source, Source.Table table, String name) {
    if (source.isCrm()) {
      return crms.of(source, table);
    }
    Map<String, String> options = new HashMap<>(source.options());
    options.putAll(table.options());
    return switch (source.format()) {
      case "duckdb", "postgresql", "snowflake", "jdbc" -> read(JdbcTable.of(source, table));
      case "table" -> spark.table(table.table().orElse(table.name()));
      default -> files(source.format(), table, name, options);
    };
  }

  private Dataset<Row> read(JdbcTable table) {
    Dataset<Row> rows = JdbcReader.read(spark, table);
    if (SqlPlans.analyzed(rows) instanceof LogicalRelation relation) {
      ofDatabases.put(relation.relation(), table);
    }
    return rows;
  }

  /** The table of a database that Spark reads as this relation. */
  Optional<JdbcTable> databaseTable(BaseRelation relation) {
    return Optional.ofNullable(ofDatabases.get(relation));
  }

  private Dataset<Row> files(
      String format, Source.Table table, String name, Map<String, String> options) {
    String path =
        table
            .path()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            ErrorCode.CONFIG_MISSING_KEY,
                            "the table " + name + " has no path",
                            "add path = \"…\" to it in conf/ripen.conf")));
    var reader = spark.read().format(format).options(options);
    StructType schema = schemas.get(name);
    if (schema != null && (format.equals("csv") || format.equals("json"))) {
      reader = reader.schema(schema);
    }
    return reader.load(path);
  }

  @Override
  public void close() {
    persisted.forEach(dataset -> dataset.unpersist(false));
    persisted.clear();
    opened.clear();
  }
}
