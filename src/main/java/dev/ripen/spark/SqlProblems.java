package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.SqlModel;
import dev.ripen.sqlmodel.SqlPlace;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Problems about the columns that a model makes. */
final class SqlProblems {
  private SqlProblems() {}

  static Problem missingColumn(
      SqlModel model, String column, String type, Collection<String> present) {
    String fix =
        NearestName.of(column, present)
            .map(near -> "Should `" + near + "` be called " + column + "?")
            .orElse("Add it to the SELECT, as " + example(type));
    return Problem.at(
        SourceSpan.ofFile(model.path()),
        ErrorCode.SQL_MISSING_COLUMN,
        model.name() + " has no column `" + column + "`, which ripen reads",
        fix);
  }

  static Problem doubleColumn(SqlModel model, String column) {
    return Problem.at(
        lastMention(model, column),
        ErrorCode.SQL_INVALID,
        model.name() + " has two columns `" + column + "`",
        "Name the columns instead of *, or join with USING (" + column + ")");
  }

  static Problem wrongType(SqlModel model, String column, String needed, String actual) {
    return Problem.at(
        lastMention(model, column),
        ErrorCode.SQL_WRONG_TYPE,
        model.name() + "." + column + " is " + actual + ", but must be " + example(needed),
        cast(column, needed, actual));
  }

  private static String cast(String column, String needed, String actual) {
    String type = needed.equals("NUMERIC") ? "DOUBLE" : needed;
    String write = "Write: CAST(" + column + " AS " + type + ") AS " + column;
    if (needed.equals("TIMESTAMP") && actual.equals("TIMESTAMP_NTZ")) {
      return write
          + ". If it holds the time of another zone than UTC, write:"
          + " to_utc_timestamp(CAST("
          + column
          + " AS TIMESTAMP), 'Europe/Berlin') AS "
          + column;
    }
    return write;
  }

  private static String example(String type) {
    return type.equals("NUMERIC") ? "a number" : type.toUpperCase(Locale.ROOT);
  }

  /** The text does not say which mention makes the column; the last one mostly does. */
  private static SourceSpan lastMention(SqlModel model, String column) {
    Pattern name = Pattern.compile("(?i)\\b" + Pattern.quote(column) + "\\b");
    List<String> lines = model.text().lines().toList();
    for (int i = lines.size() - 1; i >= 0; i--) {
      Matcher matcher = name.matcher(lines.get(i));
      if (!lines.get(i).strip().startsWith("--") && matcher.find()) {
        return SqlPlace.of(model.path(), model.text(), i + 1, matcher.start() + 1);
      }
    }
    return SourceSpan.ofFile(model.path());
  }
}
