package dev.ripen.spark;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.Table;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the logs of Delta tables, and small tables whole, in the caller's thread. Delta for Spark
 * starts up to three jobs for that, a third of a second each: most of what a small night took. Safe
 * for several threads.
 */
final class DeltaLogs {
  private final Engine engine;

  DeltaLogs(Configuration hadoop) {
    engine = DefaultEngine.create(hadoop);
  }

  /** For those who write. */
  Engine engine() {
    return engine;
  }

  /** Empty if there is no table. */
  OptionalLong newestVersion(String location) {
    return newest(location).stream().mapToLong(Snapshot::getVersion).findAny();
  }

  /** A table as it is; empty if there is none. */
  Optional<Snapshot> newest(String location) {
    try {
      return Optional.of(Table.forPath(engine, location).getLatestSnapshot(engine));
    } catch (TableNotFoundException e) {
      return Optional.empty();
    }
  }

  /** A table as it was at a version. */
  Snapshot at(String location, long version) {
    return Table.forPath(engine, location).getSnapshotAsOfVersion(engine, version);
  }

  /** The files of a version, with whole paths. */
  List<FileStatus> files(Snapshot snapshot) {
    List<FileStatus> files = new ArrayList<>();
    eachFile(
        snapshot.getScanBuilder().build(),
        file -> files.add(InternalScanFileUtils.getAddFileStatus(file)));
    return files;
  }

  /** The files of a version, as its log names them. */
  List<AddFile> added(Snapshot snapshot) {
    List<AddFile> files = new ArrayList<>();
    eachFile(
        snapshot.getScanBuilder().build(),
        file -> files.add(new AddFile(file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL))));
    return files;
  }

  /** Every row of a version; a column that a file does not have is null. For small tables. */
  List<Row> rows(Snapshot snapshot) {
    Scan scan = snapshot.getScanBuilder().build();
    List<Row> rows = new ArrayList<>();
    eachFile(scan, file -> rows.addAll(rowsOf(scan, file)));
    return rows;
  }

  private void eachFile(Scan scan, Consumer<Row> action) {
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> files = batches.next().getRows()) {
          files.forEachRemaining(action);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Row> rowsOf(Scan scan, Row file) {
    Row state = scan.getScanState(engine);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<FileReadResult> read =
            engine
                .getParquetHandler()
                .readParquetFiles(
                    io.delta.kernel.internal.util.Utils.singletonCloseableIterator(
                        InternalScanFileUtils.getAddFileStatus(file)),
                    physical,
                    Optional.empty());
        CloseableIterator<FilteredColumnarBatch> logical =
            Scan.transformPhysicalData(engine, state, file, read.map(FileReadResult::getData))) {
      while (logical.hasNext()) {
        try (CloseableIterator<Row> batch = logical.next().getRows()) {
          batch.forEachRemaining(rows::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
