package dev.ripen.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.config.NotifySettings.Slack;
import java.util.Map;

/** Posts {@code {"text": …}}, which Slack and those that are like it read. */
final class SlackSender implements Sender {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Slack settings;
  private final HttpPost http;

  SlackSender(Slack settings, HttpPost http) {
    this.settings = settings;
    this.http = http;
  }

  @Override
  public void send(Message message) throws DeliveryException {
    String text = "*" + escaped(message.subject()) + "*\n" + escaped(lines(message));
    http.post(
        settings.url(), JSON.createObjectNode().put("text", text.strip()).toString(), Map::of);
  }

  private static String lines(Message message) {
    return String.join("\n", message.lines());
  }

  /**
   * Slack reads {@code <!channel>} and links between angle brackets: nobody's title may call all.
   */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  @Override
  public void close() {
    http.close();
  }
}
