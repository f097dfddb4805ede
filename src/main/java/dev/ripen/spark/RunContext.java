package dev.ripen.spark;

import dev.ripen.config.DefinitionVersions;
import dev.ripen.config.Project;
import dev.ripen.sqlmodel.ModelGraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * What the steps of one run share. Safe for the two threads of a run.
 *
 * @param preview whether nothing may be written to the state
 * @param persisted datasets to be freed at the end
 */
record RunContext(
    SparkSession spark,
    Project project,
    ModelGraph graph,
    StateTables state,
    ModelRunner models,
    DefinitionVersions versions,
    RulesInForce rules,
    Instant asOf,
    boolean preview,
    List<Dataset<Row>> persisted)
    implements AutoCloseable {
  RunContext(
      SparkSession spark,
      Project project,
      ModelGraph graph,
      StateTables state,
      ModelRunner models,
      DefinitionVersions versions,
      RulesInForce rules,
      Instant asOf,
      boolean preview) {
    this(spark, project, graph, state, models, versions, rules, asOf, preview, new ArrayList<>());
  }

  Dataset<Row> persist(Dataset<Row> rows) {
    Dataset<Row> kept = rows.persist(StorageLevel.MEMORY_AND_DISK());
    synchronized (persisted) {
      persisted.add(kept);
    }
    return kept;
  }

  @Override
  public void close() {
    persisted.forEach(dataset -> dataset.unpersist(false));
    persisted.clear();
  }
}
