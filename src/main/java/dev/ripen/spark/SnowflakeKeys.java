package dev.ripen.spark;

import dev.ripen.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Key-pair authentication: the driver takes the key inline, base64 of the PEM text. */
final class SnowflakeKeys {
  private SnowflakeKeys() {}

  static String base64(Secret pem) {
    return Base64.getEncoder().encodeToString(pem.reveal().getBytes(StandardCharsets.UTF_8));
  }
}
