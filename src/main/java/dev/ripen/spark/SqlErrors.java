package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.SqlPlace;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.QueryContext;
import org.apache.spark.QueryContextType;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.jspecify.annotations.Nullable;

/** Says in ripen's words what Spark found wrong with a text. */
final class SqlErrors {
  private static final String RUN_CHECK = "Edit the line, then run: ripen check";
  private static final Pattern CONDITION = Pattern.compile("^\\[[A-Z0-9_.]+]\\s*");
  private static final Pattern STATE = Pattern.compile("\\s*SQLSTATE: \\w+.*$", Pattern.DOTALL);
  private static final Pattern QUOTED = Pattern.compile("`((?:[^`]|``)*)`");
  private static final Pattern INTERVAL_PARAMETER =
      Pattern.compile("(?i)\\binterval\\s+:\\w+\\s+\\w+");

  private static final Pattern STRAY_COMMA = Pattern.compile("(?i),\\s*\\bfrom\\b");

  private SqlErrors() {}

  static ProblemException notParsed(String file, String text, ParseException e) {
    Origin origin = e.start();
    SourceSpan where = place(file, text, origin);
    String fix = RUN_CHECK;
    if (INTERVAL_PARAMETER.matcher(text).find()) {
      fix = "INTERVAL takes no parameter: write make_dt_interval(:days). " + RUN_CHECK;
    }
    if (STRAY_COMMA.matcher(text).find()) {
      fix = "Take out the comma before FROM. " + RUN_CHECK;
    }
    String what = file + " is not valid Spark SQL: " + readable(e);
    return new ProblemException(Problem.at(where, ErrorCode.SQL_NOT_PARSED, what, fix), e);
  }

  static ProblemException notAnalyzed(String file, String text, AnalysisException e) {
    if (e instanceof ParseException parse) {
      return notParsed(file, text, parse);
    }
    SourceSpan where = SqlPlace.of(file, text, number(e.line()), column(e.startPosition()));
    if (where.line() == 0) {
      where = fragment(file, text, e.getQueryContext());
    }
    return new ProblemException(translate(file, where, e), e);
  }

  /** Some errors know their place only as a range of the text. */
  private static SourceSpan fragment(String file, String text, QueryContext[] contexts) {
    for (QueryContext context : contexts) {
      if (context.contextType() == QueryContextType.SQL
          && context.startIndex() >= 0
          && context.startIndex() < text.length()) {
        String before = text.substring(0, context.startIndex());
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = before.length() - before.lastIndexOf('\n');
        return SqlPlace.of(file, text, line, column);
      }
    }
    return SourceSpan.ofFile(file);
  }

  /** What has no place in the tree: a wrong number that Spark folds while it analyses. */
  static ProblemException invalid(String file, RuntimeException e) {
    String what = file + " cannot be analysed: " + readable(e);
    return new ProblemException(
        Problem.at(SourceSpan.ofFile(file), ErrorCode.SQL_INVALID, what, RUN_CHECK), e);
  }

  private static Problem translate(String file, SourceSpan where, AnalysisException e) {
    String condition = Optional.ofNullable(e.getCondition()).orElse("");
    Map<String, String> parameters = e.getMessageParameters();
    if (condition.startsWith("UNRESOLVED_COLUMN") || condition.startsWith("FIELD_NOT_FOUND")) {
      String name = plain(parameters.getOrDefault("objectName", parameters.get("fieldName")));
      return Problem.at(
          where,
          ErrorCode.SQL_COLUMN_NOT_FOUND,
          file + " reads column `" + name + "`, which the tables it reads there do not have",
          suggestion(parameters.get("proposal")));
    }
    if (condition.startsWith("TABLE_OR_VIEW_NOT_FOUND")) {
      String name = plain(parameters.get("relationName"));
      return Problem.at(
          where,
          ErrorCode.SQL_TABLE_NOT_FOUND,
          file + " reads table `" + name + "`, which does not exist",
          RUN_CHECK);
    }
    ErrorCode code =
        condition.startsWith("DATATYPE_MISMATCH")
            ? ErrorCode.SQL_WRONG_TYPE
            : ErrorCode.SQL_INVALID;
    return Problem.at(where, code, file + ": " + readable(e), RUN_CHECK);
  }

  private static String suggestion(@Nullable String proposal) {
    if (proposal == null || proposal.isBlank()) {
      return RUN_CHECK;
    }
    String first = proposal.split(",\\s*", -1)[0];
    return "did you mean `" + plain(first) + "`? " + RUN_CHECK;
  }

  /** {@code `a`.`b`} as {@code a.b}. */
  private static String plain(@Nullable String quoted) {
    if (quoted == null) {
      return "?";
    }
    Matcher matcher = QUOTED.matcher(quoted);
    StringBuilder name = new StringBuilder();
    while (matcher.find()) {
      name.append(name.isEmpty() ? "" : ".").append(matcher.group(1).replace("``", "`"));
    }
    return name.isEmpty() ? quoted : name.toString();
  }

  /** The first line of Spark's message, without its codes. */
  static String readable(Throwable e) {
    String message = e instanceof AnalysisException a ? a.getSimpleMessage() : e.getMessage();
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    String line = message.strip().lines().findFirst().orElse("");
    line = CONDITION.matcher(line).replaceFirst("");
    line = STATE.matcher(line).replaceFirst("");
    return line.strip();
  }

  static SourceSpan place(String file, String text, Origin origin) {
    return SqlPlace.of(file, text, number(origin.line()), column(origin.startPosition()));
  }

  static int line(Origin origin) {
    return number(origin.line());
  }

  static int column(Origin origin) {
    return column(origin.startPosition());
  }

  private static int number(scala.Option<Object> option) {
    return option.isDefined() ? (Integer) option.get() : 0;
  }

  private static int column(scala.Option<Object> option) {
    // Spark counts columns from 0, editors from 1.
    return option.isDefined() ? (Integer) option.get() + 1 : 0;
  }
}
