package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.sync.SyncChild.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills {@link SyncChild} at random instants, as {@code kill -9} does, and compares what its state
 * says with what the CRM has received.
 */
@Tag("process")
class KilledSyncTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  // Of each kind of store; many more with -Dripen.kills.
  private static final int KILLS = Integer.getInteger("ripen.kills", 25);
  private static final int BATCH = 100;
  private static final int MOST_IN_FLIGHT = SyncChild.CONCURRENCY * BATCH;

  @TempDir Path directory;
  private final Random random = new Random(2026);
  private final MockWebServer crm = new MockWebServer();
  private final List<Sent> received = new ArrayList<>();
  private Store store = Store.LOCAL;

  /** A row of a night. */
  private record Sent(int night, String recordId) {}

  @BeforeEach
  void start() throws IOException {
    crm.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    crm.start();
  }

  @AfterEach
  void stop() {
    crm.close();
  }

  @ParameterizedTest
  @EnumSource(Store.class)
  void losesNoRowAndRepeatsOnlyBatchesInFlightWhenKilledAtAnyInstant(Store kind) throws Exception {
    store = kind;
    int longestLife = 2 * millisOfANight();
    int inTheMiddle = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Set<Sent> acknowledged = acknowledged();
      int from = receivedSoFar().size();
      inTheMiddle += acknowledged.size() % SyncChild.ROWS == 0 ? 0 : 1;

      killAfter(random.nextInt(longestLife));

      List<Sent> all = receivedSoFar();
      assertThat(all.subList(from, all.size())).filteredOn(acknowledged::contains).isEmpty();
      assertThat(repeated(all, from)).isLessThanOrEqualTo(MOST_IN_FLIGHT);
    }
    // Else the kills were all too early or too late to prove anything.
    assertThat(inTheMiddle).isGreaterThan(KILLS / 5);

    int nights = receivedSoFar().stream().mapToInt(Sent::night).max().orElseThrow();
    assertThat(finish(nights)).isZero();
    List<Sent> all = receivedSoFar();
    assertThat(new HashSet<>(all)).hasSize(nights * SyncChild.ROWS);
    assertThat(all.size()).isLessThanOrEqualTo(nights * SyncChild.ROWS + KILLS * MOST_IN_FLIGHT);
    assertThat(acknowledged()).hasSize(nights * SyncChild.ROWS);
  }

  /** Rows received since a position that the CRM had received before. */
  private static long repeated(List<Sent> all, int from) {
    Set<Sent> before = new HashSet<>(all.subList(0, from));
    return all.subList(from, all.size()).stream().filter(before::contains).count();
  }

  /** How long a child of this machine, at its load, takes for the first night once it is ready. */
  private int millisOfANight() throws Exception {
    Process child = startChild(1);
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).as(() -> messages()).isEqualTo(SyncChild.READY);
      long ready = System.nanoTime();
      assertThat(child.waitFor()).as(() -> messages()).isZero();
      return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ready) + 1;
    } finally {
      child.destroyForcibly();
    }
  }

  private void killAfter(int millis) throws Exception {
    Process child = startChild(Integer.MAX_VALUE - 1);
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).as(() -> messages()).isEqualTo(SyncChild.READY);
      boolean ended = child.waitFor(millis, TimeUnit.MILLISECONDS);
      assertThat(ended).as(() -> "ended by itself: " + messages()).isFalse();
    } finally {
      child.destroyForcibly();
      child.waitFor();
    }
  }

  private int finish(int nights) throws Exception {
    Process child = startChild(nights);
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.lines()).containsExactly(SyncChild.READY);
      return child.waitFor();
    } finally {
      child.destroyForcibly();
    }
  }

  private Process startChild(int nights) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-Xmx256m",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SyncChild.class.getName(),
            store.name(),
            state().toString(),
            crm.url("/").toString(),
            String.valueOf(nights))
        .redirectError(Redirect.to(directory.resolve("messages.txt").toFile()))
        .start();
  }

  private Path state() {
    return directory.resolve("state");
  }

  private String messages() {
    try {
      return Files.readString(directory.resolve("messages.txt"));
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }

  /** What the state says that the CRM has. */
  private Set<Sent> acknowledged() {
    StateFiles files = store.open(state());
    Set<Sent> rows = new HashSet<>();
    for (int night = 1; files.exists(PlanPaths.summary(SyncChild.run(night))); night++) {
      int number = night;
      if (files.exists(SyncChild.doneMark(night))) {
        for (int n = 1; n <= SyncChild.ROWS; n++) {
          rows.add(new Sent(night, Rows.numbered(n).recordId()));
        }
      } else {
        new Outbox(files)
            .read(SyncChild.run(night), line -> rows.add(new Sent(number, "" + line.recordId())));
      }
    }
    return rows;
  }

  private List<Sent> receivedSoFar() {
    synchronized (received) {
      return List.copyOf(received);
    }
  }

  private MockResponse answer(RecordedRequest request) {
    if (request.getBody() == null || request.getBody().size() == 0) {
      return new MockResponse.Builder()
          .body("{\"results\":[{\"name\":\"mql_score\",\"type\":\"number\"}]}")
          .build();
    }
    ObjectNode reply = JSON.createObjectNode();
    ArrayNode results = reply.putArray("results");
    Map<String, String> scores = new HashMap<>();
    try {
      for (JsonNode input : JSON.readTree(request.getBody().utf8()).path("inputs")) {
        String id = input.path("id").asText();
        scores.put(id, input.path("properties").path("mql_score").asText());
        results.addObject().put("id", id);
      }
    } catch (IOException e) {
      return new MockResponse.Builder().code(400).body("{}").build();
    }
    synchronized (received) {
      scores.forEach((id, score) -> received.add(new Sent(Integer.parseInt(score), id)));
    }
    return new MockResponse.Builder()
        .body(reply.toString())
        .headersDelay(8, TimeUnit.MILLISECONDS)
        .build();
  }
}
