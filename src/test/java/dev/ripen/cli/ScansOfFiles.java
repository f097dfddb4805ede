package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SparkPlanInfo;
import org.apache.spark.sql.execution.ui.SparkListenerSQLAdaptiveExecutionUpdate;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;
import scala.jdk.javaapi.CollectionConverters;

/** What every query, also those inside a write, says about its scans of some files. */
final class ScansOfFiles extends SparkListener {
  private static final String LAST = "the last query of the night";

  private final String files;
  private final List<Map<String, String>> scans = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  ScansOfFiles(String files) {
    this.files = files;
  }

  /** Each a map of what Spark tells of it. */
  List<Map<String, String>> scans() {
    return List.copyOf(scans);
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof SparkListenerSQLExecutionStart start) {
      if (start.physicalPlanDescription().contains(LAST)) {
        ended.countDown();
      }
      look(start.sparkPlanInfo());
    } else if (event instanceof SparkListenerSQLAdaptiveExecutionUpdate update) {
      look(update.sparkPlanInfo());
    }
  }

  private void look(SparkPlanInfo plan) {
    Map<String, String> about = CollectionConverters.asJava(plan.metadata());
    if (about.getOrDefault("Location", "").contains(files)) {
      scans.add(about);
    }
    CollectionConverters.asJava(plan.children()).forEach(this::look);
  }

  /** Events arrive in their order, some time later. */
  void await(SparkSession spark) throws InterruptedException {
    spark.range(1).selectExpr("'" + LAST + "' AS text").where("id >= 0").collectAsList();
    assertThat(ended.await(1, TimeUnit.MINUTES)).as("Spark tells of its queries").isTrue();
  }
}
