package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.CompoundBody;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.trees.CurrentOrigin$;
import org.apache.spark.sql.catalyst.trees.Origin;
import scala.Option;
import scala.Tuple3;
import scala.jdk.javaapi.CollectionConverters;

/** Walks and rewrites the trees that Spark's parser makes. Needs no session. */
final class SqlPlans {
  private SqlPlans() {}

  static LogicalPlan analyzed(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed();
  }

  /** As it would be executed. */
  static LogicalPlan optimized(Dataset<Row> rows) {
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().optimizedPlan();
  }

  /** One SELECT as a tree in which nothing is resolved. */
  static LogicalPlan parse(String file, String text) {
    LogicalPlan plan;
    try {
      plan = CatalystSqlParser$.MODULE$.parsePlan(text);
    } catch (Exception e) {
      // Scala declares nothing, so the compiler does not know that ParseException is thrown here.
      if (e instanceof ParseException parse) {
        throw SqlErrors.notParsed(file, text, parse);
      }
      throw e;
    }
    if (plan instanceof Command
        || plan instanceof ParsedStatement
        || plan instanceof CompoundBody) {
      throw new ProblemException(
          Problem.at(
              SourceSpan.ofFile(file),
              ErrorCode.SQL_NOT_PARSED,
              file + " is not one SELECT",
              "A model is one SELECT (WITH … SELECT is fine); ripen makes the tables"));
    }
    refuseHiddenTables(file, text, plan);
    return plan;
  }

  /** One expression as a tree in which nothing is resolved. */
  static Expression parseExpression(String place, String text) {
    Expression parsed;
    try {
      parsed = CatalystSqlParser$.MODULE$.parseExpression(text);
    } catch (Exception e) {
      if (e instanceof ParseException parse) {
        throw SqlErrors.notParsed(place, text, parse);
      }
      throw e;
    }
    visit(
        parsed,
        expression -> {
          if (expression instanceof ExpressionWithUnresolvedIdentifier) {
            throw computedName(place, text, expression.origin());
          }
        });
    return parsed;
  }

  /** {@code SELECT expression AS name FROM child}. */
  static LogicalPlan project(Expression expression, String name, LogicalPlan child) {
    return new Project(SqlScala.seq(List.of(alias(expression, name))), child);
  }

  static NamedExpression alias(Expression expression, String name) {
    return new Alias(
        expression,
        name,
        NamedExpression$.MODULE$.newExprId(),
        SqlScala.seq(List.of()),
        Option.empty(),
        SqlScala.seq(List.of()));
  }

  private static void refuseHiddenTables(String file, String text, LogicalPlan plan) {
    everyPlan(
        plan,
        node -> {
          if (node instanceof PlanWithUnresolvedIdentifier) {
            throw computedName(file, text, node.origin());
          }
          // Its table is no child in the tree: neither the order nor the sources would see it.
          if (node instanceof RelationTimeTravel travel) {
            throw new ProblemException(
                Problem.at(
                    SqlErrors.place(file, text, travel.relation().origin()),
                    ErrorCode.SQL_NOT_PARSED,
                    file + " reads a table as it was (AS OF), which ripen does not support",
                    "Take AS OF out of the line"));
          }
          everyExpression(
              node,
              expression -> {
                if (expression instanceof ExpressionWithUnresolvedIdentifier) {
                  throw computedName(file, text, expression.origin());
                }
              });
        });
  }

  private static ProblemException computedName(String file, String text, Origin origin) {
    return new ProblemException(
        Problem.at(
            SqlErrors.place(file, text, origin),
            ErrorCode.SQL_NOT_PARSED,
            file + " uses IDENTIFIER(…), which hides the tables and columns that it reads",
            "Write the name itself"));
  }

  /** Every node, also in CTEs and in subqueries of expressions. */
  static void everyPlan(LogicalPlan plan, Consumer<LogicalPlan> visitor) {
    visitor.accept(plan);
    if (plan instanceof UnresolvedWith with) {
      ctes(with).forEach(cte -> everyPlan(cte._2(), visitor));
    }
    everyExpression(plan, expression -> subquery(expression, query -> everyPlan(query, visitor)));
    children(plan).forEach(child -> everyPlan(child, visitor));
  }

  /** Every expression of one node, not those of its subqueries. */
  static void everyExpression(LogicalPlan plan, Consumer<Expression> visitor) {
    CollectionConverters.asJava(plan.expressions()).forEach(root -> visit(root, visitor));
  }

  /** An expression and all in it, from the outside in. */
  static void visit(Expression expression, Consumer<Expression> visitor) {
    visitor.accept(expression);
    CollectionConverters.asJava(expression.children()).forEach(child -> visit(child, visitor));
  }

  static void subquery(Expression expression, Consumer<LogicalPlan> visitor) {
    if (expression instanceof PlanExpression<?> planned
        && planned.plan() instanceof LogicalPlan query) {
      visitor.accept(query);
    }
  }

  static List<LogicalPlan> children(LogicalPlan plan) {
    return CollectionConverters.asJava(plan.children());
  }

  static List<Tuple3<String, SubqueryAlias, Option<Object>>> ctes(UnresolvedWith with) {
    return CollectionConverters.asJava(with.cteRelations());
  }

  /**
   * The same tree with nodes and expressions replaced, also in CTEs and subqueries. Places are kept
   * for messages.
   */
  static LogicalPlan rewrite(
      LogicalPlan plan, UnaryOperator<LogicalPlan> nodes, UnaryOperator<Expression> expressions) {
    LogicalPlan replaced = nodes.apply(plan);
    if (replaced != plan) {
      return replaced;
    }
    return CurrentOrigin$.MODULE$.withOrigin(
        plan.origin(), () -> rewriteInside(plan, nodes, expressions));
  }

  private static LogicalPlan rewriteInside(
      LogicalPlan plan, UnaryOperator<LogicalPlan> nodes, UnaryOperator<Expression> expressions) {
    LogicalPlan result = plan;
    if (plan instanceof UnresolvedWith with) {
      List<Tuple3<String, SubqueryAlias, Option<Object>>> rewritten =
          ctes(with).stream()
              .map(
                  cte ->
                      new Tuple3<>(
                          cte._1(),
                          (SubqueryAlias) rewrite(cte._2(), nodes, expressions),
                          cte._3()))
              .toList();
      result = with.copy(with.child(), SqlScala.seq(rewritten), with.allowRecursion());
    }
    result = result.mapChildren(SqlScala.function(child -> rewrite(child, nodes, expressions)));
    return result.mapExpressions(
        SqlScala.function(expression -> rewrite(expression, nodes, expressions)));
  }

  /** The same expression with its parts replaced, also in its subqueries. */
  @SuppressWarnings("unchecked")
  static Expression rewrite(
      Expression expression,
      UnaryOperator<LogicalPlan> nodes,
      UnaryOperator<Expression> expressions) {
    Expression replaced = expressions.apply(expression);
    if (replaced != expression) {
      return replaced;
    }
    return CurrentOrigin$.MODULE$.withOrigin(
        expression.origin(),
        () -> {
          Expression result =
              expression.mapChildren(
                  SqlScala.function((Expression child) -> rewrite(child, nodes, expressions)));
          if (result instanceof PlanExpression<?> planned
              && planned.plan() instanceof LogicalPlan query) {
            return ((PlanExpression<LogicalPlan>) planned)
                .withNewPlan(rewrite(query, nodes, expressions));
          }
          return result;
        });
  }
}
