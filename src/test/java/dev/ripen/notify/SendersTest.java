package dev.ripen.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.config.NotifySettings.Slack;
import dev.ripen.config.NotifySettings.Webhook;
import dev.ripen.config.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SendersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330L);
  private static final Secret KEY = new Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  private static final Message MESSAGE =
      new Message(
          "mqls.new",
          "acme-mql: 1 new MQL",
          List.of("• 101: R&D <!channel> asked for a demo"),
          JSON.createObjectNode().put("new_mqls", 1));

  private final MockWebServer server = new MockWebServer();
  private final List<Duration> pauses = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SlackSender slack() {
    return new SlackSender(new Slack(address("/services/T0/B0/x")), new HttpPost(pauses::add));
  }

  private WebhookSender webhook(Secret... keys) {
    return new WebhookSender(
        new Webhook(address("/hook"), List.of(keys)),
        new HttpPost(pauses::add),
        Clock.fixed(NOW, ZoneOffset.UTC),
        () -> "msg_p5jXN8AQM9LWM0D4loKWxJek");
  }

  private Secret address(String path) {
    return new Secret(server.url(path).toString());
  }

  private void answers(int... statuses) {
    for (int status : statuses) {
      server.enqueue(new MockResponse.Builder().code(status).build());
    }
  }

  @Test
  void signsAsTheExampleOfStandardWebhooks() {
    assertThat(
            Signature.of(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, "{\"test\": 2432232314}", List.of(KEY)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void signsTheBytesThatItSends() throws Exception {
    answers(204);

    webhook(KEY).send(MESSAGE);

    RecordedRequest request = server.takeRequest();
    String body = request.getBody().utf8();
    assertThat(request.getHeaders().get("webhook-id")).isEqualTo("msg_p5jXN8AQM9LWM0D4loKWxJek");
    assertThat(request.getHeaders().get("webhook-timestamp")).isEqualTo("1614265330");
    assertThat(request.getHeaders().get("webhook-signature"))
        .isEqualTo(Signature.of("msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, body, List.of(KEY)));
    JsonNode sent = JSON.readTree(body);
    assertThat(sent.get("type").asText()).isEqualTo("mqls.new");
    assertThat(sent.get("timestamp").asText()).isEqualTo("2021-02-25T15:02:10Z");
    assertThat(sent.get("data").get("new_mqls").asInt()).isEqualTo(1);
  }

  @Test
  void signsWithEveryKeyWhileKeysAreChanged() throws Exception {
    answers(200);
    Secret next = new Secret("whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldY");

    webhook(KEY, next).send(MESSAGE);

    String[] signatures = server.takeRequest().getHeaders().get("webhook-signature").split(" ", -1);
    assertThat(signatures).hasSize(2).allMatch(signature -> signature.startsWith("v1,"));
    assertThat(signatures[0]).isNotEqualTo(signatures[1]);
  }

  @Test
  void repeatsWithTheSameIdAndWaitsAsLongAsItIsTold() throws Exception {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "7").build());
    answers(503, 200);

    webhook(KEY).send(MESSAGE);

    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(2));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(server.takeRequest().getHeaders().get("webhook-id"));
    }
    assertThat(ids).containsOnly("msg_p5jXN8AQM9LWM0D4loKWxJek");
  }

  @Test
  void givesUpAfterThreeAttemptsAndShowsNoAddress() {
    answers(500, 500, 500);

    assertThatThrownBy(() -> slack().send(MESSAGE))
        .isInstanceOf(DeliveryException.class)
        .hasMessage("HTTP 500");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void doesNotRepeatWhatIsRefused() {
    answers(403);

    assertThatThrownBy(() -> slack().send(MESSAGE)).hasMessage("HTTP 403");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void saysThatAnAddressIsGone() {
    answers(410);

    assertThatThrownBy(() -> webhook(KEY).send(MESSAGE)).hasMessageContaining("gone for good");
  }

  @Test
  void followsNoRedirect() {
    server.enqueue(
        new MockResponse.Builder()
            .code(307)
            .addHeader("Location", server.url("/elsewhere").toString())
            .build());

    assertThatThrownBy(() -> webhook(KEY).send(MESSAGE)).hasMessage("HTTP 307");
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void waitsForNobodyWhoWantsHours() {
    server.enqueue(new MockResponse.Builder().code(429).addHeader("Retry-After", "3600").build());

    assertThatThrownBy(() -> slack().send(MESSAGE)).hasMessage("HTTP 429");
    assertThat(pauses).isEmpty();
  }

  @Test
  void showsNoAddressWhereNobodyListens() {
    Secret address = address("/services/T0/B0/x");
    server.close();
    SlackSender sender = new SlackSender(new Slack(address), new HttpPost(pauses::add));

    assertThatThrownBy(() -> sender.send(MESSAGE))
        .hasMessageStartingWith("no answer after 3 attempts")
        .hasMessageNotContaining("T0");
  }

  @Test
  void letsNoTitleCallTheWholeSlackChannel() throws Exception {
    answers(200);

    slack().send(MESSAGE);

    RecordedRequest request = server.takeRequest();
    assertThat(JSON.readTree(request.getBody().utf8()).get("text").asText())
        .isEqualTo("*acme-mql: 1 new MQL*\n• 101: R&amp;D &lt;!channel&gt; asked for a demo");
  }
}
