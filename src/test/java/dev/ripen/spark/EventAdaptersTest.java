package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A project of each tool that brings events is in order, and its cases pass. */
@Tag("spark")
class EventAdaptersTest {
  @TempDir Path temporary;

  @TestFactory
  Stream<DynamicTest> makeProjectsThatPassTheirTests() {
    SparkSession spark = SparkTestSession.create();
    return EventAdapterProject.names().stream()
        .map(name -> dynamicTest(name, () -> isInOrder(spark, name)));
  }

  private void isInOrder(SparkSession spark, String name) {
    // Companies alone are nobody: 6sense brings no events of people.
    List<String> events = name.equals("6sense") ? List.of(name, "table") : List.of(name);
    EventAdapterProject project =
        EventAdapterProject.write(temporary.resolve(name), List.of("table"), events);
    assertThat(project.problems(spark)).isEmpty();
    List<ModelCaseResult> results = project.run(spark, test -> true);
    assertThat(results)
        .extracting(ModelCaseResult::suite)
        .anyMatch(model -> model.endsWith("_events"));
    assertThat(results).filteredOn(result -> !result.passed()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> goTogether() {
    SparkSession spark = SparkTestSession.create();
    return Stream.of(
        dynamicTest("a tool as CRM and for its events", () -> togetherInOrder(spark, "hubspot")),
        dynamicTest(
            "many at once",
            () ->
                togetherInOrder(
                    spark,
                    "ga4",
                    "ga4-fivetran",
                    "amplitude",
                    "mixpanel",
                    "snowplow",
                    "rudderstack",
                    "kissmetrics",
                    "marketo",
                    "pardot",
                    "callrail",
                    "6sense")));
  }

  private void togetherInOrder(SparkSession spark, String... events) {
    EventAdapterProject project =
        EventAdapterProject.write(
            temporary.resolve(events[0]), List.of("hubspot"), List.of(events));
    assertThat(project.problems(spark)).isEmpty();
  }
}
