package dev.ripen.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonClientTest {
  private final MockWebServer server = new MockWebServer();
  private final JsonClient client =
      new JsonClient(HttpTimeouts.DEFAULT, 2, java.util.Map.of("User-Agent", "ripen/1.2.3"));

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void sendsJsonWithTokenAndUserAgent() throws Exception {
    server.enqueue(new MockResponse.Builder().body("{\"a\":1}").build());

    JsonReply reply = client.send(post(), "secret-token");

    RecordedRequest sent = server.takeRequest();
    assertThat(reply.body().path("a").asInt()).isEqualTo(1);
    assertThat(sent.getHeaders().get("Authorization")).isEqualTo("Bearer secret-token");
    assertThat(sent.getHeaders().get("User-Agent")).isEqualTo("ripen/1.2.3");
    assertThat(sent.getHeaders().get("Content-Type")).isEqualTo("application/json");
    assertThat(sent.getBody().utf8()).isEqualTo("{\"email\":\"ada@northwind.example\"}");
  }

  @Test
  void printsNeitherBodiesNorQueries() throws Exception {
    server.enqueue(new MockResponse.Builder().body("{\"email\":\"a@b.example\"}").build());

    assertThat(post()).hasToString("POST /x");
    assertThat(client.send(post(), "t")).hasToString("HTTP 200");
  }

  @Test
  void readsAnAnswerThatIsNoJsonAsMissing() throws Exception {
    server.enqueue(new MockResponse.Builder().code(502).body("<html>bad gateway").build());
    server.enqueue(new MockResponse.Builder().code(204).build());

    assertThat(client.send(post(), "t").body().isMissingNode()).isTrue();
    assertThat(client.send(post(), "t").body().isMissingNode()).isTrue();
  }

  @Test
  void repeatsNothingByItself() throws Exception {
    server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
    server.enqueue(new MockResponse.Builder().code(408).build());
    server.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "/y").build());

    assertThat(client.send(post(), "t").status()).isEqualTo(503);
    assertThat(client.send(post(), "t").status()).isEqualTo(408);
    assertThat(client.send(post(), "t").status()).isEqualTo(302);
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void doesNotRepeatAfterABrokenConnectionEither() throws Exception {
    server.enqueue(new MockResponse.Builder().body("{}").build());
    server.enqueue(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    client.send(post(), "t");

    assertThatThrownBy(() -> client.send(post(), "t"))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("northwind");
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void understandsRetryAfterInSecondsAndAsDate() throws Exception {
    server.enqueue(new MockResponse.Builder().addHeader("Retry-After", "7").build());
    server.enqueue(
        new MockResponse.Builder()
            .addHeader("Retry-After", "Sun, 22 Nov 2026 06:00:30 GMT")
            .build());
    server.enqueue(new MockResponse.Builder().addHeader("Retry-After", "soon").build());
    FakeTime time = new FakeTime();

    assertThat(client.send(post(), "t").retryAfter(time)).contains(Duration.ofSeconds(7));
    assertThat(client.send(post(), "t").retryAfter(time)).contains(Duration.ofSeconds(30));
    assertThat(client.send(post(), "t").retryAfter(time)).isEmpty();
  }

  private JsonRequest post() {
    HttpUrl url = server.url("/x?who=ada@northwind.example");
    return JsonRequest.post(
        url, JsonClient.JSON.createObjectNode().put("email", "ada@northwind.example"));
  }
}
