package dev.ripen.spark;

import io.delta.kernel.Snapshot;
import io.delta.kernel.utils.FileStatus;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.FileStatusCache;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.InMemoryFileIndex;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;

/**
 * A version of a Delta table as Spark reads it: the Parquet files that its log names. Neither is a
 * directory listed nor a job started before the first row is asked for.
 */
final class DeltaDataset {
  private DeltaDataset() {}

  static Dataset<Row> of(SparkSession spark, DeltaLogs logs, Snapshot snapshot) {
    return of(spark, snapshot, logs.files(snapshot));
  }

  /**
   * Some of the files of a version.
   *
   * @param files with whole paths
   */
  static Dataset<Row> of(SparkSession spark, Snapshot snapshot, List<FileStatus> files) {
    StructType schema = DeltaColumns.parse(snapshot.getMetadata().getSchemaString());
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), schema);
    }
    Known known = new Known(files);
    InMemoryFileIndex index =
        new InMemoryFileIndex(
            spark,
            SqlScala.seq(known.paths()),
            SqlScala.map(Map.of("basePath", snapshot.getPath())),
            Option.apply(schema),
            known,
            Option.empty(),
            Option.empty());
    HadoopFsRelation relation =
        new HadoopFsRelation(
            index,
            index.partitionSchema(),
            without(schema, Set.copyOf(snapshot.getPartitionColumnNames())),
            Option.empty(),
            new ParquetFileFormat(),
            SqlScala.map(new HashMap<>()),
            spark);
    // Columns of partitions come last otherwise.
    return spark
        .baseRelationToDataFrame(relation)
        .select(
            Arrays.stream(schema.fieldNames())
                .map(name -> functions.col("`" + name + "`"))
                .toArray(Column[]::new));
  }

  private static StructType without(StructType schema, Set<String> columns) {
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(field -> !columns.contains(field.name()))
            .toArray(StructField[]::new));
  }

  /** Answers Spark's question for the files of each path: it is that file. */
  private static final class Known extends FileStatusCache {
    private final Map<Path, org.apache.hadoop.fs.FileStatus> files = new LinkedHashMap<>();

    Known(List<FileStatus> named) {
      for (FileStatus file : named) {
        Path path = new Path(file.getPath());
        files.put(
            path,
            new org.apache.hadoop.fs.FileStatus(
                file.getSize(), false, 1, 0, file.getModificationTime(), path));
      }
    }

    List<Path> paths() {
      return List.copyOf(files.keySet());
    }

    @Override
    public Option<org.apache.hadoop.fs.FileStatus[]> getLeafFiles(Path path) {
      org.apache.hadoop.fs.FileStatus file = files.get(path);
      return file == null
          ? Option.empty()
          : Option.apply(new org.apache.hadoop.fs.FileStatus[] {file});
    }

    @Override
    public void putLeafFiles(Path path, org.apache.hadoop.fs.FileStatus[] leafFiles) {
      // What the log says does not change.
    }

    @Override
    public void invalidateAll() {
      // What the log says does not change.
    }
  }
}
