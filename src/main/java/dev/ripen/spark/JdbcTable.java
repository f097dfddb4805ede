package dev.ripen.spark;

import dev.ripen.config.Source;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A table of a database.
 *
 * @param options of Spark's JDBC source, all but the table; they hold secrets
 */
record JdbcTable(Source source, Source.Table table, Map<String, String> options) {
  private static final String FETCH_SIZE = "fetchsize";
  private static final Set<String> OF_PARTITIONS =
      Set.of("numpartitions", "partitioncolumn", "lowerbound", "upperbound");

  JdbcTable {
    options = Map.copyOf(options);
  }

  /** With the options of the source and its own, its own first. */
  static JdbcTable of(Source source, Source.Table table) {
    Map<String, String> options = new HashMap<>(source.options());
    options.putAll(table.options());
    return new JdbcTable(source, table, JdbcSettings.of(source, options));
  }

  /** As it stands after FROM. */
  String name() {
    return table.table().orElse(table.name());
  }

  /** To read it in one piece. */
  Map<String, String> whole() {
    Map<String, String> whole = new HashMap<>(options);
    whole.keySet().removeIf(key -> OF_PARTITIONS.contains(key.toLowerCase(Locale.ROOT)));
    return whole;
  }

  /** What says where the database is, and as whom it is asked. */
  Map<String, String> connection() {
    Map<String, String> connection = whole();
    connection.keySet().removeIf(FETCH_SIZE::equalsIgnoreCase);
    return connection;
  }

  /** Secrets stay inside. */
  @Override
  public String toString() {
    return source.name() + "." + table.name();
  }
}
