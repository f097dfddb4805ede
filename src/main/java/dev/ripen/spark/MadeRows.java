package dev.ripen.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows that are made once and read several times. */
final class MadeRows {
  private MadeRows() {}

  /**
   * Makes the rows now and forgets how. Cached rows would remember: the text of a plan doubles with
   * every cache that it reads, which fills the memory after some twenty. Spark frees the rows when
   * nobody refers to them any more; where a machine of a cluster goes away with them, the run fails
   * and can be started again.
   */
  static Dataset<Row> of(Dataset<Row> rows) {
    return rows.localCheckpoint(true, StorageLevel.MEMORY_AND_DISK_SER());
  }
}
