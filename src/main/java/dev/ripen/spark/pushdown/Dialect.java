package dev.ripen.spark.pushdown;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a database writes things; what stands here as a default is the same in all of them. An
 * instant in its SQL is a timestamp without a zone, in UTC. Stateless.
 */
public interface Dialect {
  /** From the year 1 to 9999 all of them, and Spark, write and read instants alike. */
  long FIRST_MICROS = -62_135_596_800_000_000L;

  /** Exclusive. */
  long LAST_MICROS = 253_402_300_800_000_000L;

  /** Of a source's format; empty where ripen does not know the database's SQL. */
  static Optional<Dialect> of(String format) {
    return switch (format) {
      case "duckdb" -> Optional.of(new DuckDb());
      case "postgresql" -> Optional.of(new PostgreSql());
      case "snowflake" -> Optional.of(new Snowflake());
      default -> Optional.empty();
    };
  }

  /**
   * What a column is.
   *
   * @param name the type's, as the driver says it
   */
  ColumnType type(String name, int precision, int scale);

  /**
   * What must hold before anything is written for a database.
   *
   * @param question a SELECT of one truth
   * @param otherwise the reason why all is left to Spark if the answer is no
   */
  record Requirement(String question, String otherwise) {}

  /** What has to be asked. */
  default List<Requirement> requirements() {
    return List.of();
  }

  /** A column of text that is compared byte by byte, whatever its collation. */
  String binaryText(String column);

  /** A column of instants, of which the database may know more than microseconds. */
  default String instant(String column) {
    return column;
  }

  /** A column of instants with a zone, in UTC. */
  String utc(String column);

  /** As Spark writes an instant: without zeros at the end, without a point if there is nothing. */
  String textOfInstant(String instant);

  /** Microseconds since 1970. */
  String unixMicros(String instant);

  /** A part of a text matches a {@link PortableRegex}. */
  String matches(String text, String regex);

  /** Texts with a separator between them, without those that are null. */
  default String joined(String separator, List<String> texts) {
    return "concat_ws(" + text(separator) + ", " + String.join(", ", texts) + ")";
  }

  /** The name of a type that Spark calls STRING. */
  default String textType() {
    return "VARCHAR";
  }

  /** The name of a type that Spark calls TIMESTAMP. */
  default String instantType() {
    return "TIMESTAMP";
  }

  default String name(String column) {
    return '"' + column.replace("\"", "\"\"") + '"';
  }

  /** A constant. */
  default String text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new NotPushedException("a text in it has a zero character");
    }
    return "'" + value.replace("'", "''") + "'";
  }

  default String instant(long micros) {
    return "TIMESTAMP '" + written(micros) + "'";
  }

  /** The same, to compare with a column that has a zone. */
  default String zonedInstant(long micros) {
    return "TIMESTAMP WITH TIME ZONE '" + written(micros) + "+00'";
  }

  default String date(LocalDate day) {
    return "DATE '" + day + "'";
  }

  /** {@code 2026-11-20 05:00:00.25}. */
  static String written(long micros) {
    if (micros < FIRST_MICROS || micros >= LAST_MICROS) {
      throw new NotPushedException("a time in it is before the year 1 or after 9999");
    }
    Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    String pattern = micros % 1_000_000 == 0 ? "uuuu-MM-dd HH:mm:ss" : "uuuu-MM-dd HH:mm:ss.SSSSSS";
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .format(instant.atOffset(ZoneOffset.UTC));
  }
}
