package dev.ripen.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.config.NotifySettings.Webhook;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Posts {@code {"type", "timestamp", "data"}}, signed as Standard Webhooks says. All attempts of a
 * message have the same id, by which the receiver knows a repetition.
 */
final class WebhookSender implements Sender {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Webhook settings;
  private final HttpPost http;
  private final Clock clock;
  private final Supplier<String> ids;

  WebhookSender(Webhook settings, HttpPost http, Clock clock, Supplier<String> ids) {
    this.settings = settings;
    this.http = http;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public void send(Message message) throws DeliveryException {
    String id = ids.get();
    ObjectNode node = JSON.createObjectNode();
    node.put("type", message.type()).put("timestamp", clock.instant().toString());
    node.set("data", message.data());
    String body = node.toString();
    http.post(
        settings.url(),
        body,
        () -> {
          Instant at = clock.instant();
          return Map.of(
              "webhook-id", id,
              "webhook-timestamp", Long.toString(at.getEpochSecond()),
              "webhook-signature", Signature.of(id, at, body, settings.keys()));
        });
  }

  @Override
  public void close() {
    http.close();
  }
}
