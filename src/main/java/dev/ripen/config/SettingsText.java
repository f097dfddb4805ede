package dev.ripen.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import java.util.Map;
import java.util.TreeMap;

/** Settings as a text to be compared: one {@code path = value} a line, sorted, without secrets. */
final class SettingsText {
  private SettingsText() {}

  /** What decides over results: not the instant, nor who is told of them. */
  static String of(Config resolved) {
    Map<String, String> lines = new TreeMap<>();
    resolved
        .entrySet()
        .forEach(
            entry -> {
              String path = entry.getKey();
              if (!path.equals("as-of")
                  && !path.startsWith("notify.")
                  && !SecretReader.isSecret(path)) {
                lines.put(path, entry.getValue().render(ConfigRenderOptions.concise()));
              }
            });
    StringBuilder text = new StringBuilder();
    lines.forEach((path, value) -> text.append(path).append(" = ").append(value).append('\n'));
    return text.toString();
  }
}
