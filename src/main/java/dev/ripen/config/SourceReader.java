package dev.ripen.config;

import com.typesafe.config.ConfigObject;
import dev.ripen.config.Source.Pushdown;
import dev.ripen.problem.NearestName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code sources { … }}: places that tables are read from. */
final class SourceReader {
  private static final Set<String> FILES = Set.of("parquet", "csv", "json", "delta", "orc", "avro");

  /** Sugar per format; anything else goes into {@code options { … }}. */
  private static final Map<String, Set<String>> SUGAR =
      Map.of(
          "duckdb",
          Set.of("path"),
          "postgresql",
          Set.of("url", "host", "port", "database", "schema", "user", "password", "ssl-mode"),
          "snowflake",
          Set.of(
              "url",
              "account",
              "user",
              "role",
              "warehouse",
              "database",
              "schema",
              "query-tag",
              "authenticator",
              "password",
              "token",
              "private-key",
              "private-key-passphrase"),
          "jdbc",
          Set.of("url", "driver", "schema", "user", "password"),
          HubSpotTables.FORMAT,
          Set.of("base-url", "api-version", "token"),
          "table",
          Set.of());

  /** Databases whose SQL ripen can write. */
  private static final Set<String> PUSHDOWN = Set.of("duckdb", "postgresql", "snowflake");

  private static final int DEFAULT_PARTITIONS = 4;

  private SourceReader() {}

  static List<Source> sources(Node node) {
    List<Source> sources = new ArrayList<>();
    for (String name : node.keys()) {
      checkName(node, name, "source");
      node.child(name).ifPresent(child -> source(name, child).ifPresent(sources::add));
    }
    node.end();
    return sources;
  }

