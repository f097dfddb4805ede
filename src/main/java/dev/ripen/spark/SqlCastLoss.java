package dev.ripen.spark;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.Tuple3;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Counts the values that {@code TRY_CAST} in the outermost SELECT of a staging model turned into
 * null. Stateless.
 */
public final class SqlCastLoss {
  private final SqlCompiler compiler = new SqlCompiler();

  /**
   * A cast that may lose values.
   *
   * @param column as the model calls it
   * @param source what is cast, as Spark writes it
   * @param type in Spark SQL
   */
  public record TryCast(String column, String source, String type) {}

  /** The casts of the outermost SELECT; of a {@code SELECT * FROM cte}, those of the CTE. */
  public List<TryCast> tryCasts(String file, String text) {
    return find(SqlPlans.parse(file, text)).map(Found::casts).orElse(List.of()).stream()
        .map(each -> new TryCast(each.column(), each.source().sql(), each.cast().dataType().sql()))
        .toList();
  }

  /**
   * One row with a BIGINT per column of {@link #tryCasts}, of the same name: how many values that
   * were not null the cast made null. Reads the same FROM and WHERE as the model.
   *
   * @return empty if the model casts nothing
   */
  public Optional<Dataset<Row>> count(
      SparkSession session,
      String file,
      String text,
      Map<String, Object> parameters,
      Function<List<String>, @Nullable Dataset<Row>> sourceTables) {
    return find(SqlPlans.parse(file, text))
        .filter(found -> !found.casts().isEmpty())
        .map(
            found ->
                compiler.build(
                    session,
                    file,
                    text,
                    compiler.bind(file, text, found.countingPlan(), parameters, sourceTables)));
  }

  private static Optional<Found> find(LogicalPlan plan) {
    if (plan instanceof UnresolvedWith with) {
      Optional<String> cte = onlyCte(with);
      if (cte.isPresent()) {
        return insideCte(with, cte.get());
      }
      return find(with.child())
          .map(found -> found.inside(with, CollectionConverters.asJava(with.cteRelations())));
    }
    if (plan instanceof Project project) {
      List<Each> casts = new ArrayList<>();
      CollectionConverters.asJava(project.projectList()).forEach(e -> collect(e, casts));
      return Optional.of(new Found(casts, counting(casts, project.child())));
    }
    return Optional.empty();
  }

  /** The name of the CTE if the text ends in {@code SELECT * FROM cte}. */
  private static Optional<String> onlyCte(UnresolvedWith with) {
    if (with.child() instanceof Project project
        && project.projectList().length() == 1
        && project.projectList().head() instanceof UnresolvedStar star
        && star.target().isEmpty()
        && project.child() instanceof UnresolvedRelation relation
        && relation.multipartIdentifier().length() == 1) {
      String name = relation.multipartIdentifier().head().toLowerCase(Locale.ROOT);
      return SqlPlans.ctes(with).stream()
          .map(cte -> cte._1().toLowerCase(Locale.ROOT))
          .filter(name::equals)
          .findFirst();
    }
    return Optional.empty();
  }

  /** A CTE sees only those before it. */
  private static Optional<Found> insideCte(UnresolvedWith with, String name) {
    List<Tuple3<String, SubqueryAlias, Option<Object>>> before = new ArrayList<>();
    for (var cte : SqlPlans.ctes(with)) {
      if (cte._1().toLowerCase(Locale.ROOT).equals(name)) {
        return find(cte._2().child())
            .map(found -> before.isEmpty() ? found : found.inside(with, before));
      }
      before.add(cte);
    }
    return Optional.empty();
  }

  private static void collect(NamedExpression expression, List<Each> casts) {
    if (expression instanceof Alias alias
        && alias.child() instanceof Cast cast
        && cast.evalMode().equals(EvalMode$.MODULE$.TRY())) {
      casts.add(new Each(alias.name(), cast.child(), cast));
    }
  }

  private static LogicalPlan counting(List<Each> casts, LogicalPlan from) {
    List<NamedExpression> counts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Each each : casts) {
      if (names.add(each.column())) {
        Expression lost = new And(new IsNotNull(each.source()), new IsNull(each.cast()));
        counts.add(SqlPlans.alias(countIf(lost), each.column()));
      }
    }
    return new Project(SqlScala.seq(counts), from);
  }

  private static Expression countIf(Expression condition) {
    return new UnresolvedFunction(
        SqlScala.seq(List.of("count_if")),
        SqlScala.seq(List.of(condition)),
        false,
        Option.empty(),
        false,
        SqlScala.seq(List.of()),
        false);
  }

  private record Each(String column, Expression source, Cast cast) {}

  private record Found(List<Each> casts, LogicalPlan countingPlan) {
    Found inside(UnresolvedWith with, List<Tuple3<String, SubqueryAlias, Option<Object>>> ctes) {
      return new Found(casts, with.copy(countingPlan, SqlScala.seq(ctes), with.allowRecursion()));
    }
  }
}
