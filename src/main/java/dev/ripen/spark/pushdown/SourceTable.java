package dev.ripen.spark.pushdown;

import java.util.Map;
import org.apache.spark.sql.execution.datasources.LogicalRelation;

/**
 * A table in its database.
 *
 * @param sql what stands after FROM
 * @param columns by their names as Spark has them; all of them
 */
public record SourceTable(String sql, Map<String, ColumnType> columns) {
  public SourceTable {
    columns = Map.copyOf(columns);
  }

  /** Knows which table of which database Spark would read. */
  public interface Finder {
    /**
     * The table; always of the same database.
     *
     * @throws NotPushedException if it is none, or of another database than one before
     */
    SourceTable find(LogicalRelation relation);
  }
}
