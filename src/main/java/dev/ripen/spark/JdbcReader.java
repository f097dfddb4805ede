package dev.ripen.spark;

import dev.ripen.config.Secret;
import dev.ripen.config.Source;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.jdbc.JdbcDialects;

/** Reads tables over JDBC, with sugar for DuckDB, PostgreSQL and Snowflake. */
final class JdbcReader {
  private static final String FETCH_SIZE = "10000";

  private JdbcReader() {}

  static synchronized void registerDialects() {
    JdbcDialects.registerDialect(DuckDbDialect.INSTANCE);
  }

  static Dataset<Row> read(
      SparkSession spark, Source source, Source.Table table, Map<String, String> options) {
    Map<String, String> jdbc =
        switch (source.format()) {
          case "duckdb" -> duckDb(source, options);
          case "postgresql" -> postgreSql(source, options);
          case "snowflake" -> snowflake(source, options);
          default -> generic(source, options);
        };
    jdbc.put("dbtable", table.table().orElse(table.name()));
    jdbc.putIfAbsent("fetchsize", FETCH_SIZE);
    Dataset<Row> whole = spark.read().format("jdbc").options(jdbc).load();
    if (table.partitions() <= 1 || table.partitionColumn().isEmpty()) {
      return whole;
    }
    return inPartitions(spark, jdbc, whole, table);
  }

  /** Spark wants bounds; the database knows them. */
  private static Dataset<Row> inPartitions(
      SparkSession spark, Map<String, String> jdbc, Dataset<Row> whole, Source.Table table) {
    String column = table.partitionColumn().orElseThrow();
    String name = jdbc.get("dbtable");
    Map<String, String> bounds = new HashMap<>(jdbc);
    bounds.put(
        "dbtable",
        "(SELECT min(%s) AS low, max(%s) AS high FROM %s) bounds".formatted(column, column, name));
    Row row = spark.read().format("jdbc").options(bounds).load().head();
    if (row.isNullAt(0)) {
      return whole;
    }
    Map<String, String> partitioned = new HashMap<>(jdbc);
    partitioned.put("partitionColumn", column);
    partitioned.put("lowerBound", bound(row.get(0)));
    partitioned.put("upperBound", bound(row.get(1)));
    partitioned.put("numPartitions", Integer.toString(table.partitions()));
    return spark.read().format("jdbc").options(partitioned).load();
  }

  private static String bound(Object value) {
    String text = value.toString();
    return value instanceof java.time.Instant ? text.replace("T", " ").replace("Z", "") : text;
  }

  private static Map<String, String> duckDb(Source source, Map<String, String> options) {
    String path = required(source, options, "path");
    if (!path.startsWith(":memory:") && !Files.exists(Path.of(path))) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.SOURCE_UNAVAILABLE,
              "the DuckDB file of source " + source.name() + " does not exist: " + path,
              "check path in conf/ripen.conf (the sample project: run ripen sample)"));
    }
    Map<String, String> jdbc = rest(options, "path");
    jdbc.put("url", "jdbc:duckdb:" + path);
    jdbc.put("driver", "org.duckdb.DuckDBDriver");
    jdbc.putIfAbsent("duckdb.read_only", "true");
    return jdbc;
  }

  private static Map<String, String> postgreSql(Source source, Map<String, String> options) {
    Map<String, String> jdbc = rest(options, "host", "port", "database", "user", "url");
    String url =
        Optional.ofNullable(options.get("url"))
            .orElseGet(
                () ->
                    "jdbc:postgresql://%s:%s/%s"
                        .formatted(
                            required(source, options, "host"),
                            options.getOrDefault("port", "5432"),
                            required(source, options, "database")));
    jdbc.put("url", url);
    jdbc.put("driver", "org.postgresql.Driver");
    jdbc.putIfAbsent("ApplicationName", "ripen");
    copy(options, "user", jdbc, "user");
    secret(source, "password", jdbc, "password");
    return jdbc;
  }

  private static Map<String, String> snowflake(Source source, Map<String, String> options) {
    Map<String, String> jdbc =
        rest(
            options,
            "account",
            "host",
            "user",
            "role",
            "warehouse",
            "database",
            "schema",
            "query-tag",
            "url",
            "workload-identity");
    String url =
        Optional.ofNullable(options.get("url"))
            .orElseGet(
                () ->
                    "jdbc:snowflake://%s/"
                        .formatted(
                            options.getOrDefault(
                                "host",
                                required(source, options, "account") + ".snowflakecomputing.com")));
    jdbc.put("url", url);
    jdbc.put("driver", "net.snowflake.client.api.driver.SnowflakeDriver");
    copy(options, "account", jdbc, "account");
    copy(options, "user", jdbc, "user");
    copy(options, "role", jdbc, "role");
    copy(options, "warehouse", jdbc, "warehouse");
    copy(options, "database", jdbc, "db");
    copy(options, "schema", jdbc, "schema");
    jdbc.put("JDBC_QUERY_RESULT_FORMAT", "JSON");
    jdbc.put("TIMEZONE", "UTC");
    jdbc.put("application", "ripen");
    jdbc.put("QUERY_TAG", options.getOrDefault("query-tag", "ripen"));
    // At login the driver otherwise asks cloud metadata addresses, which a nightly job has no
    // business with (driver 4.4.1, seen 2026-11).
    jdbc.put(
        "disablePlatformDetection",
        Boolean.toString(!Boolean.parseBoolean(options.get("workload-identity"))));
    secret(source, "password", jdbc, "password");
    if (source.secrets().containsKey("token")) {
      jdbc.put("authenticator", "oauth");
      secret(source, "token", jdbc, "token");
    }
    if (source.secrets().containsKey("private-key")) {
      jdbc.put("authenticator", "snowflake_jwt");
      jdbc.put("private_key_base64", SnowflakeKeys.base64(source.secrets().get("private-key")));
    }
    return jdbc;
  }

  private static Map<String, String> generic(Source source, Map<String, String> options) {
    Map<String, String> jdbc = new HashMap<>(options);
    jdbc.put("url", required(source, options, "url"));
    secret(source, "password", jdbc, "password");
    return jdbc;
  }

  private static String required(Source source, Map<String, String> options, String key) {
    String value = options.get(key);
    if (value == null) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.CONFIG_MISSING_KEY,
              "source " + source.name() + " (" + source.format() + ") has no " + key,
              "add " + key + " = … to it in conf/ripen.conf"));
    }
    return value;
  }

  private static void copy(
      Map<String, String> from, String key, Map<String, String> to, String name) {
    if (from.containsKey(key)) {
      to.put(name, from.get(key));
    }
  }

  private static void secret(Source source, String key, Map<String, String> to, String name) {
    Secret secret = source.secrets().get(key);
    if (secret != null) {
      to.put(name, secret.reveal());
    }
  }

  private static Map<String, String> rest(Map<String, String> options, String... used) {
    Map<String, String> rest = new HashMap<>(options);
    for (String key : used) {
      rest.remove(key);
    }
    return rest;
  }
}
