package dev.ripen.spark.pushdown;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Max;
import org.apache.spark.sql.catalyst.expressions.aggregate.Min;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.catalyst.plans.logical.View;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.DataTypes;
import scala.jdk.javaapi.CollectionConverters;

/** Writes Spark's plans; whatever is not named here is refused. One use. */
final class PlanSql {
  private final Dialect dialect;
  private final SourceTable.Finder tables;
  private int subqueries;

  PlanSql(Dialect dialect, SourceTable.Finder tables) {
    this.dialect = dialect;
    this.tables = tables;
  }

  /**
   * A plan's rows.
   *
   * @throws NotPushedException if nobody can say that they are the same
   */
  Block block(LogicalPlan plan) {
    if (plan instanceof LogicalRelation relation) {
      return table(relation);
    }
    if (plan instanceof Filter filter) {
      return filtered(filter);
    }
    if (plan instanceof Project project) {
      return projected(project);
    }
    if (plan instanceof Union union) {
      return union(union);
    }
    if (plan instanceof SubqueryAlias alias) {
      return block(alias.child());
    }
    if (plan instanceof View view) {
      return block(view.child());
    }
    throw new NotPushedException("it has a step " + plan.nodeName());
  }

  /** Whether Spark has found out that there are no rows. */
  static boolean isEmpty(LogicalPlan plan) {
    return plan instanceof LocalRelation local && local.data().isEmpty();
  }

  private Block table(LogicalRelation relation) {
    SourceTable table = tables.find(relation);
    Map<Long, Block.Column> columns = new LinkedHashMap<>();
    for (AttributeReference column : CollectionConverters.asJava(relation.output())) {
      columns.put(column.exprId().id(), new Block.Column(column.name(), value(column, table)));
    }
    return new Block(table.sql(), List.of(), columns);
  }

  private Value value(AttributeReference column, SourceTable table) {
    ColumnType type = table.columns().get(column.name());
    if (type == null) {
      return Value.unusable("the column " + column.name() + " is not in " + table.sql());
    }
    if (!type.fits(column.dataType())) {
      return Value.unusable("the column " + column.name() + " is of the type " + type.name());
    }
    return Value.column(dialect, dialect.name(column.name()), type);
  }

  private Block filtered(Filter filter) {
    Block child = block(filter.child());
    Block base = child.isPlain() ? child : nested(child);
    Block bounded = base.bounded(Bounds.of(filter.condition()));
    return bounded.filtered(expressions(bounded).conjuncts(filter.condition()));
  }

  private Block projected(Project project) {
    Block child = block(project.child());
    Block base = child.isPlain() ? child : nested(child);
    ExpressionSql expressions = expressions(base);
    Map<Long, Block.Column> columns = new LinkedHashMap<>();
    for (NamedExpression item : CollectionConverters.asJava(project.projectList())) {
      columns.put(
          item.exprId().id(), new Block.Column(item.name(), value(item, base, expressions)));
    }
    return base.selecting(columns);
  }

  private static Value value(NamedExpression item, Block base, ExpressionSql expressions) {
    Expression expression = item instanceof Alias alias ? alias.child() : (Expression) item;
    if (expression instanceof Attribute attribute) {
      Block.Column column = base.columns().get(attribute.exprId().id());
      if (column != null) {
        return column.value();
      }
    }
    try {
      if (expression instanceof Literal) {
        return Value.name(expressions.sql(expression), false);
      }
      return Value.expression(expressions.sql(expression), expressions.isBounded(expression));
    } catch (NotPushedException e) {
      // Perhaps nobody asks for it.
      return Value.unusable(e.reason());
    }
  }

  private Block union(Union union) {
    List<LogicalPlan> children = CollectionConverters.asJava(union.children());
    List<String> selects = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    for (LogicalPlan child : children) {
      if (!isEmpty(child)) {
        blocks.add(block(child));
      }
    }
    if (blocks.isEmpty()) {
      throw new NotPushedException("there is nothing to read");
    }
    // Columns of a union are called as those of its first part.
    List<String> names = List.copyOf(blocks.get(0).names().values());
    blocks.forEach(block -> selects.add(block.named(names).select(dialect)));
    return new Block(
        subquery(String.join(" UNION ALL ", selects)), List.of(), columns(union, names, blocks));
  }

  private Map<Long, Block.Column> columns(Union union, List<String> names, List<Block> blocks) {
    Map<Long, Block.Column> columns = new LinkedHashMap<>();
    List<Attribute> output = CollectionConverters.asJava(union.output());
    for (int i = 0; i < output.size(); i++) {
      int place = i;
      boolean bounded =
          blocks.stream()
              .allMatch(b -> List.copyOf(b.columns().values()).get(place).value().isBounded());
      columns.put(
          output.get(i).exprId().id(),
          new Block.Column(names.get(i), Value.name(dialect.name(names.get(i)), bounded)));
    }
    return columns;
  }

  private Block nested(Block inner) {
    Map<Long, Block.Column> usable = new LinkedHashMap<>(inner.columns());
    Map<Long, Block.Column> columns = new LinkedHashMap<>();
    usable.values().removeIf(column -> column.value().obstacle() != null);
    Block all = inner.selecting(usable);
    Map<Long, String> names = all.names();
    inner
        .columns()
        .forEach(
            (id, column) -> {
              String name = names.get(id);
              columns.put(
                  id,
                  name == null
                      ? column
                      : new Block.Column(
                          name, Value.name(dialect.name(name), column.value().isBounded())));
            });
    return new Block(subquery(all.select(dialect)), List.of(), columns);
  }

  String subquery(String sql) {
    subqueries++;
    return "(" + sql + ") AS " + dialect.name("t" + subqueries);
  }

  private ExpressionSql expressions(Block block) {
    return new ExpressionSql(dialect, block.values());
  }

  /** One row: counts, least and greatest values of all rows. */
  String aggregated(Aggregate aggregate) {
    if (!aggregate.groupingExpressions().isEmpty()) {
      throw new NotPushedException("it groups rows");
    }
    Block child = block(aggregate.child());
    Block base = child.isPlain() ? child : nested(child);
    ExpressionSql expressions = expressions(base);
    Map<Long, Block.Column> columns = new LinkedHashMap<>();
    for (NamedExpression item : CollectionConverters.asJava(aggregate.aggregateExpressions())) {
      if (!(item instanceof Alias alias)
          || !(alias.child() instanceof AggregateExpression function)) {
        throw new NotPushedException("it computes with counts");
      }
      columns.put(
          item.exprId().id(),
          new Block.Column(item.name(), Value.expression(function(function, expressions), false)));
    }
    return base.selecting(columns).select(dialect);
  }

  private static String function(AggregateExpression aggregate, ExpressionSql expressions) {
    AggregateFunction function = aggregate.aggregateFunction();
    if (aggregate.isDistinct() || aggregate.filter().isDefined()) {
      throw new NotPushedException("it counts distinct rows");
    }
    if (function instanceof Max max) {
      return "max(" + comparable(max.child(), expressions) + ")";
    }
    if (function instanceof Min min) {
      return "min(" + comparable(min.child(), expressions) + ")";
    }
    if (function instanceof Count count && count.children().size() == 1) {
      return "count(" + expressions.sql(count.children().apply(0)) + ")";
    }
    throw new NotPushedException("it uses " + function.prettyName());
  }

  private static String comparable(Expression value, ExpressionSql expressions) {
    if (value.dataType().equals(DataTypes.StringType)) {
      throw new NotPushedException("it compares the order of texts");
    }
    return expressions.sql(value);
  }
}
