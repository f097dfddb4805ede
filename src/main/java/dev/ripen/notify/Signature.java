package dev.ripen.notify;

import dev.ripen.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The header {@code webhook-signature} of Standard Webhooks: {@code v1,} and HMAC-SHA256 over
 * {@code id.timestamp.body} in base64; one for each key, so that keys can be changed. Pure.
 */
final class Signature {
  private static final String PREFIX = "whsec_";

  private Signature() {}

  static String of(String id, Instant at, String body, List<Secret> keys) {
    byte[] signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
    return keys.stream().map(key -> "v1," + hmac(key, signed)).collect(Collectors.joining(" "));
  }

  private static String hmac(Secret key, byte[] signed) {
    byte[] bytes = Base64.getDecoder().decode(key.reveal().substring(PREFIX.length()));
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      return Base64.getEncoder().encodeToString(mac.doFinal(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }
}
