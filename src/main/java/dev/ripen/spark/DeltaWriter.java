package dev.ripen.spark;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.delta.kernel.Operation;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.Transaction;
import io.delta.kernel.TransactionCommitResult;
import io.delta.kernel.expressions.Column;
import io.delta.kernel.hook.PostCommitHook;
import io.delta.kernel.hook.PostCommitHook.PostCommitHookType;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.actions.SingleAction;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.transaction.DataLayoutSpec;
import io.delta.kernel.utils.CloseableIterable;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Delta tables: Spark writes the files, Delta Kernel commits them in the caller's thread.
 * Delta for Spark works out a table's state with jobs of Spark around each commit, which takes
 * longer than to write a small table. Each method says false, with nothing done, of what takes
 * Delta for Spark. A writer of the same table at the same time fails; different tables can be
 * written by several threads.
 */
final class DeltaWriter {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaWriter.class);
  private static final String ENGINE = "ripen";

  /** Of a table whose rows are updated: some ten megabytes. */
  private static final Map<String, String> SMALL_FILES = Map.of("maxRecordsPerFile", "200000");

  /** Upkeep removes old entries of the logs, as far as the state's retention allows. */
  private static final Map<String, String> PROPERTIES =
      Map.of("delta.enableExpiredLogCleanup", "false");

  private final SparkSession spark;
  private final DeltaLogs logs;

  DeltaWriter(SparkSession spark, DeltaLogs logs) {
    this.spark = spark;
    this.logs = logs;
  }

  /** Replaces a whole table, its columns and its partitioning; makes it if there is none. */
  boolean overwrite(String location, Dataset<Row> rows, List<String> partitionColumns) {
    StructType columns = DeltaColumns.stored(rows.schema());
    Optional<Snapshot> before = logs.newest(location);
    if (!DeltaColumns.arePlain(columns) || before.filter(table -> !isPlain(table)).isPresent()) {
      return false;
    }
    if (before.isEmpty()) {
      commit(
          create(location, columns, partitionColumns),
          List.of(),
          written(location, rows, partitionColumns));
      return true;
    }
    Snapshot table = before.get();
    boolean same = isLaidOutAs(table, columns, partitionColumns);
    // A transaction that replaces a table removes its files by itself.
    commit(
        same ? update(table) : replace(table, columns, partitionColumns),
        same ? logs.added(table) : List.of(),
        written(location, rows, partitionColumns));
    return true;
  }

  /** Adds rows; makes the table if there is none. */
  boolean append(String location, Dataset<Row> rows) {
    Optional<Snapshot> before = logs.newest(location);
    if (before.isEmpty()) {
      return overwrite(location, rows, List.of());
    }
    Snapshot table = before.get();
    if (!takes(table, rows)) {
      return false;
    }
    commit(update(table), List.of(), written(location, rows, table.getPartitionColumnNames()));
    return true;
  }

  /**
   * Replaces the rows of some days in a table that is partitioned by them; makes it if there is
   * none.
   *
   * @param rows of these days only
   */
  boolean replaceDays(String location, Dataset<Row> rows, SignalDays days, String dayColumn) {
    Optional<Snapshot> before = logs.newest(location);
    if (before.isEmpty()) {
      return overwrite(location, rows, List.of(dayColumn));
    }
    Snapshot table = before.get();
    if (!takes(table, rows) || !table.getPartitionColumnNames().equals(List.of(dayColumn))) {
      return false;
    }
    Predicate<AddFile> isOfThem =
        file ->
            Optional.ofNullable(
                    VectorUtils.<String, String>toJavaMap(file.getPartitionValues()).get(dayColumn))
                .filter(day -> days.contains(LocalDate.parse(day)))
                .isPresent();
    List<AddFile> removed = logs.added(table).stream().filter(isOfThem).toList();
    List<AddFile> added = written(location, rows, List.of(dayColumn));
    if (!added.stream().allMatch(isOfThem)) {
      throw new IllegalStateException(
          "Rows for " + location + " of other days than " + days.predicate(dayColumn));
    }
    commit(update(table), removed, added);
    return true;
  }

  /**
   * Updates or inserts rows by their key columns; writes anew only files with a row of such a key.
   *
   * @param rows with no key twice; computed once
   */
  boolean upsert(String location, Dataset<Row> rows, List<String> keys) {
    Optional<Snapshot> before = logs.newest(location);
    List<FileStatus> files = before.map(logs::files).orElseGet(List::of);
    if (files.isEmpty()) {
      return append(location, rows);
    }
    Snapshot table = before.get();
    if (!takes(table, rows)) {
      return false;
    }
    Dataset<Row> changed = rows.persist();
    try {
      Set<String> names = filesWith(DeltaDataset.of(spark, table, files), changed, keys);
      Dataset<Row> result =
          DeltaDataset.of(
                  spark,
                  table,
                  files.stream().filter(file -> names.contains(name(file.getPath()))).toList())
              .join(changed.select(columns(keys)), SqlScala.seq(keys), "left_anti")
              .unionByName(changed)
              // Few files, of which each is small enough to be written anew for one row of it.
              .coalesce(spark.sparkContext().defaultParallelism());
      commit(
          update(table),
          logs.added(table).stream().filter(file -> names.contains(name(file.getPath()))).toList(),
          DataFiles.write(spark, result, location, table.getPartitionColumnNames(), SMALL_FILES));
      return true;
    } finally {
      changed.unpersist();
    }
  }

  /** Puts a table back to one of its versions, whose files are all still there. */
  boolean restore(String location, long version) {
    Snapshot table = logs.newest(location).orElseThrow();
    Snapshot wanted = logs.at(location, version);
    if (!isPlain(table) || !isPlain(wanted)) {
      return false;
    }
    List<AddFile> files = logs.added(wanted);
    List<AddFile> now = logs.added(table);
    List<AddFile> removed = without(files, now);
    StructType columns = columnsOf(wanted);
    List<String> partitionColumns = wanted.getPartitionColumnNames();
    if (isLaidOutAs(table, columns, partitionColumns)) {
      commit(update(table), removed, anew(without(now, files), columns));
      return true;
    }
    // A transaction that replaces a table removes all its files, and none can be added again.
    if (removed.size() < now.size()) {
      return false;
    }
    commit(replace(table, columns, partitionColumns), List.of(), anew(files, columns));
    return true;
  }

  /** Removes all rows. */
  boolean clear(String location) {
    Snapshot table = logs.newest(location).orElseThrow();
    if (!isPlain(table)) {
      return false;
    }
    commit(update(table), logs.added(table), List.of());
    return true;
  }

  /** As if they were just written: a file that is read from a log lacks what is not read. */
  private static List<AddFile> anew(List<AddFile> files, StructType columns) {
    io.delta.kernel.types.StructType stored = DeltaColumns.forKernel(columns);
    return files.stream()
        .map(
            file ->
                DataFiles.added(
                    stored,
                    file.getPath(),
                    file.getPartitionValues(),
                    file.getSize(),
                    file.getModificationTime()))
        .toList();
  }

  /** Those of some files that others do not name. */
  private static List<AddFile> without(List<AddFile> others, List<AddFile> files) {
    Set<String> paths = others.stream().map(AddFile::getPath).collect(Collectors.toSet());
    return files.stream().filter(file -> !paths.contains(file.getPath())).toList();
  }

  /** Names, without directories, of the files that hold rows of the same keys. */
  private static Set<String> filesWith(
      Dataset<Row> stored, Dataset<Row> changed, List<String> keys) {
    Dataset<Row> counted = changed.groupBy(columns(keys)).agg(count(lit(1)).as("rows_of_key"));
    Set<String> names = new HashSet<>();
    for (Row file :
        stored
            .select(columns(Stream.concat(keys.stream(), Stream.of("_metadata.file_name"))))
            .join(counted, SqlScala.seq(keys), "inner")
            .groupBy("file_name")
            .agg(max("rows_of_key"))
            .collectAsList()) {
      if (file.getLong(1) > 1) {
        throw new IllegalStateException("Two rows to upsert have the same " + keys);
      }
      names.add(file.getString(0));
    }
    return names;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static org.apache.spark.sql.Column[] columns(List<String> names) {
    return columns(names.stream());
  }

  private static org.apache.spark.sql.Column[] columns(Stream<String> names) {
    return names.map(functions::col).toArray(org.apache.spark.sql.Column[]::new);
  }

  private List<AddFile> written(String location, Dataset<Row> rows, List<String> partitionColumns) {
    return DataFiles.write(spark, rows, location, partitionColumns, Map.of());
  }

  /** Whether rows have the columns of a table, in any order: files name their columns. */
  private static boolean takes(Snapshot table, Dataset<Row> rows) {
    return isPlain(table)
        && Set.of(columnsOf(table).fields())
            .equals(Set.of(DeltaColumns.stored(rows.schema()).fields()));
  }

  /** Whether the table asks nothing special of those who write it. */
  private static boolean isPlain(Snapshot table) {
    return table.getProtocol().getMinReaderVersion() <= 1
        && table.getProtocol().getMinWriterVersion() <= 2
        && DeltaColumns.arePlain(columnsOf(table));
  }

  private static boolean isLaidOutAs(
      Snapshot table, StructType columns, List<String> partitionColumns) {
    return columnsOf(table).equals(columns)
        && table.getPartitionColumnNames().equals(partitionColumns);
  }

  private static StructType columnsOf(Snapshot table) {
    return DeltaColumns.stored(DeltaColumns.parse(table.getMetadata().getSchemaString()));
  }

  private Transaction create(String location, StructType columns, List<String> partitionColumns) {
    return TableManager.buildCreateTableTransaction(
            location, DeltaColumns.forKernel(columns), ENGINE)
        .withTableProperties(PROPERTIES)
        .withDataLayoutSpec(layout(partitionColumns))
        .withMaxRetries(0)
        .build(logs.engine());
  }

  // Trying again after another's commit could remove what that had removed.
  private Transaction update(Snapshot table) {
    return table
        .buildUpdateTableTransaction(ENGINE, Operation.WRITE)
        .withMaxRetries(0)
        .build(logs.engine());
  }

  private Transaction replace(Snapshot table, StructType columns, List<String> partitionColumns) {
    return ((SnapshotImpl) table)
        .buildReplaceTableTransaction(DeltaColumns.forKernel(columns), ENGINE)
        .withTableProperties(PROPERTIES)
        .withDataLayoutSpec(layout(partitionColumns))
        .withMaxRetries(0)
        .build(logs.engine());
  }

  private static DataLayoutSpec layout(List<String> partitionColumns) {
    return partitionColumns.isEmpty()
        ? DataLayoutSpec.noDataLayout()
        : DataLayoutSpec.partitioned(partitionColumns.stream().map(Column::new).toList());
  }

  private void commit(Transaction transaction, List<AddFile> removed, List<AddFile> added) {
    Stream<io.delta.kernel.data.Row> actions =
        Stream.concat(
            removed.stream()
                .map(file -> file.toRemoveFileRow(true, Optional.empty()))
                .map(SingleAction::createRemoveFileSingleAction),
            added.stream().map(AddFile::toRow).map(SingleAction::createAddFileSingleAction));
    TransactionCommitResult result =
        transaction.commit(
            logs.engine(),
            CloseableIterable.inMemoryIterable(Utils.toCloseableIterator(actions.iterator())));
    result.getPostCommitHooks().stream()
        .filter(hook -> hook.getType() == PostCommitHookType.CHECKPOINT)
        .forEach(this::checkpoint);
  }

  /** What was committed counts without one: readers then take a little longer. */
  private void checkpoint(PostCommitHook hook) {
    try {
      hook.threadSafeInvoke(logs.engine());
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot write a checkpoint", e);
    }
  }
}
