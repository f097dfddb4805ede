package dev.ripen.spark.pushdown;

import dev.ripen.spark.pushdown.ColumnType.Kind;
import java.util.List;

/** PostgreSQL from 12 on, with a database in UTF-8. */
final class PostgreSql implements Dialect {
  /** {@code citext} has its own equality, {@code bpchar} loses blanks when it becomes text. */
  @Override
  public ColumnType type(String name, int precision, int scale) {
    Kind kind =
        switch (name) {
          case "text", "varchar" -> Kind.TEXT;
          case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> Kind.INTEGER;
          case "numeric" -> Kind.DECIMAL;
          case "float8" -> Kind.DOUBLE;
          case "bool" -> Kind.BOOLEAN;
          case "date" -> Kind.DATE;
          case "timestamp" -> Kind.TIMESTAMP;
          case "timestamptz" -> Kind.ZONED_TIMESTAMP;
          default -> Kind.OTHER;
        };
    return new ColumnType(kind, name, precision, scale);
  }

  /** Else a character is a byte. */
  @Override
  public List<Requirement> requirements() {
    return List.of(
        new Requirement(
            "SELECT current_setting('server_encoding') = 'UTF8'", "the database is not in UTF-8"));
  }

  @Override
  public String binaryText(String column) {
    return "(" + column + " COLLATE \"C\")";
  }

  @Override
  public String utc(String column) {
    return "(" + column + " AT TIME ZONE 'UTC')";
  }

  /** The driver sets DateStyle to ISO. */
  @Override
  public String textOfInstant(String instant) {
    return "CAST(" + instant + " AS text)";
  }

  /** Before PostgreSQL 14 seconds with a fraction are not exact. */
  @Override
  public String unixMicros(String instant) {
    return "(CAST(extract(epoch FROM date_trunc('second', %s)) AS bigint) * 1000000"
            .formatted(instant)
        + " + CAST(extract(microseconds FROM %s) AS bigint) %% 1000000)".formatted(instant);
  }

  @Override
  public String matches(String text, String regex) {
    return "(" + text + " ~ " + text(regex) + ")";
  }

  @Override
  public String textType() {
    return "text";
  }

  /** With a backslash in it, a plain constant depends on standard_conforming_strings. */
  @Override
  public String text(String value) {
    String plain = Dialect.super.text(value);
    return value.indexOf('\\') < 0 ? plain : "E" + plain.replace("\\", "\\\\");
  }
}
