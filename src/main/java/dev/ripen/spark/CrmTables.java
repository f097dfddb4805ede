package dev.ripen.spark;

import dev.ripen.config.Source;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where the tables of sources are that are CRMs. */
@FunctionalInterface
public interface CrmTables {
  /** A table as models read it. */
  Dataset<Row> of(Source source, Source.Table table);

  /** Tables without rows: for their columns, which the configuration tells. */
  static CrmTables empty(SparkSession spark) {
    return (source, table) ->
        spark
            .createDataFrame(List.of(), SourceRecords.TYPE)
            .select(RecordColumns.of(table.crmTable()).toArray(Column[]::new));
  }
}
