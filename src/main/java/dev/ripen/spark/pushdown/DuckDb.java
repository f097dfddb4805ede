package dev.ripen.spark.pushdown;

import dev.ripen.spark.pushdown.ColumnType.Kind;
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
