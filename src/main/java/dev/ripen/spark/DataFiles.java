package dev.ripen.spark;

import io.delta.kernel.data.MapValue;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.VectorUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.delta.files.DelayedCommitProtocol;
import org.apache.spark.sql.delta.files.DeltaFileFormatWriter;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.datasources.FileFormatWriter.OutputSpec;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Writes rows to Parquet files in the directory of a Delta table, as Delta for Spark does: under
 * unique names where they stay, with nothing renamed, appended or listed. Which files count is told
 * by the tasks that Spark takes as done, so those of a failed or doubled attempt never do. They lie
 * there without being part of the table until it is vacuumed.
 */
final class DataFiles {
  /**
   * Columns whose values seldom come again. Parquet would make a dictionary of them in each file,
   * only to find that it is too large: of signals that takes longer than all the rest of writing.
   */
  private static final List<String> SELDOM_AGAIN =
      List.of(
          "lead_id",
          "email",
          "emails",
          "record_id",
          "visitor_id",
          "event_id",
          "occurred_at",
          "created_at",
          "reasons_json",
          "timeline.state",
          "timeline.basis");

  private DataFiles() {}

  /**
   * Runs the query.
   *
   * @param options of Spark's writer
   * @return files with rows, none of them part of the table yet
   */
  static List<AddFile> write(
      SparkSession spark,
      Dataset<Row> rows,
      String location,
      List<String> partitionColumns,
      Map<String, String> options) {
    var session = (org.apache.spark.sql.classic.SparkSession) spark;
    // An execution of its own: one that has run before keeps what was observed then.
    QueryExecution query =
        org.apache.spark.sql.classic.Dataset.ofRows(
                session,
                ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                    .queryExecution()
                    .commandExecuted())
            .queryExecution();
    Configuration hadoop = session.sessionState().newHadoopConf();
    // Spark's writer would not pass them on as options.
    SELDOM_AGAIN.forEach(
        column -> hadoop.setIfUnset("parquet.enable.dictionary#" + column, "false"));
    String directory = qualified(location, hadoop);
    // Delta's own protocol, and its copy of Spark's writer, which tells it the types of partition
    // columns. Spark's data frame writer would choose a protocol by a setting of the session, which
    // two threads share, and could not hand back what that collected.
    DelayedCommitProtocol written =
        new DelayedCommitProtocol("delta", directory, Option.empty(), Option.empty());
    RowsOfFiles filled = new RowsOfFiles();
    Seq<Attribute> columns = query.analyzed().output();
    // Whoever observes rows is told of named executions only.
    SQLExecution.withNewExecutionId(
        query,
        Option.apply("write " + location),
        () ->
            DeltaFileFormatWriter.write(
                session,
                query.executedPlan(),
                new ParquetFileFormat(),
                written,
                new OutputSpec(directory, SqlScala.map(Map.of()), columns),
                hadoop,
                named(columns, partitionColumns),
                Option.empty(),
                SqlScala.seq(List.of(filled)),
                SqlScala.map(options),
                0));
    io.delta.kernel.types.StructType stored =
        DeltaColumns.forKernel(DeltaColumns.stored(rows.schema()));
    return CollectionConverters.asJava(written.addedStatuses()).stream()
        .filter(file -> filled.isIn(file.path()))
        .map(file -> added(file, stored))
        .toList();
  }

  private static String qualified(String location, Configuration hadoop) {
    Path path = new Path(location);
    try {
      return path.getFileSystem(hadoop).makeQualified(path).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open " + location, e);
    }
  }

  private static Seq<Attribute> named(Seq<Attribute> columns, List<String> names) {
    return SqlScala.seq(
        names.stream()
            .flatMap(
                name ->
                    CollectionConverters.asJava(columns).stream()
                        .filter(column -> column.name().equals(name)))
            .toList());
  }

  private static AddFile added(
      org.apache.spark.sql.delta.actions.AddFile file, io.delta.kernel.types.StructType columns) {
    return added(
        columns,
        file.path(),
        VectorUtils.stringStringMapValue(
            new HashMap<>(CollectionConverters.asJava(file.partitionValues()))),
        file.size(),
        file.modificationTime());
  }

  /**
   * Without statistics: they would hold values of people in the log, and nobody reads them.
   *
   * @param path as a log names it
   */
  static AddFile added(
      io.delta.kernel.types.StructType columns,
      String path,
      MapValue partitionValues,
      long size,
      long modificationTime) {
    return new AddFile(
        AddFile.createAddFileRow(
            columns,
            path,
            partitionValues,
            size,
            modificationTime,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }
}
