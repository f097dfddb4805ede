package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.sqlmodel.ModelCheck;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The models {@code events} and {@code account_events} and what they read: the large ones. */
final class EventModels {
  static final String EVENTS = "events";
  static final String ACCOUNT_EVENTS = "account_events";

  private final ModelGraph graph;
  private final Set<String> names = new HashSet<>();

  EventModels(ModelGraph graph) {
    this.graph = graph;
    for (String name : List.of(EVENTS, ACCOUNT_EVENTS)) {
      if (graph.findModel(name).isPresent()) {
        names.addAll(graph.readBy(name));
        names.add(name);
      }
    }
  }

  boolean contains(SqlModel model) {
    return names.contains(model.name());
  }

  List<SqlModel> inOrder() {
    return graph.inOrder().stream().filter(this::contains).toList();
  }

  /** The model of events with those checks that can be counted in the pass that reads it. */
  SqlModel checkedInPassing() {
    return events(check -> !check.isDistinct());
  }

  private SqlModel events(Predicate<ModelCheck> some) {
    SqlModel events = graph.model(EVENTS);
    return events.withChecks(events.checks().stream().filter(some).toList());
  }

  /** Of the two, those that the project has. */
  List<Dataset<Row>> tables(SparkSession spark) {
    return List.of(EVENTS, ACCOUNT_EVENTS).stream()
        .filter(names::contains)
        .map(spark::table)
        .toList();
  }

  /** Runs their other checks, over the days that a run reads. */
  void check(SparkSession spark, ModelRunner models, LocalDate from) {
    List<SqlModel> checked = new ArrayList<>(inOrder());
    checked.removeIf(model -> model.name().equals(EVENTS));
    checked.add(events(ModelCheck::isDistinct));
    for (SqlModel model : checked) {
      if (model.checks().isEmpty()) {
        continue;
      }
      Dataset<Row> rows = spark.table(model.name());
      if (List.of(rows.columns()).contains("occurred_at")) {
        rows =
            rows.where(
                col("occurred_at")
                    .isNull()
                    .or(col("occurred_at").geq(lit(SignalRows.startOf(from)))));
      }
      models.check(model, rows);
    }
  }
}
