package dev.ripen.spark;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.jdbc.JdbcDialects;

/** Reads tables over JDBC, whole or divided by a column. */
final class JdbcReader {
  private static final String FETCH_SIZE = "10000";

  private JdbcReader() {}

  static synchronized void registerDialects() {
    JdbcDialects.registerDialect(DuckDbDialect.INSTANCE);
    JdbcDialects.registerDialect(SnowflakeDialect.INSTANCE);
  }

  static Dataset<Row> read(SparkSession spark, JdbcTable table) {
    Map<String, String> jdbc = new HashMap<>(table.options());
    jdbc.put("dbtable", table.name());
    jdbc.putIfAbsent("fetchsize", FETCH_SIZE);
    Dataset<Row> whole = spark.read().format("jdbc").options(jdbc).load();
    if (table.table().partitions() <= 1 || table.table().partitionColumn().isEmpty()) {
      return whole;
    }
    return inPartitions(spark, jdbc, whole, table);
  }

  /** One row with the largest value of a column, found by the database. */
  static Dataset<Row> largest(SparkSession spark, JdbcTable table, String column) {
    return query(
        spark, table, "SELECT max(%s) AS largest_value FROM %s".formatted(column, table.name()));
  }

  /** What the database of a table answers to a SELECT; nothing is asked but the types at first. */
  static Dataset<Row> query(SparkSession spark, JdbcTable table, String select) {
    Map<String, String> jdbc = table.whole();
    jdbc.put("dbtable", "(" + select + ") found");
    jdbc.putIfAbsent("fetchsize", FETCH_SIZE);
    return spark.read().format("jdbc").options(jdbc).load();
  }

  /** Spark wants bounds; the database knows them. */
  private static Dataset<Row> inPartitions(
      SparkSession spark, Map<String, String> jdbc, Dataset<Row> whole, JdbcTable table) {
    String column = table.table().partitionColumn().orElseThrow();
    Row row =
        query(
                spark,
                table,
                "SELECT min(%s) AS low, max(%s) AS high FROM %s"
                    .formatted(column, column, table.name()))
            .head();
    if (row.isNullAt(0)) {
      return whole;
    }
    Map<String, String> partitioned = new HashMap<>(jdbc);
    partitioned.put("partitionColumn", column);
    partitioned.put("lowerBound", bound(row.get(0)));
    partitioned.put("upperBound", bound(row.get(1)));
    partitioned.put("numPartitions", Integer.toString(table.table().partitions()));
    return spark.read().format("jdbc").options(partitioned).load();
  }

  private static String bound(Object value) {
    String text = value.toString();
    return value instanceof java.time.Instant ? text.replace("T", " ").replace("Z", "") : text;
  }
}
