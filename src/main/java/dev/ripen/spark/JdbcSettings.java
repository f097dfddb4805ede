package dev.ripen.spark;

import dev.ripen.config.Secret;
import dev.ripen.config.Source;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a source's keys are called by Spark's JDBC source and by the drivers of DuckDB, PostgreSQL
 * and Snowflake. Keys that are not ours reach the driver as they are. The result holds secrets.
 */
final class JdbcSettings {
  private JdbcSettings() {}

  /**
   * Options for {@code spark.read().format("jdbc")}, all but the table.
   *
   * @param options of the source with the table's over them
   * @throws ProblemException {@code CONFIG_MISSING_KEY}; {@code SOURCE_UNAVAILABLE} if a DuckDB
   *     file is not there
   */
  static Map<String, String> of(Source source, Map<String, String> options) {
    Map<String, String> jdbc =
        switch (source.format()) {
          case "duckdb" -> duckDb(source, options);
          case "postgresql" -> postgreSql(source, options);
          case "snowflake" -> snowflake(source, options);
          default -> generic(source, options);
        };
    // Models compare instants: a time without a zone is UTC.
    jdbc.put("preferTimestampNTZ", "false");
    return jdbc;
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
    Map<String, String> jdbc = without(options, Set.of("path"));
    jdbc.put("url", "jdbc:duckdb:" + path);
    jdbc.put("driver", "org.duckdb.DuckDBDriver");
    jdbc.putIfAbsent("duckdb.read_only", "true");
    secrets(source, Map.of(), jdbc);
    return jdbc;
  }

  private static Map<String, String> postgreSql(Source source, Map<String, String> options) {
    Map<String, String> jdbc =
        without(options, Set.of("host", "port", "database", "schema", "ssl-mode"));
    if (!options.containsKey("url")) {
      String address =
          "jdbc:postgresql://%s:%s/%s"
              .formatted(
                  required(source, options, "host"),
                  options.getOrDefault("port", "5432"),
                  required(source, options, "database"));
      jdbc.put("url", address);
    }
    jdbc.put("driver", "org.postgresql.Driver");
    jdbc.putIfAbsent("ApplicationName", "ripen");
    copy(options, "schema", jdbc, "currentSchema");
    copy(options, "ssl-mode", jdbc, "sslmode");
    secrets(source, Map.of(), jdbc);
    return jdbc;
  }

  private static Map<String, String> snowflake(Source source, Map<String, String> options) {
    Map<String, String> jdbc = without(options, Set.of("database", "query-tag"));
    if (!options.containsKey("url")) {
      // A host name has no underscores; Snowflake takes hyphens for those of an account.
      String account = required(source, options, "account").replace('_', '-');
      jdbc.put("url", "jdbc:snowflake://" + account + ".snowflakecomputing.com/");
    }
    jdbc.put("driver", "net.snowflake.client.api.driver.SnowflakeDriver");
    copy(options, "database", jdbc, "db");
    jdbc.put("JDBC_QUERY_RESULT_FORMAT", "JSON");
    jdbc.put("TIMEZONE", "UTC");
    jdbc.put("application", "ripen");
    jdbc.put("QUERY_TAG", options.getOrDefault("query-tag", "ripen"));
    Map<String, Secret> secrets = source.secrets();
    if (secrets.containsKey("private-key")) {
      jdbc.putIfAbsent("authenticator", "snowflake_jwt");
      jdbc.put("private_key_base64", SnowflakeKeys.base64(secrets.get("private-key")));
    } else if (secrets.containsKey("token")) {
      jdbc.putIfAbsent("authenticator", "oauth");
    }
    // At login the driver otherwise asks cloud metadata addresses, which a nightly job has no
    // business with (driver 4.4.1, seen 2026-11).
    jdbc.putIfAbsent("disablePlatformDetection", Boolean.toString(!usesWorkloadIdentity(jdbc)));
    secrets(source, Map.of("private-key-passphrase", "private_key_pwd"), jdbc);
    jdbc.remove("private-key");
    return jdbc;
  }

  private static boolean usesWorkloadIdentity(Map<String, String> jdbc) {
    String authenticator = jdbc.getOrDefault("authenticator", "");
    return authenticator.toLowerCase(Locale.ROOT).equals("workload_identity");
  }

  private static Map<String, String> generic(Source source, Map<String, String> options) {
    Map<String, String> jdbc = new HashMap<>(options);
    jdbc.put("url", required(source, options, "url"));
    secrets(source, Map.of(), jdbc);
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

  private static void secrets(Source source, Map<String, String> names, Map<String, String> to) {
    source
        .secrets()
        .forEach((key, secret) -> to.put(names.getOrDefault(key, key), secret.reveal()));
  }

  private static Map<String, String> without(Map<String, String> options, Set<String> keys) {
    Map<String, String> rest = new HashMap<>(options);
    rest.keySet().removeAll(keys);
    return rest;
  }
}
