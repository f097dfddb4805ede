package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.Budget;
import dev.ripen.crm.RecordKey;
import dev.ripen.http.FakeTime;
import dev.ripen.http.HttpTimeouts;
import dev.ripen.http.RetryPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

class HubSpotConcurrencyTest {
  private static final int CALLERS = 8;

  @Test
  void asksFourAtATimeAfterEightWereAnsweredThatRecordsAreLocked() throws Exception {
    Waves server = new Waves();
    try (MockWebServer mock = new MockWebServer()) {
      mock.setDispatcher(server);
      mock.start();
      FakeTime time = new FakeTime();
      HubSpotSettings settings =
          new HubSpotSettings(
              "hubspot",
              mock.url("/"),
              "2026-09",
              () -> "token",
              CALLERS,
              Budget.ALL,
              HttpTimeouts.DEFAULT,
              RetryPolicy.DEFAULT,
              Map.of());
      try (HubSpotDestination destination = new HubSpotDestination(settings, time, time)) {
        List<Callable<Integer>> reads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
          List<RecordKey> keys = List.of(RecordKey.ofRecordId("" + i));
          reads.add(() -> destination.read(keys, Set.of()).size());
        }
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
          for (Future<Integer> read : threads.invokeAll(reads)) {
            assertThat(read.get()).isZero();
          }
        } finally {
          threads.shutdownNow();
        }
      }
      assertThat(time.sleeps()).containsOnly(Duration.ofSeconds(2)).hasSize(CALLERS);
    }
    assertThat(server.mostAtOnce).isEqualTo(4);
  }

  /** Holds requests until a wave of them is there: eight that it refuses, then twice four. */
  private static final class Waves extends Dispatcher {
    private int arrived;
    private int answered;
    private int mostAtOnce;

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (request.getMethod().equals("GET")) {
        return FakeHubSpot.json(200, "{\"results\":[]}");
      }
      return hold() ? FakeHubSpot.json(423, "{}") : FakeHubSpot.json(200, "{\"results\":[]}");
    }

    /** Returns whether the records are locked. */
    private synchronized boolean hold() {
      int number = ++arrived;
      boolean locked = number <= CALLERS;
      int wave = locked ? CALLERS : CALLERS + ((number - CALLERS + 3) / 4) * 4;
      notifyAll();
      awaitArrivals(wave);
      if (!locked) {
        mostAtOnce = Math.max(mostAtOnce, arrived - answered);
      }
      answered++;
      return locked;
    }

    private synchronized void awaitArrivals(int wave) {
      try {
        while (arrived < wave) {
          wait();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
