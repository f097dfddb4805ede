package dev.ripen.adapters;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One tool as one pipeline lands it.
 *
 * @param kind what it is asked for as
 * @param name as on the command line
 * @param aliases other names for it
 * @param title for people: what it is and who lands it
 * @param source the name of the source in SQL, and the beginning of the names of its models; two
 *     adapters of one tool share it
 * @param schema where its tables usually are
 * @param models what it brings for the tables of a project, by that table
 * @param columns columns that its leads or attributes have beyond the common ones
 * @param tables in the order of the file
 * @param anyEventType whether its events have whatever types a table has
 * @param notes what a user should know; may be empty
 * @param files of a project, by path: {@code sql/staging/…}, {@code conf/schemas/…}, {@code
 *     sql/tests/…}, {@code sql/crm/…}
 * @param destination the lines of conf/ripen.conf that write to it; empty if ripen cannot write to
 *     it
 * @param sourceText the lines of conf/ripen.conf that name its source, if that is the tool itself;
 *     empty if its tables lie in a warehouse
 */
record Adapter(
    Kind kind,
    String name,
    List<String> aliases,
    String title,
    String source,
    String schema,
    Map<Part, String> models,
    List<String> columns,
    List<Table> tables,
    boolean anyEventType,
    String notes,
    SortedMap<String, String> files,
    String destination,
    String sourceText) {
  Adapter {
    aliases = List.copyOf(aliases);
    models = Map.copyOf(models);
    columns = List.copyOf(columns);
    tables = List.copyOf(tables);
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /** What adapters are asked for as. */
  enum Kind {
    CRM("crm", "--crm"),
    EVENTS("events", "--events");

    private final String directory;
    private final String option;

    Kind(String directory, String option) {
      this.directory = directory;
      this.option = option;
    }

    String directory() {
      return directory;
    }

    String option() {
      return option;
    }
  }

  /** What an adapter can bring. The name of its model is {@code <source>_<part>}. */
  enum Part {
    LEADS,
    LINKS,
    EVENTS,
    STATUSES,
    CHANGES,
    ACCOUNT_EVENTS,
    ATTRIBUTES
  }

  /**
   * A source table.
   *
   * @param name as SQL calls it, after the dot
   * @param table its usual name, without the schema
   * @param settings the rest of its entry: {@code loaded-at}, {@code stale-after} …, in order
   */
  record Table(String name, String table, Map<String, String> settings) {}

  /** Whether its tables lie in a warehouse. */
  boolean needsWarehouse() {
    return sourceText.isEmpty();
  }

  boolean isCalled(String given) {
    return name.equals(given) || aliases.contains(given);
  }

  /** Whether it brings this part. */
  boolean brings(Part part) {
    return models.containsKey(part);
  }

  /** The name of its model for a part that it brings. */
  String model(Part part) {
    String model = models.get(part);
    if (model == null) {
      throw new IllegalArgumentException(name + " brings no " + part);
    }
    return model;
  }
}
