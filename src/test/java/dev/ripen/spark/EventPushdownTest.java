package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.adapters.Adapters;
import dev.ripen.sqlmodel.SqlModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A range of days is asked of the table itself, as a comparison with one of its columns: a night
 * does not read all of it.
 */
@Tag("spark")
class EventPushdownTest {
  /** Bring no events of people; and the times of one's own tables may have to be cast. */
  private static final Set<String> OTHERS = Set.of("6sense", "outfunnel", "usermotion", "table");

  @TempDir Path temporary;
  private final SparkSession spark = SparkTestSession.create();
  private final SqlCompiler compiler = new SqlCompiler();

  static Stream<String> adapters() {
    return Adapters.load().events().keySet().stream().filter(name -> !OTHERS.contains(name));
  }

  @ParameterizedTest
  @MethodSource("adapters")
  void aRangeOfDaysReachesEveryTable(String name) {
    EventAdapterProject project = EventAdapterProject.write(temporary.resolve("project"), name);
    Set<String> read = project.readBy("events");
    for (SqlModel model : project.graph().inOrder()) {
      if (read.contains(model.name()) || model.name().equals("events")) {
        compiler
            .compile(spark, model.path(), model.text(), Map.of(), parts -> table(project, parts))
            .createOrReplaceTempView(model.name());
      }
    }
    List<SparkPlan> scans =
        CollectionConverters.asJava(
            spark
                .table("events")
                .where("occurred_at >= TIMESTAMP '2026-11-12' AND occurred_at < '2026-11-13'")
                .queryExecution()
                .sparkPlan()
                .collectLeaves());
    assertThat(scans).hasSize((int) read.stream().filter(table -> table.contains(".")).count());
    assertThat(scans).allMatch(EventPushdownTest::comparesColumn);
  }

  private Dataset<Row> table(EventAdapterProject project, List<String> parts) {
    String name = String.join(".", parts);
    String file = temporary.resolve("tables").resolve(name).toString();
    ModelAnalyzer.empty(spark, project.schema(name)).write().mode("overwrite").parquet(file);
    return spark.read().parquet(file);
  }

  private static boolean comparesColumn(SparkPlan scan) {
    assertThat(scan).isInstanceOf(FileSourceScanExec.class);
    return CollectionConverters.asJava(((FileSourceScanExec) scan).dataFilters()).stream()
        .anyMatch(
            filter ->
                filter instanceof GreaterThanOrEqual comparison
                    && comparison.left() instanceof AttributeReference);
  }
}
