package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ripen.sqlmodel.ModelGraph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every adapter of a tool that brings events: its models fit its schemas, and its cases pass. */
@Tag("spark")
class EventAdaptersTest {
  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> haveCasesThatPass() {
    SparkSession spark = SparkTestSession.create();
    return EventAdapterProject.names().stream()
        .map(name -> dynamicTest(name, () -> casesPass(spark, name)));
  }

  private void casesPass(SparkSession spark, String name) throws IOException {
    EventAdapterProject project = EventAdapterProject.write(temporary.resolve(name), name);
    // Loading says what is not row-local: a range of days would not reach the source.
    ModelGraph graph = project.graph();
    List<ModelCaseResult> results = project.run(spark, graph);
    assertThat(results).extracting(ModelCaseResult::suite).containsAll(project.provided());
    assertThat(results).filteredOn(result -> !result.passed()).isEmpty();
  }
}
