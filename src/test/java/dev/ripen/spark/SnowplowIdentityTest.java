package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.ripen.identity.IdentityRules;
import dev.ripen.identity.NaivePeople;
import dev.ripen.identity.PersonId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real stream of web events, which has a device with ten user ids. The extract is not part of
 * this repository: it lies beside the checkout, or where the property {@code ripen.shared} says.
 */
@Tag("spark")
final class SnowplowIdentityTest {
  private static final String DEVICE =
      "device:434dff58299fdc4f124ddf56a4f117d76f69bedb06f76d9858ffde85e16e14e1";
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");

  private final SparkSession spark = SparkTestSession.create();

  @Test
  void theDeviceWithTenUserIdsIsOnePerson() {
    Dataset<Row> events =
        spark
            .read()
            .option("header", true)
            .option("multiLine", true)
            .option("escape", "\"")
            .csv(extract().toString());
    assertThat(events.count()).isEqualTo(160);
    assertThat(events.select("event_id").distinct().count()).isEqualTo(157);
    Dataset<Row> links =
        events.selectExpr(
            "'device:' || domain_userid AS id",
            "'user:' || user_id AS other_id",
            "CAST(collector_tstamp AS TIMESTAMP) AS seen_at");

    for (int inMemory : List.of(PeopleStep.IN_MEMORY, 0)) {
      PeopleStep step = new PeopleStep(spark, IdentityRules.DEFAULT, inMemory);
      PeopleStep.Found found = step.find(links, AS_OF, Optional.empty());
      List<PersonId> people = PeopleStepTest.read(found.people());
      String person =
          people.stream().filter(id -> id.id().equals(DEVICE)).findFirst().orElseThrow().personId();
      assertThat(people)
          .filteredOn(id -> id.id().startsWith("user:user stitch"))
          .hasSize(10)
          .extracting(PersonId::personId)
          .containsOnly(person);
      assertThat(people).filteredOn(id -> id.id().equals(person)).hasSize(1);
      assertThat(people)
          .isEqualTo(
              NaivePeople.of(
                  LinkRows.links(LinkRows.distinct(links, AS_OF)), IdentityRules.DEFAULT));
    }
  }

  private static Path extract() {
    String base = System.getProperty("basedir", "");
    Path shared =
        Path.of(System.getProperty("ripen.shared", Path.of(base, "..", "shared").toString()));
    Path file = shared.resolve("data/warehouse_extracts/snowplow/snowplow_web_events.csv");
    if (!Files.exists(file)) {
      String message = "the real extract is not here: " + file.toAbsolutePath().normalize();
      assertThat(System.getenv("CI")).as(message).isNotEqualTo("true");
      abort(message);
    }
    return file;
  }
}
