package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowOutcome.Rejected;
import dev.ripen.crm.RowOutcome.Written;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Ten bad rows of two thousand: what they cost, by the two ways in which HubSpot refuses rows. */
class BadRowsTest {
  private static final int ROWS = 2_000;
  private static final int BATCHES = ROWS / 100;
  private static final Set<String> BAD =
      Set.of("7", "8", "155", "312", "600", "1001", "1100", "1500", "1877", "2000");

  private final FakeHubSpot hubspot = new FakeHubSpot();
  private final HubSpotDestination destination = hubspot.destination();
  private final List<String> writtenIds = new ArrayList<>();

  @AfterEach
  void close() {
    destination.close();
    hubspot.close();
  }

  private List<RowOutcome> writeAll() {
    List<RowOutcome> outcomes = new ArrayList<>();
    for (int first = 1; first <= ROWS; first += 100) {
      List<RowWrite> batch = new ArrayList<>();
      for (int seq = first; seq < first + 100; seq++) {
        batch.add(new RowWrite(seq, "" + seq, null, Map.of("mql_score", "47")));
      }
      outcomes.addAll(destination.write(WriteAction.UPDATE, batch));
    }
    return outcomes;
  }

  private void assertThatOnlyTheBadRowsAreLost(List<RowOutcome> outcomes) {
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(ROWS - BAD.size());
    assertThat(outcomes)
        .filteredOn(Rejected.class::isInstance)
        .extracting(outcome -> "" + outcome.seq())
        .containsExactlyInAnyOrderElementsOf(BAD);
    assertThat(new HashSet<>(writtenIds)).hasSize(ROWS - BAD.size());
    assertThat(writtenIds).as("nothing twice").hasSize(ROWS - BAD.size());
  }

  @Test
  void halvesABatchThatIsRefusedAsAWholeUntilTheBadRowsAreAlone() {
    hubspot.otherwise(
        call -> {
          List<String> ids = call.inputs("id");
          return ids.stream().anyMatch(BAD::contains)
              ? FakeHubSpot.json(400, "{\"message\":\"one of them is bad\"}")
              : written(ids);
        });

    assertThatOnlyTheBadRowsAreLost(writeAll());

    // To find one of a hundred takes 7 halvings of at most 2 requests each.
    assertThat(hubspot.calls()).hasSizeLessThanOrEqualTo(BATCHES + BAD.size() * 2 * 7);
  }

  @Test
  void takesThePartialSuccessAtItsWord() {
    hubspot.otherwise(
        call -> {
          List<String> good = call.inputs("id").stream().filter(id -> !BAD.contains(id)).toList();
          String errors =
              call.inputs("id").stream()
                  .filter(BAD::contains)
                  .map(
                      id ->
                          "{\"message\":\"bad\",\"context\":{\"objectWriteTraceId\":[\"ripen-"
                              + id
                              + "\"]}}")
                  .collect(Collectors.joining(","));
          writtenIds.addAll(good);
          return FakeHubSpot.json(
              errors.isEmpty() ? 200 : 207,
              "{\"results\":[" + results(good) + "],\"errors\":[" + errors + "]}");
        });

    assertThatOnlyTheBadRowsAreLost(writeAll());

    assertThat(hubspot.calls()).hasSize(BATCHES);
  }

  private MockResponse written(List<String> ids) {
    writtenIds.addAll(ids);
    return FakeHubSpot.json(200, "{\"results\":[" + results(ids) + "]}");
  }

  private static String results(List<String> ids) {
    return ids.stream().map(id -> "{\"id\":\"" + id + "\"}").collect(Collectors.joining(","));
  }
}
