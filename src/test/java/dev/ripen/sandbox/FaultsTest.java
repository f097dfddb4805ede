package dev.ripen.sandbox;

import static dev.ripen.sandbox.SandboxClient.CONTACTS;
import static dev.ripen.sandbox.SandboxClient.inputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.sandbox.FaultRule.Effect;
import dev.ripen.sandbox.SandboxClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultsTest extends SandboxFixture {
  private static final String UPDATE = CONTACTS + "/batch/update";

  private Answer update() throws Exception {
    return client.post(UPDATE, inputs().write("101", "city", "Oslo").body());
  }

  private String city() {
    return server.findContact("101").orElseThrow().getOrDefault("city", "");
  }

  private List<Integer> statuses(int requests) throws Exception {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      statuses.add(update().status());
    }
    return statuses;
  }

  @Test
  void failsTheRequestsThatARuleNames() throws Exception {
    server.faults().add(FaultRule.on("POST", ".*/batch/update").requests(2, 3).status(502));
    assertThat(statuses(4)).containsExactly(200, 502, 502, 200);
  }

  @Test
  void failsEveryThirdRequest() throws Exception {
    server.faults().add(FaultRule.on("POST", ".*/batch/update").everyNth(3).status(503));
    assertThat(statuses(6)).containsExactly(200, 200, 503, 200, 200, 503);
  }

  @Test
  void leavesOtherRequestsAlone() throws Exception {
    server.faults().add(FaultRule.on("POST", ".*/batch/update"));
    assertThat(client.get(CONTACTS).status()).isEqualTo(200);
  }

  @Test
  void playsRateLimitsByPolicy() throws Exception {
    server.faults().add(FaultRule.on(".*", ".*").rateLimited("DAILY"));
    Answer answer = update();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.body().path("policyName").asText()).isEqualTo("DAILY");
    assertThat(city()).isEmpty();
  }

  @Test
  void playsMigrationsWithRetryAfter() throws Exception {
    server.faults().add(FaultRule.on(".*", ".*").status(477).retryAfter(3600));
    assertThat(update().status()).isEqualTo(477);
    assertThat(update().header("Retry-After")).isEqualTo("3600");
  }

  @Test
  void playsAnyBody() throws Exception {
    server.faults().add(FaultRule.on(".*", ".*").status(504).body("<html>gateway</html>"));
    Answer answer = update();
    assertThat(answer.raw().body()).isEqualTo("<html>gateway</html>");
    assertThat(answer.header("Content-Type")).startsWith("text/html");
  }

  @Test
  void losesTheAnswerAfterTheWriteWasDone() throws Exception {
    server.faults().add(FaultRule.on(".*", ".*").status(504).afterTheWork());
    assertThat(update().status()).isEqualTo(504);
    assertThat(city()).isEqualTo("Oslo");
  }

  @Test
  void cutsTheConnection() {
    server.faults().add(FaultRule.on(".*", ".*").effect(Effect.DROP).requests(1, 1));
    // The JDK's client may try a cut request again by itself; a plain socket does not.
    assertThat(rawGet()).isEmpty();
    assertThat(server.log().get(0).status()).isZero();
  }

  private String rawGet() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request =
          "GET " + CONTACTS + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void hangsUntilTheServerCloses() throws Exception {
    server.faults().add(FaultRule.on(".*", ".*").effect(Effect.HANG));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request = "GET " + CONTACTS + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(300);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(java.net.SocketTimeoutException.class);
      server.close();
    }
    restart(options -> options);
  }

  @Test
  void answersSuccessWithoutResultsAndWritesNothing() throws Exception {
    server.faults().add(FaultRule.on(".*", ".*").effect(Effect.EMPTY_SUCCESS).requests(1, 1));
    Answer answer = update();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("results").size()).isZero();
    assertThat(answer.body().has("errors")).isFalse();
    assertThat(city()).isEmpty();
  }

  @Test
  void isControlledOverHttpToo() throws Exception {
    client.post(
        "/sandbox/faults",
        "{'rateLimit':{'max':7},'rules':[{'method':'POST','path':'.*update','to':1,'status':423}]}");
    Answer locked = update();
    assertThat(locked.status()).isEqualTo(423);
    assertThat(locked.body().path("category").asText()).isEqualTo("LOCKED");
    assertThat(update().header("X-HubSpot-RateLimit-Max")).isEqualTo("7");
    client.post("/sandbox/faults", "{'clear':true,'rules':[{'effect':'drop','path':'/none'}]}");
    assertThat(client.post("/sandbox/faults", "{'rules':[{'effect':'x'}]}").status())
        .isEqualTo(400);
  }

  @Test
  void keepsALogOfRequests() throws Exception {
    client.get(CONTACTS + "?limit=1");
    server.faults().add(FaultRule.on(".*", ".*").status(500).requests(1, 1));
    client.post(UPDATE, inputs().write("101", "city", "Oslo").write("103", "city", "Rome").body());
    assertThat(server.log())
        .extracting(
            LoggedRequest::method,
            LoggedRequest::path,
            LoggedRequest::status,
            LoggedRequest::rows,
            LoggedRequest::at)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("GET", CONTACTS, 200, 0, clock.instant()),
            org.assertj.core.groups.Tuple.tuple("POST", UPDATE, 500, 2, clock.instant()));
    assertThat(client.get("/sandbox/log").body().at("/requests/0/path").asText()).isEqualTo(UPDATE);
  }

  @Test
  void addsLatency() throws Exception {
    server.faults().latency(Duration.ofMillis(20));
    update();
    assertThat(server.log().get(0).millis()).isGreaterThanOrEqualTo(19);
  }
}
