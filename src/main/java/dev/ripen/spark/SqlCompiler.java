package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.SqlPlace;
import dev.ripen.sqlmodel.SqlReader.Obstacle;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkRuntimeException;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.NamedParameter;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.trees.CurrentOrigin$;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Makes a Dataset of a SQL text: source tables and parameters are put into the parsed tree, so that
 * nothing is created in a catalog and no value is pasted into a text. Analyses at once, runs
 * nothing. Names of one part are temporary views of the session. Stateless.
 */
public final class SqlCompiler {

  /**
   * Compiles one SELECT.
   *
   * @param file for messages
   * @param parameters by name, without the colon: String, Long, Integer, Boolean, BigDecimal,
   *     Double, LocalDate, or Instant (a TIMESTAMP)
   * @param sourceTables gives the rows of a name of two or more parts; null if there is no such
   *     table
   * @throws ProblemException with what Spark found wrong, its place and the nearest name
   */
  public Dataset<Row> compile(
      SparkSession session,
      String file,
      String text,
      Map<String, Object> parameters,
      Function<List<String>, @Nullable Dataset<Row>> sourceTables) {
    // The parser takes settings such as ANSI from the active session.
    LogicalPlan parsed = classic(session).withActive(() -> SqlPlans.parse(file, text));
    return build(session, file, text, bind(file, text, parsed, parameters, sourceTables));
  }

  /**
   * Makes a Dataset of one column out of an expression over the columns of a table.
   *
   * @param place for messages
   * @throws ProblemException also if the expression looks at more than one row
   */
  Dataset<Row> expression(
      SparkSession session,
      String place,
      String text,
      Map<String, Object> parameters,
      Dataset<Row> table) {
    Expression parsed = classic(session).withActive(() -> SqlPlans.parseExpression(place, text));
    for (Obstacle obstacle : SqlObstacles.of(parsed)) {
      throw new ProblemException(
          Problem.at(
              SqlPlace.of(place, text, obstacle.line(), obstacle.column()),
              ErrorCode.SQL_INVALID,
              place + " uses " + obstacle.what() + ", but may look at one row only: " + text,
              "Compute it in a model and use its column here"));
    }
    Expression bound =
        SqlPlans.rewrite(parsed, UnaryOperator.identity(), values(place, text, parameters));
    return build(session, place, text, SqlPlans.project(bound, "value", SqlPlans.analyzed(table)));
  }

  private static org.apache.spark.sql.classic.SparkSession classic(SparkSession session) {
    return (org.apache.spark.sql.classic.SparkSession) session;
  }

  private static UnaryOperator<Expression> values(
      String file, String text, Map<String, Object> parameters) {
    return expression ->
        expression instanceof NamedParameter parameter
            ? literal(file, text, parameter, parameters)
            : expression;
  }

  /** The tree with parameters and source tables in place. */
  LogicalPlan bind(
      String file,
      String text,
      LogicalPlan parsed,
      Map<String, Object> parameters,
      Function<List<String>, @Nullable Dataset<Row>> sourceTables) {
    UnaryOperator<LogicalPlan> tables =
        node ->
            node instanceof UnresolvedRelation relation
                ? table(file, text, relation, sourceTables)
                : node;
    return SqlPlans.rewrite(parsed, tables, values(file, text, parameters));
  }

  /** Analyses a bound tree. */
  Dataset<Row> build(SparkSession session, String file, String text, LogicalPlan bound) {
    try {
      return org.apache.spark.sql.classic.Dataset$.MODULE$.ofRows(classic(session), bound);
    } catch (Exception e) {
      // Scala declares nothing, so the compiler does not know that AnalysisException is thrown.
      if (e instanceof AnalysisException analysis) {
        throw SqlErrors.notAnalyzed(file, text, analysis);
      }
      if (e instanceof SparkRuntimeException || e instanceof ArithmeticException) {
        throw SqlErrors.invalid(file, (RuntimeException) e);
      }
      throw e;
    }
  }

  private static LogicalPlan table(
      String file,
      String text,
      UnresolvedRelation relation,
      Function<List<String>, @Nullable Dataset<Row>> sourceTables) {
    List<String> parts = List.copyOf(CollectionConverters.asJava(relation.multipartIdentifier()));
    if (parts.size() == 1) {
      return relation;
    }
    Dataset<Row> rows = sourceTables.apply(parts);
    if (rows == null) {
      throw new ProblemException(
          Problem.at(
              SqlErrors.place(file, text, relation.origin()),
              ErrorCode.SQL_TABLE_NOT_FOUND,
              file + " reads table `" + String.join(".", parts) + "`, which no source has",
              "List it under sources in conf/ripen.conf, then run: ripen check"));
    }
    int last = parts.size() - 1;
    AliasIdentifier alias =
        new AliasIdentifier(parts.get(last), SqlScala.seq(parts.subList(0, last)));
    LogicalPlan plan = SqlPlans.analyzed(rows);
    return CurrentOrigin$.MODULE$.withOrigin(
        relation.origin(), () -> new SubqueryAlias(alias, plan));
  }

  private static Expression literal(
      String file, String text, NamedParameter parameter, Map<String, Object> parameters) {
    Object value = parameters.get(parameter.name());
    if (value == null) {
      String known =
          parameters.isEmpty()
              ? "there are none"
              : ":" + String.join(", :", new TreeSet<>(parameters.keySet()));
      throw new ProblemException(
          Problem.at(
              SqlErrors.place(file, text, parameter.origin()),
              ErrorCode.SQL_INVALID,
              file + " uses parameter :" + parameter.name() + ", which has no value",
              "Known parameters: " + known + ". Add others under parameters in conf/ripen.conf"));
    }
    return CurrentOrigin$.MODULE$.withOrigin(
        parameter.origin(), () -> Literal$.MODULE$.apply(supported(parameter.name(), value)));
  }

  private static Object supported(String name, Object value) {
    if (value instanceof String
        || value instanceof Long
        || value instanceof Integer
        || value instanceof Boolean
        || value instanceof Double
        || value instanceof BigDecimal
        || value instanceof LocalDate
        || value instanceof Instant) {
      return value;
    }
    throw new IllegalArgumentException(
        "parameter " + name + " is a " + value.getClass().getName() + ", which SQL does not know");
  }
}
