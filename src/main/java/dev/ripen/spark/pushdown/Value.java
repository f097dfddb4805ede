package dev.ripen.spark.pushdown;

import org.jspecify.annotations.Nullable;

/**
 * A column of Spark's plan in the SQL of the database.
 *
 * @param sql of the same value as Spark's
 * @param range what to compare with {@code >=} and {@code <} to a constant, so that the database
 *     can use what it knows of the column
 * @param zoned whether that has a time zone
 * @param isBounded whether it is an instant of a year from 1 to 9999 in all rows that count
 * @param isName whether it is short: a column, no expression
 * @param obstacle why it cannot be used
 */
record Value(
    String sql,
    String range,
    boolean zoned,
    boolean isBounded,
    boolean isName,
    @Nullable String obstacle) {
  static Value expression(String sql, boolean isBounded) {
    return new Value(sql, sql, false, isBounded, false, null);
  }

  static Value name(String sql, boolean isBounded) {
    return new Value(sql, sql, false, isBounded, true, null);
  }

  static Value unusable(String obstacle) {
    return new Value("", "", false, false, true, obstacle);
  }

  static Value column(Dialect dialect, String name, ColumnType type) {
    return switch (type.kind()) {
      case TEXT -> new Value(dialect.binaryText(name), name, false, false, true, null);
      case TIMESTAMP -> new Value(dialect.instant(name), name, false, false, true, null);
      case ZONED_TIMESTAMP -> new Value(dialect.utc(name), name, true, false, true, null);
      case OTHER -> throw new IllegalArgumentException(name);
      default -> name(name, false);
    };
  }

  Value bounded() {
    return new Value(sql, range, zoned, true, isName, obstacle);
  }

  /**
   * Makes sure that it can be used.
   *
   * @throws NotPushedException if it cannot
   */
  Value usable() {
    if (obstacle != null) {
      throw new NotPushedException(obstacle);
    }
    return this;
  }
}
