package dev.ripen.spark.pushdown;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A SELECT that is being written. Immutable.
 *
 * @param from what stands after FROM
 * @param where conditions that must all hold
 * @param columns by Spark's ids, in their order
 */
record Block(String from, List<String> where, Map<Long, Column> columns) {
  private static final String OF_SPARK = "_common_expr_.*|.{41,}|.*\\W.*";

  Block {
    where = List.copyOf(where);
  }

  /** A column and what it is called outside. */
  record Column(String name, Value value) {}

  /** What expressions can use. */
  Map<Long, Value> values() {
    Map<Long, Value> values = new HashMap<>();
    columns.forEach((id, column) -> values.put(id, column.value()));
    return values;
  }

  /** Whether nothing in it is computed: what is put around it can as well stand in it. */
  boolean isPlain() {
    return columns.values().stream().allMatch(column -> column.value().isName());
  }

  Block filtered(List<String> conditions) {
    List<String> all = new ArrayList<>(where);
    all.addAll(conditions);
    return new Block(from, all, columns);
  }

  Block bounded(Set<Long> ids) {
    Map<Long, Column> now = new LinkedHashMap<>(columns);
    ids.forEach(
        id -> now.computeIfPresent(id, (i, c) -> new Column(c.name(), c.value().bounded())));
    return new Block(from, where, now);
  }

  Block selecting(Map<Long, Column> others) {
    return new Block(from, where, others);
  }

  /** The same columns under other names, as many. */
  Block named(List<String> others) {
    Map<Long, Column> now = new LinkedHashMap<>();
    columns.forEach(
        (id, column) -> now.put(id, new Column(others.get(now.size()), column.value())));
    return new Block(from, where, now);
  }

  /** All of it as one SELECT. */
  String select(Dialect dialect) {
    String items = columns.isEmpty() ? "1 AS " + dialect.name("nothing") : items(dialect);
    return "SELECT "
        + items
        + " FROM "
        + from
        + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where));
  }

  private String items(Dialect dialect) {
    return names().entrySet().stream()
        .map(
            entry -> {
              String value = columns.get(entry.getKey()).value().usable().sql();
              String name = dialect.name(entry.getValue());
              return value.equals(name) ? name : value + " AS " + name;
            })
        .collect(Collectors.joining(", "));
  }

  /**
   * What the columns of {@link #select} are called, by their ids. Spark makes a name of an
   * expression where it has none.
   */
  Map<Long, String> names() {
    Map<Long, String> names = new LinkedHashMap<>();
    columns.forEach(
        (id, column) -> {
          String plain = column.name().matches(OF_SPARK) ? "value" : column.name();
          String name = plain;
          for (int i = 2; names.containsValue(name); i++) {
            name = plain + "_" + i;
          }
          names.put(id, name);
        });
    return names;
  }
}