  private static void checkName(Node node, String name, String what) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      String better = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
      node.invalid(
          name,
          "a " + what + " is called `" + name + "`, but SQL reads it by that name",
          "use lower-case letters, digits and _: " + better);
    }
  }

  private static Optional<Source> source(String name, Node node) {
    Optional<String> format =
        node.requiredText("format", "say what it is: format = duckdb, snowflake, parquet …")
            .filter(given -> isFormat(node, given));
    if (format.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> options = new TreeMap<>();
    Map<String, Secret> secrets = new TreeMap<>();
    sugar(node, format.get(), options, secrets);
    node.child("options").ifPresent(child -> flatten("", child, options, secrets));
    node.require("tables", "name what SQL reads: tables { contact { … } }");
    List<Source.Table> tables =
        node.child("tables")
            .map(child -> tables(child, format.get(), baseOf(node, format.get())))
            .orElse(List.of());
    Pushdown pushdown = pushdown(node, format.get());
    node.end();
    return Optional.of(new Source(name, format.get(), options, secrets, pushdown, tables));
  }

  private static Pushdown pushdown(Node node, String format) {
    Pushdown pushdown = node.choice("pushdown", Pushdown.class, Pushdown.AUTO);
    if (node.has("pushdown") && !PUSHDOWN.contains(format)) {
      node.invalid(
          "pushdown",
          "`" + node.pathOf("pushdown") + "` is set, but signals are not computed inside " + format,
          "remove it: it is for duckdb, postgresql and snowflake");
    }
    return pushdown;
  }

  private static boolean isFormat(Node node, String format) {
    List<String> known = Stream.concat(FILES.stream(), SUGAR.keySet().stream()).sorted().toList();
    if (known.contains(format) || format.contains(".")) {
      return true;
    }
    node.invalid(
        "format",
        "`" + node.pathOf("format") + "` is `" + format + "`, which is not a known format",
        NearestName.of(format, known)
            .map(near -> "did you mean `" + near + "`?")
            .orElse("write one of " + String.join(", ", known) + ", or a Spark class name"));
    return false;
  }

  private static void sugar(
      Node node, String format, Map<String, String> options, Map<String, Secret> secrets) {
    for (String key : SUGAR.getOrDefault(format, Set.of())) {
      if (SecretReader.isSecret(key)) {
        SecretReader.read(node, key, variable(node.path().replaceAll(".*\\.", "") + "_" + key))
            .ifPresent(value -> secrets.put(key, value));
      } else {
        node.text(key).ifPresent(value -> options.put(key, value));
      }
    }
    options.computeIfPresent("path", (key, path) -> node.reading().absolute(path));
    checkUrl(node, options.get("url"));
    switch (format) {
      case "duckdb" ->
          node.require("path", "say where the database file is: path = \"data/x.duckdb\"");
      case "jdbc" -> node.require("url", "say where the database is: url = \"jdbc:…\"");
      case "snowflake" -> requireUrlOr(node, "account");
      case "postgresql" -> requireUrlOr(node, "database");
      case HubSpotTables.FORMAT -> HubSpotTables.checkConnection(node, options);
      default -> {}
    }
  }

  private static void requireUrlOr(Node node, String key) {
    if (!node.has("url")) {
      node.require(key, "write " + key + " = …, or url = \"jdbc:…\"");
    }
  }

  private static void checkUrl(Node node, @Nullable String url) {
    if (url != null && url.matches("(?i).*(password=|//[^/@]*:[^/@]*@).*")) {
      node.invalid(
          "url",
          "`" + node.pathOf("url") + "` holds a password",
          "take it out of the URL and write password = ${?DB_PASSWORD}");
    }
  }

  /** Nested groups as dotted keys: dots in a HOCON key make groups of it. */
  static void flatten(
      String prefix, Node node, Map<String, String> options, Map<String, Secret> secrets) {
    for (String key : node.keys()) {
      String path = prefix.isEmpty() ? key : prefix + "." + key;
      if (node.find(key).filter(ConfigObject.class::isInstance).isPresent()) {
        node.child(key).ifPresent(child -> flatten(path, child, options, secrets));
      } else if (SecretReader.isSecret(path)) {
        SecretReader.read(node, key, variable(path)).ifPresent(s -> secrets.put(path, s));
      } else {
        node.text(key).ifPresent(text -> options.put(path, text));
      }
    }
  }

  private static String variable(String path) {
    return path.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
  }

  /** Where the relative paths of a file source's tables start. */
  private static String baseOf(Node node, String format) {
    String project = node.reading().project().toString();
    return FILES.contains(format)
        ? node.text("path").map(node.reading()::absolute).orElse(project)
        : project;
  }

  private static List<Source.Table> tables(Node node, String format, String base) {
    List<Source.Table> tables = new ArrayList<>();
    for (String name : node.keys()) {
      checkName(node, name, "table");
      node.child(name)
          .flatMap(
              child ->
                  format.equals(HubSpotTables.FORMAT)
                      ? HubSpotTables.table(name, child)
                      : Optional.of(table(name, child, format, base)))
          .ifPresent(tables::add);
    }
    node.end();
    return tables;
  }

  private static Source.Table table(String name, Node node, String format, String base) {
    boolean isFile = FILES.contains(format);
    boolean isClass = format.contains(".");
    Optional<String> path = Optional.empty();
    if (isFile || isClass) {
      path = node.text("path").map(given -> absolute(base, given));
    }
    Optional<String> table = Optional.empty();
    if (isFile) {
      node.require("path", "say where its files are: path = \"data/" + name + "." + format + "\"");
    } else {
      table = node.text("table").or(() -> isClass ? Optional.empty() : Optional.of(name));
    }
    Optional<String> partitionColumn = node.text("partition-column");
    int partitions =
        node.integer("partitions", partitionColumn.isPresent() ? DEFAULT_PARTITIONS : 1, 1);
    if (partitions > 1 && partitionColumn.isEmpty()) {
      node.invalid(
          "partitions",
          "`" + node.pathOf("partitions") + "` needs a column to divide by",
          "add partition-column = …, a number or a time");
    }
    Map<String, String> options = new TreeMap<>();
    node.child("options").ifPresent(child -> tableOptions(child, options));
    Source.Table result =
        new Source.Table(
            name,
            table,
            path,
            options,
            node.text("loaded-at"),
            node.parsed("stale-after", Values::duration),
            partitionColumn,
            partitions);
    node.end();
    return result;
  }

  private static String absolute(String base, String path) {
    if (!base.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return Reading.absolute(Path.of(base), path);
    }
    boolean standsAlone = path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*") || path.startsWith("/");
    return standsAlone ? path : base.replaceFirst("/+$", "") + "/" + path;
  }

  private static void tableOptions(Node node, Map<String, String> options) {
    Map<String, Secret> secrets = new TreeMap<>();
    flatten("", node, options, secrets);
    for (String key : secrets.keySet()) {
      node.invalid(
          key, "`" + node.pathOf(key) + "` is a secret of one table", "move it to the source");
    }
  }
}
