package dev.ripen.config;

import dev.ripen.crm.CrmTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A place that tables are read from; SQL calls them {@code <name>.<table>}.
 *
 * @param format duckdb, postgresql, snowflake, jdbc, hubspot, or any Spark format (parquet, csv,
 *     json, delta, table)
 * @param options what the format understands, the sugar of the known formats included (account,
 *     user, role, warehouse, database, query-tag, host, port, path, url …); relative paths are made
 *     absolute. A file format's own {@code path} is not here: its tables' paths start there
 * @param secrets the options that are secret, by the same names (password, token, private-key,
 *     private-key-passphrase, and whatever in {@code options} ends like one)
 * @param pushdown whether a database may compute what rules ask of events
 */
public record Source(
    String name,
    String format,
    Map<String, String> options,
    Map<String, Secret> secrets,
    Pushdown pushdown,
    List<Table> tables) {
  public Source {
    options = Map.copyOf(options);
    secrets = Map.copyOf(secrets);
    tables = List.copyOf(tables);
  }

  /** With the usual pushdown. */
  public Source(
      String name,
      String format,
      Map<String, String> options,
      Map<String, Secret> secrets,
      List<Table> tables) {
    this(name, format, options, secrets, Pushdown.AUTO, tables);
  }

  /** Where signals are computed. */
  public enum Pushdown {
    /** Inside the source, where it is certain that the result is the same. */
    AUTO,
    /** By Spark, which reads all events of the days. */
    OFF
  }

  /** Whether it is a CRM that ripen reads through its API into the state. */
  public boolean isCrm() {
    return format.equals(HubSpotTables.FORMAT);
  }

  /**
   * One table.
   *
   * @param name as SQL calls it, after the dot
   * @param table the name in the database, or empty for file formats; default {@code name}
   * @param path for file formats, absolute or with a scheme
   * @param options of this table, over the source's
   * @param staleAfter how old the newest row may be
   * @param partitionColumn numeric or time column to read in parallel by
   * @param partitions default 1, with a partition column 4
   */
  public record Table(
      String name,
      Optional<String> table,
      Optional<String> path,
      Map<String, String> options,
      Optional<String> loadedAt,
      Optional<Duration> staleAfter,
      Optional<String> partitionColumn,
      int partitions) {
    public Table {
      options = Map.copyOf(options);
    }

    /** The records of a CRM that it stands for. */
    public CrmTable crmTable() {
      return HubSpotTables.crmTable(this);
    }
  }
}
