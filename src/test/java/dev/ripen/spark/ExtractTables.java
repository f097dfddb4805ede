package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Tables of real extracts, with the columns that an adapter's schema names. They are not part of
 * this repository: they lie beside the checkout, or where the property {@code ripen.shared} says.
 */
final class ExtractTables {
  private final SparkSession spark;
  private final Path directory;

  private ExtractTables(SparkSession spark, Path directory) {
    this.spark = spark;
    this.directory = directory;
  }

  /** Skips the test, visibly, where the extract is not. */
  static ExtractTables of(SparkSession spark, String tool) {
    String base = System.getProperty("basedir", "");
    Path shared =
        Path.of(System.getProperty("ripen.shared", Path.of(base, "..", "shared").toString()));
    Path directory = shared.resolve("data/warehouse_extracts").resolve(tool);
    if (!Files.isDirectory(directory)) {
      String message = "the real extract is not here: " + directory.toAbsolutePath().normalize();
      assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
      abort(message);
    }
    return new ExtractTables(spark, directory);
  }

  /**
   * Reads tables.
   *
   * @param files the file of each table that the extract has; the others are empty
   * @param schemas columns by table; a column that a file lacks is null
   */
  Map<String, Dataset<Row>> read(Map<String, String> files, Map<String, StructType> schemas) {
    assertThat(schemas.keySet()).containsAll(files.keySet());
    Map<String, Dataset<Row>> tables = new TreeMap<>();
    schemas.forEach(
        (table, schema) ->
            tables.put(
                table,
                files.containsKey(table)
                    ? rows(files.get(table), schema)
                    : ModelAnalyzer.empty(spark, schema)));
    return tables;
  }

  private Dataset<Row> rows(String file, StructType schema) {
    Dataset<Row> texts =
        spark.read().option("header", true).csv(directory.resolve(file).toString());
    Set<String> present = Set.of(texts.columns());
    Column[] columns =
        Arrays.stream(schema.fields())
            .map(field -> column(field, present).as(field.name()))
            .toArray(Column[]::new);
    return texts.select(columns);
  }

  private static Column column(StructField field, Set<String> present) {
    return present.contains(field.name())
        ? col(field.name()).try_cast(field.dataType())
        : lit(null).cast(field.dataType());
  }
}
