package dev.ripen.spark.pushdown;

import dev.ripen.spark.pushdown.ColumnType.Kind;
import java.util.List;
import java.util.Locale;

/** DuckDB 1 and 2. */
final class DuckDb implements Dialect {
  @Override
  public ColumnType type(String name, int precision, int scale) {
    String type = name.toUpperCase(Locale.ROOT);
    Kind kind =
        switch (type) {
          case "VARCHAR" -> Kind.TEXT;
          case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
              Kind.INTEGER;
          case "DOUBLE" -> Kind.DOUBLE;
          case "BOOLEAN" -> Kind.BOOLEAN;
          case "DATE" -> Kind.DATE;
          case "TIMESTAMP" -> Kind.TIMESTAMP;
          case "TIMESTAMP WITH TIME ZONE" -> Kind.ZONED_TIMESTAMP;
          default -> type.startsWith("DECIMAL") ? Kind.DECIMAL : Kind.OTHER;
        };
    return new ColumnType(kind, name, precision, scale);
  }

  /** A column does not say its collation; the text that made its table does. */
  @Override
  public List<Requirement> requirements() {
    return List.of(
        new Requirement(
            "SELECT current_setting('default_collation') IN ('', 'binary')"
                + " AND (SELECT count(*) FROM duckdb_tables() WHERE sql ILIKE '%collate%') = 0"
                + " AND (SELECT count(*) FROM duckdb_views() WHERE NOT internal AND sql ILIKE '%collate%') = 0",
            "the database has a collation"));
  }

  @Override
  public String binaryText(String column) {
    return column;
  }

  /** Not AT TIME ZONE, which needs an extension. */
  @Override
  public String utc(String column) {
    return "make_timestamp(epoch_us(" + column + "))";
  }

  @Override
  public String textOfInstant(String instant) {
    return "CAST(" + instant + " AS VARCHAR)";
  }

  @Override
  public String unixMicros(String instant) {
    return "epoch_us(" + instant + ")";
  }

  @Override
  public String matches(String text, String regex) {
    return "regexp_matches(" + text + ", " + text(regex) + ")";
  }
}
