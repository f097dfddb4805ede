package dev.ripen.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Collects rows in a database in memory and moves them, sorted, to where they shall lie, whenever
 * enough have come together: memory stays bounded whatever the size of the sample. For one thread.
 */
// Counters by table, one per row written: an array is what is fast.
@SuppressWarnings("EnumOrdinal")
final class ChunkStore implements AutoCloseable {
  private static final long ROWS_IN_MEMORY = 1_500_000;

  private final DuckDBConnection connection;
  private final Mover mover;
  private final Map<Table, Row> rows = new EnumMap<>(Table.class);
  private final long[] written = new long[Table.values().length];
  private long inMemory;

  private ChunkStore(DuckDBConnection connection, Mover mover) throws SQLException {
    this.connection = connection;
    this.mover = mover;
    for (Table table : Table.values()) {
      run("CREATE TABLE " + table.tableName() + " (" + table.columns + ")");
    }
    openAppenders();
  }

  /** Moves a table's rows out of memory. */
  private interface Mover {
    String statement(Table table);
  }

  /** Into a DuckDB file, which must not exist. */
  static ChunkStore intoDuckDb(Path file) throws SQLException {
    DuckDBConnection connection = open();
    try (Statement statement = connection.createStatement()) {
      statement.execute("ATTACH '" + quoted(file) + "' AS warehouse");
      for (String schema : Table.schemas()) {
        statement.execute("CREATE SCHEMA warehouse." + schema);
      }
      for (Table table : Table.values()) {
        statement.execute(
            "CREATE TABLE warehouse." + table.qualifiedName() + " (" + table.columns + ")");
      }
    }
    return new ChunkStore(
        connection,
        table -> "INSERT INTO warehouse." + table.qualifiedName() + " " + sorted(table));
  }

  /** Into {@code <directory>/<schema>/<table>/part-00000.parquet} and so on. */
  static ChunkStore intoParquet(Path directory) throws SQLException {
    int[] parts = new int[Table.values().length];
    return new ChunkStore(
        open(),
        table -> {
          Path folder = directory.resolve(table.schema).resolve(table.tableName());
          create(folder);
          String name = String.format(Locale.ROOT, "part-%05d.parquet", parts[table.ordinal()]++);
          return "COPY ("
              + sorted(table)
              + ") TO '"
              + quoted(folder.resolve(name))
              + "' (FORMAT parquet, COMPRESSION zstd)";
        });
  }

  /** The next row of a table: append its columns in order, then {@link Row#end()}. */
  Row row(Table table) {
    Row row = rows.get(table);
    if (row == null) {
      throw new IllegalStateException("the store is closed");
    }
    return row.begin();
  }

  long count(Table table) {
    return written[table.ordinal()];
  }

  SortedMap<String, Long> counts() {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Table table : Table.values()) {
      counts.put(table.qualifiedName(), count(table));
    }
    return counts;
  }

  long events() {
    long events = 0;
    for (Table table : Table.values()) {
      events += table.isEvent() ? count(table) : 0;
    }
    return events;
  }

  /** Moves what is in memory, if it is much. Call between two groups of contacts. */
  void moveIfMany() throws SQLException {
    if (inMemory >= ROWS_IN_MEMORY) {
      move();
      openAppenders();
    }
  }

  /** Moves the rest and closes what was written. */
  void finish() throws SQLException {
    move();
  }

  private void move() throws SQLException {
    closeAppenders();
    for (Table table : Table.values()) {
      run(mover.statement(table));
      run("TRUNCATE " + table.tableName());
    }
    inMemory = 0;
  }

  private void openAppenders() throws SQLException {
    for (Table table : Table.values()) {
      rows.put(table, new Row(table, connection.createAppender(table.tableName())));
    }
  }

  private void closeAppenders() throws SQLException {
    for (Row row : rows.values()) {
      row.appender.close();
    }
    rows.clear();
  }

  @Override
  public void close() throws SQLException {
    closeAppenders();
    connection.close();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static DuckDBConnection open() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("memory_limit", "1500MB");
    settings.setProperty("preserve_insertion_order", "true");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
    return connection.unwrap(DuckDBConnection.class);
  }

  private static String sorted(Table table) {
    return "SELECT * FROM memory.main." + table.tableName() + " ORDER BY " + table.order;
  }

  private static String quoted(Path path) {
    return path.toAbsolutePath().toString().replace("'", "''");
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A row being appended. Null strings and absent instants become NULL. */
  final class Row {
    private final Table table;
    private final DuckDBAppender appender;

    private Row(Table table, DuckDBAppender appender) {
      this.table = table;
      this.appender = appender;
    }

    private Row begin() {
      try {
        appender.beginRow();
      } catch (SQLException e) {
        throw new RowException(e);
      }
      return this;
    }

    Row text(@Nullable String value) {
      try {
        if (value == null) {
          appender.appendNull();
        } else {
          appender.append(value);
        }
      } catch (SQLException e) {
        throw new RowException(e);
      }
      return this;
    }

    Row number(long value) {
      try {
        appender.append(value);
      } catch (SQLException e) {
        throw new RowException(e);
      }
      return this;
    }

    Row amount(@Nullable Double value) {
      try {
        if (value == null) {
          appender.appendNull();
        } else {
          appender.append(value.doubleValue());
        }
      } catch (SQLException e) {
        throw new RowException(e);
      }
      return this;
    }

    Row flag(boolean value) {
      try {
        appender.append(value);
      } catch (SQLException e) {
        throw new RowException(e);
      }
      return this;
    }

    Row instant(long epochMicros) {
      try {
        appender.appendEpochMicros(epochMicros);
      } catch (SQLException e) {
        throw new RowException(e);
      }
      return this;
    }

    void end() {
      try {
        appender.endRow();
      } catch (SQLException e) {
        throw new RowException(e);
      }
      written[table.ordinal()]++;
      inMemory++;
    }
  }

  /** The database in memory refused a row: our bug, or no memory is left. */
  static final class RowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RowException(SQLException cause) {
      super(cause);
    }
  }
}
