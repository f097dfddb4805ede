package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.RecordKey;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowOutcome.Written;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.TrafficStats;
import dev.ripen.crm.WriteAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;

class HubSpotThroughputTest {
  @Test
  void readsAndWritesTwoThousandRowsInFortyRequestsWithoutWaiting() throws Exception {
    try (FakeHubSpot hubspot = new FakeHubSpot().otherwise(HubSpotThroughputTest::answer);
        HubSpotDestination destination = hubspot.destination()) {
      List<RowOutcome> outcomes = inParallel(destination);

      assertThat(outcomes)
          .hasSize(2000)
          .allSatisfy(
              outcome ->
                  assertThat(outcome)
                      .isEqualTo(new Written(outcome.seq(), "" + outcome.seq(), false, Map.of())));
      assertThat(hubspot.calls()).hasSize(40);
      assertThat(hubspot.time.sleeps()).isEmpty();
      // One more to know the types of the fields.
      assertThat(destination.traffic()).isEqualTo(new TrafficStats(41, 20, 0, 0));
    }
  }

  private static List<RowOutcome> inParallel(HubSpotDestination destination) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<List<RowOutcome>>> batches = new ArrayList<>();
      for (int first = 0; first < 2000; first += 100) {
        List<RowWrite> rows =
            IntStream.range(first, first + 100)
                .mapToObj(i -> new RowWrite(i, "" + i, null, Map.of("mql", "true")))
                .toList();
        batches.add(() -> readAndWrite(destination, rows));
      }
      List<RowOutcome> outcomes = new ArrayList<>();
      for (Future<List<RowOutcome>> batch : threads.invokeAll(batches)) {
        outcomes.addAll(batch.get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<RowOutcome> readAndWrite(
      HubSpotDestination destination, List<RowWrite> rows) {
    List<RecordKey> keys = rows.stream().map(row -> RecordKey.ofRecordId("" + row.seq())).toList();
    assertThat(destination.read(keys, Set.of("mql"))).hasSize(100);
    return destination.write(WriteAction.UPDATE, rows);
  }

  private static MockResponse answer(FakeHubSpot.Call call) {
    String results =
        call.inputs("id").stream()
            .map(id -> "{\"id\":\"" + id + "\",\"properties\":{}}")
            .collect(Collectors.joining(","));
    return FakeHubSpot.json(200, "{\"status\":\"COMPLETE\",\"results\":[" + results + "]}");
  }
}
