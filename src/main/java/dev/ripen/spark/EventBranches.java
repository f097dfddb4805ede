package dev.ripen.spark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The branches of a UNION ALL that read nothing but tables of events, and its others. Of the former
 * days can be read alone. Runs nothing.
 */
final class EventBranches {
  private final org.apache.spark.sql.classic.SparkSession session;
  private final LogicalPlan plan;
  private final Attribute time;
  private final Set<BaseRelation> ofEvents;

  private EventBranches(
      org.apache.spark.sql.classic.SparkSession session,
      LogicalPlan plan,
      Attribute time,
      Set<BaseRelation> ofEvents) {
    this.session = session;
    this.plan = plan;
    this.time = time;
    this.ofEvents = ofEvents;
  }

  /**
   * Those of some rows.
   *
   * @param column that says when; a timestamp, else nothing can be told apart
   * @param events the models of events: what they read are tables of events
   * @return empty if there is no such branch
   */
  static Optional<EventBranches> of(Dataset<Row> rows, String column, List<Dataset<Row>> events) {
    Set<BaseRelation> ofEvents = Collections.newSetFromMap(new IdentityHashMap<>());
    events.forEach(model -> ofEvents.addAll(relations(SqlPlans.analyzed(model))));
    LogicalPlan plan = SqlPlans.analyzed(rows);
    return timestamp(plan, column)
        .map(
            time ->
                new EventBranches(
                    (org.apache.spark.sql.classic.SparkSession) rows.sparkSession(),
                    plan,
                    time,
                    ofEvents))
        .filter(branches -> !branches.leaves().isEmpty());
  }

  /** Which rows of a branch are wanted. */
  interface Wanted {
    /**
     * A condition over columns of a step that takes rows as they are, as deep in a branch as
     * needed.
     *
     * @param loaded when the row was loaded, if the table says so
     */
    Expression condition(Expression time, Optional<Expression> loaded);
  }

  /** Some of their rows. */
  Dataset<Row> rows(Wanted wanted) {
    return with(wanted, Literal.FalseLiteral());
  }

  /** The rows of all other branches. */
  Dataset<Row> others() {
    return with((time, loaded) -> Literal.FalseLiteral(), Literal.TrueLiteral());
  }

  /** The rows of all other branches, and of these some. */
  Dataset<Row> othersAnd(Wanted wanted) {
    return with(wanted, Literal.TrueLiteral());
  }

  /** How large their tables are; of a database Spark thinks that they are very large. */
  double bytes() {
    return leaves().stream().mapToDouble(leaf -> (double) leaf.sizeInBytes()).sum();
  }

  private Set<BaseRelation> leaves() {
    Set<BaseRelation> found = Collections.newSetFromMap(new IdentityHashMap<>());
    restricted(
        plan,
        time,
        (branch, at) -> {
          found.addAll(relations(branch));
          return branch;
        },
        (branch, at) -> branch);
    return found;
  }

  private Dataset<Row> with(Wanted ofThese, Literal ofOthers) {
    LogicalPlan restricted =
        restricted(
            plan,
            time,
            (branch, at) -> filtered(branch, at, ofThese),
            (branch, at) -> new Filter(ofOthers, branch));
    return org.apache.spark.sql.classic.Dataset.ofRows(session, restricted);
  }

  /** Looks for the step that still knows when its rows were loaded. */
  private static LogicalPlan filtered(LogicalPlan node, Attribute at, Wanted wanted) {
    Optional<Attribute> loaded = timestamp(node, LateDays.LOADED_AT);
    Optional<Attribute> origin = origin(node, at);
    if (loaded.isEmpty() && origin.isPresent()) {
      return above(node, filtered(SqlPlans.children(node).get(0), origin.get(), wanted));
    }
    return new Filter(
        wanted.condition((Expression) at, loaded.map(column -> (Expression) column)), node);
  }

  private static Optional<Attribute> timestamp(LogicalPlan node, String name) {
    return CollectionConverters.asJava(node.output()).stream()
        .filter(attribute -> attribute.name().equals(name))
        .filter(attribute -> attribute.dataType().equals(DataTypes.TimestampType))
        .findFirst();
  }

  private static LogicalPlan above(LogicalPlan node, LogicalPlan child) {
    return node.withNewChildren(SqlScala.seq(List.of(child)));
  }

  /** What becomes of a branch with that column of time. */
  private interface Change {
    LogicalPlan of(LogicalPlan branch, Attribute time);
  }

  private LogicalPlan restricted(LogicalPlan node, Attribute at, Change ofThese, Change ofOthers) {
    if (readsEventsAlone(node)) {
      return ofThese.of(node, at);
    }
    if (node instanceof Union union) {
      int place =
          CollectionConverters.asJava(union.output()).stream()
              .map(Attribute::exprId)
              .toList()
              .indexOf(at.exprId());
      List<LogicalPlan> changed = new ArrayList<>();
      for (LogicalPlan child : SqlPlans.children(union)) {
        Attribute own = child.output().apply(place);
        changed.add(restricted(child, own, ofThese, ofOthers));
      }
      return union.withNewChildren(SqlScala.seq(changed));
    }
    Optional<Attribute> origin = origin(node, at);
    if (origin.isPresent()) {
      LogicalPlan child = SqlPlans.children(node).get(0);
      return above(node, restricted(child, origin.get(), ofThese, ofOthers));
    }
    return ofOthers.of(node, at);
  }

  /** What the column is called below a step that takes rows as they are. */
  private static Optional<Attribute> origin(LogicalPlan node, Attribute at) {
    if (node instanceof Project project) {
      return CollectionConverters.asJava(project.projectList()).stream()
          .filter(item -> item.exprId().equals(at.exprId()))
          .map(EventBranches::renamed)
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (node instanceof SubqueryAlias
        || node instanceof View
        || (node instanceof Filter filter && filter.condition().deterministic())) {
      return CollectionConverters.asJava(SqlPlans.children(node).get(0).output()).stream()
          .filter(attribute -> attribute.exprId().equals(at.exprId()))
          .findFirst();
    }
    return Optional.empty();
  }

  private static Optional<Attribute> renamed(NamedExpression item) {
    Object inside = item instanceof Alias alias ? alias.child() : item;
    return inside instanceof Attribute attribute ? Optional.of(attribute) : Optional.empty();
  }

  private boolean readsEventsAlone(LogicalPlan node) {
    List<LogicalPlan> leaves = new ArrayList<>();
    SqlPlans.everyPlan(
        node,
        each -> {
          if (SqlPlans.children(each).isEmpty() && !(each instanceof CTERelationRef)) {
            leaves.add(each);
          }
        });
    return !leaves.isEmpty()
        && leaves.stream()
            .allMatch(
                leaf ->
                    leaf instanceof LogicalRelation relation
                        && ofEvents.contains(relation.relation()));
  }

  private static Set<BaseRelation> relations(LogicalPlan node) {
    Set<BaseRelation> found = Collections.newSetFromMap(new IdentityHashMap<>());
    SqlPlans.everyPlan(
        node,
        each -> {
          if (each instanceof LogicalRelation relation) {
            found.add(relation.relation());
          }
        });
    return found;
  }
}
