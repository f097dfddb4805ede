package dev.ripen.sync;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** Tells whether a row is wanted exactly as it was when the CRM refused it. */
final class ContentFingerprint {
  private static final int BYTES = 12;

  private ContentFingerprint() {}

  static String of(WantedRow wanted) {
    StringBuilder text = new StringBuilder();
    text.append(wanted.recordId()).append('\n').append(wanted.email()).append('\n');
    new TreeMap<>(wanted.fields())
        .forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
