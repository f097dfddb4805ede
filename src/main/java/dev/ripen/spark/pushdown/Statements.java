package dev.ripen.spark.pushdown;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import scala.jdk.javaapi.CollectionConverters;

/** The statements that a source is sent. */
public final class Statements {
  private static final String VISITOR = "visitor_id";
  private static final String EVENT = "event_id";
  private static final String TIME = "occurred_at";
  private static final String RULE = "rule";
  private static final String MATCH = "match_";

  /** Columns of a plan of events before those of its rules. */
  private static final int FIRST_RULE = 3;

  private final Dialect dialect;
  private final SourceTable.Finder tables;

  public Statements(Dialect dialect, SourceTable.Finder tables) {
    this.dialect = dialect;
    this.tables = tables;
  }

  /**
   * One row of counts.
   *
   * @param plan optimized
   * @throws NotPushedException if nobody can say that it is the same
   */
  public String counts(LogicalPlan plan) {
    if (plan instanceof Aggregate aggregate) {
      return new PlanSql(dialect, tables).aggregated(aggregate);
    }
    throw new NotPushedException("it has a step " + plan.nodeName());
  }

  /**
   * One row per visitor, rule, event and day in UTC: visitor_id, rule, event_id, and the first
   * occurred_at.
   *
   * @param plan optimized: visitor_id, event_id, occurred_at, and for each rule whether it matches
   * @param rules their ids, in that order
   * @return empty if no event can match a rule
   * @throws NotPushedException if nobody can say that they are the same
   */
  public Optional<String> signals(LogicalPlan plan, List<String> rules) {
    PlanSql plans = new PlanSql(dialect, tables);
    List<String> parts = new ArrayList<>();
    for (LogicalPlan part : parts(plan)) {
      if (!PlanSql.isEmpty(part)) {
        tagged(plans, part, rules).ifPresent(parts::add);
      }
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    String keys = name(VISITOR) + ", " + name(RULE) + ", " + name(EVENT);
    return Optional.of(
        "SELECT %1$s, min(%2$s) AS %2$s FROM %3$s GROUP BY %1$s, CAST(%2$s AS DATE)"
            .formatted(keys, name(TIME), plans.subquery(String.join(" UNION ALL ", parts))));
  }

  /** A union of events is one of signals, too; each of its parts has few rules. */
  private static List<LogicalPlan> parts(LogicalPlan plan) {
    return plan instanceof Union union
        ? CollectionConverters.asJava(union.children()).stream()
            .flatMap(child -> parts(child).stream())
            .toList()
        : List.of(plan);
  }

  private Optional<String> tagged(PlanSql plans, LogicalPlan part, List<String> rules) {
    List<Integer> possible = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      if (!isNever(part, FIRST_RULE + i)) {
        possible.add(i);
      }
    }
    if (possible.isEmpty()) {
      return Optional.empty();
    }
    Block events = needed(plans.block(part).named(columns(rules.size())), possible);
    String from = plans.subquery(events.select(dialect));
    if (possible.size() == 1) {
      int only = possible.get(0);
      String rule = dialect.text(rules.get(only)) + " AS " + name(RULE);
      return Optional.of(select(rule, from) + " WHERE " + match(only));
    }
    String all =
        possible.stream()
            .map(i -> "SELECT " + dialect.text(rules.get(i)) + " AS " + name(RULE))
            .collect(Collectors.joining(" UNION ALL "));
    String matching =
        possible.stream()
            .map(
                i -> "(%s = %s AND %s)".formatted(name(RULE), dialect.text(rules.get(i)), match(i)))
            .collect(Collectors.joining(" OR "));
    return Optional.of(
        select(name(RULE), from + " CROSS JOIN " + plans.subquery(all)) + " WHERE " + matching);
  }

  private String select(String rule, String from) {
    return "SELECT %s, %s, %s, %s FROM %s"
        .formatted(name(VISITOR), rule, name(EVENT), name(TIME), from);
  }

  private static List<String> columns(int rules) {
    List<String> names = new ArrayList<>(List.of(VISITOR, EVENT, TIME));
    IntStream.range(0, rules).forEach(i -> names.add(MATCH + (i + 1)));
    return names;
  }

  private String match(int rule) {
    return name(MATCH + (rule + 1));
  }

  private static Block needed(Block events, List<Integer> rules) {
    Map<Long, Block.Column> columns = new LinkedHashMap<>();
    int place = 0;
    for (Map.Entry<Long, Block.Column> column : events.columns().entrySet()) {
      if (place < FIRST_RULE || rules.contains(place - FIRST_RULE)) {
        columns.put(column.getKey(), column.getValue());
      }
      place++;
    }
    return events.selecting(columns);
  }

  /** Spark knows of some parts of a union that a rule cannot match there. */
  private static boolean isNever(LogicalPlan part, int column) {
    if (!(part instanceof Project project)) {
      return false;
    }
    NamedExpression item = project.projectList().apply(column);
    Expression value = item instanceof Alias alias ? alias.child() : (Expression) item;
    return value instanceof Literal literal
        && (literal.value() == null || literal.value().equals(false));
  }

  private String name(String column) {
    return dialect.name(column);
  }
}
