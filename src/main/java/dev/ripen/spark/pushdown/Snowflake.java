package dev.ripen.spark.pushdown;

import dev.ripen.spark.pushdown.ColumnType.Kind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Snowflake. In its constants a backslash escapes; its instants have nanoseconds. */
final class Snowflake implements Dialect {
  @Override
  public ColumnType type(String name, int precision, int scale) {
    Kind kind =
        switch (name.toUpperCase(Locale.ROOT).replace("_", "")) {
          case "VARCHAR", "TEXT", "STRING" -> Kind.TEXT;
          case "NUMBER", "DECIMAL" -> Kind.DECIMAL;
          case "BIGINT", "INTEGER" -> Kind.INTEGER;
          case "DOUBLE", "FLOAT" -> Kind.DOUBLE;
          case "BOOLEAN" -> Kind.BOOLEAN;
          case "DATE" -> Kind.DATE;
          case "TIMESTAMP", "TIMESTAMPNTZ" -> Kind.TIMESTAMP;
          case "TIMESTAMPTZ", "TIMESTAMPLTZ" -> Kind.ZONED_TIMESTAMP;
          default -> Kind.OTHER;
        };
    return new ColumnType(kind, name, precision, scale);
  }

  /** A column without a collation is compared as it is in any case. */
  @Override
  public String binaryText(String column) {
    return "COLLATE(" + column + ", '')";
  }

  @Override
  public String instant(String column) {
    return "DATE_TRUNC('MICROSECOND', " + column + ")";
  }

  @Override
  public String utc(String column) {
    return "DATE_TRUNC('MICROSECOND', CAST(CONVERT_TIMEZONE('UTC', "
        + column
        + ") AS TIMESTAMP_NTZ))";
  }

  @Override
  public String textOfInstant(String instant) {
    return "RTRIM(RTRIM(TO_CHAR(" + instant + ", 'YYYY-MM-DD HH24:MI:SS.FF6'), '0'), '.')";
  }

  @Override
  public String unixMicros(String instant) {
    return "DATE_PART('EPOCH_MICROSECOND', " + instant + ")";
  }

  /** REGEXP_LIKE would want the whole text to match. */
  @Override
  public String matches(String text, String regex) {
    return "(REGEXP_INSTR(" + text + ", " + text(regex) + ") > 0)";
  }

  /** CONCAT_WS would be null if one of them is. */
  @Override
  public String joined(String separator, List<String> texts) {
    String all =
        texts.stream()
            .map(text -> "COALESCE(" + text(separator) + " || " + text + ", '')")
            .collect(Collectors.joining(" || "));
    return "SUBSTR(" + all + ", " + (separator.codePointCount(0, separator.length()) + 1) + ")";
  }

  @Override
  public String instantType() {
    return "TIMESTAMP_NTZ";
  }

  @Override
  public String text(String value) {
    return Dialect.super.text(value.replace("\\", "\\\\"));
  }

  @Override
  public String instant(long micros) {
    return "CAST('" + Dialect.written(micros) + "' AS TIMESTAMP_NTZ)";
  }

  @Override
  public String zonedInstant(long micros) {
    return "CAST('" + Dialect.written(micros) + "+00:00' AS TIMESTAMP_TZ)";
  }
}
