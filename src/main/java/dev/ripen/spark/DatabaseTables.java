package dev.ripen.spark;

import dev.ripen.config.Source.Pushdown;
import dev.ripen.spark.pushdown.ColumnType;
import dev.ripen.spark.pushdown.Dialect;
import dev.ripen.spark.pushdown.NotPushedException;
import dev.ripen.spark.pushdown.SourceTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.execution.datasources.jdbc.JDBCOptions;
import org.apache.spark.sql.jdbc.JdbcDialects;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The tables of one database that a plan reads, with the types that the database says they have.
 * Asks it at most once for each; reads no rows. For one thread.
 */
final class DatabaseTables implements SourceTable.Finder, AutoCloseable {
  /** The reason of a project whose events are in files. */
  static final String NO_DATABASE = "they are not read from a database";

  /** With these, a table's rows are not what the table says. */
  private static final Set<String> OF_OTHER_ROWS =
      Set.of("customschema", "query", "preparequery", "hint");

  private final Sources sources;
  private final JdbcTable first;
  private final Dialect dialect;
  private final Map<String, SourceTable> known = new HashMap<>();
  private @Nullable Connection connection;

  private DatabaseTables(Sources sources, JdbcTable first, Dialect dialect) {
    this.sources = sources;
    this.first = first;
    this.dialect = dialect;
  }

  /**
   * Those of a plan.
   *
   * @throws NotPushedException if it reads no database, or one that shall compute nothing
   */
  static DatabaseTables of(Sources sources, LogicalPlan plan) {
    JdbcTable first =
        CollectionConverters.asJava(plan.collectLeaves()).stream()
            .filter(LogicalRelation.class::isInstance)
            .flatMap(leaf -> sources.databaseTable(((LogicalRelation) leaf).relation()).stream())
            .findFirst()
            .orElseThrow(() -> new NotPushedException(NO_DATABASE));
    if (first.source().pushdown() == Pushdown.OFF) {
      throw new NotPushedException("pushdown = off");
    }
    Dialect dialect =
        Dialect.of(first.source().format())
            .orElseThrow(
                () ->
                    new NotPushedException(
                        "ripen does not write the SQL of " + first.source().format()));
    return new DatabaseTables(sources, first, dialect);
  }

  /** Any of them: where to ask, and as whom. */
  JdbcTable first() {
    return first;
  }

  Dialect dialect() {
    return dialect;
  }

  @Override
  public SourceTable find(LogicalRelation relation) {
    JdbcTable table =
        sources
            .databaseTable(relation.relation())
            .orElseThrow(() -> new NotPushedException("it reads more than one source"));
    if (!table.connection().equals(first.connection())) {
      throw new NotPushedException("it reads " + first + " and " + table + ", of two databases");
    }
    for (String option : table.options().keySet()) {
      if (OF_OTHER_ROWS.contains(option.toLowerCase(Locale.ROOT))) {
        throw new NotPushedException(table + " is read with the option " + option);
      }
    }
    return known.computeIfAbsent(table.name(), name -> described(table));
  }

  private SourceTable described(JdbcTable table) {
    try {
      Connection open = connection == null ? open(table) : connection;
      connection = open;
      return new SourceTable(table.name(), columns(open, table));
    } catch (SQLException e) {
      throw new NotPushedException(table + " cannot be described: " + e.getMessage());
    }
  }

  private Map<String, ColumnType> columns(Connection open, JdbcTable table) throws SQLException {
    Map<String, ColumnType> columns = new HashMap<>();
    try (Statement statement = open.createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + table.name() + " WHERE 1=0")) {
      ResultSetMetaData about = none.getMetaData();
      for (int i = 1; i <= about.getColumnCount(); i++) {
        columns.put(
            about.getColumnLabel(i),
            dialect.type(about.getColumnTypeName(i), about.getPrecision(i), about.getScale(i)));
      }
    }
    return columns;
  }

  /** As Spark does it. */
  private Connection open(JdbcTable table) throws SQLException {
    Map<String, String> options = new HashMap<>(table.options());
    options.put("dbtable", table.name());
    JDBCOptions jdbc = new JDBCOptions(SqlScala.map(options));
    Connection open = JdbcDialects.get(jdbc.url()).createConnectionFactory(jdbc).apply(-1);
    for (Dialect.Requirement requirement : dialect.requirements()) {
      require(open, requirement);
    }
    return open;
  }

  private static void require(Connection open, Dialect.Requirement requirement)
      throws SQLException {
    try (Statement statement = open.createStatement();
        ResultSet answer = statement.executeQuery(requirement.question())) {
      if (!answer.next() || !answer.getBoolean(1)) {
        throw new NotPushedException(requirement.otherwise());
      }
    } catch (SQLException | NotPushedException e) {
      open.close();
      throw e;
    }
  }

  @Override
  public void close() {
    Connection open = connection;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // Nothing was written.
        connection = null;
      }
    }
  }
}
