package dev.ripen.http;

import java.time.Duration;

/**
 * How long a request may take.
 *
 * @param connect until the connection stands
 * @param read between two bytes of the answer, the first included
 */
public record HttpTimeouts(Duration connect, Duration read) {
  /** 110 s of reading: services behind Cloudflare say 524 after 100 s, which tells more. */
  public static final HttpTimeouts DEFAULT =
      new HttpTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(110));

  public HttpTimeouts {
    if (connect.isNegative() || connect.isZero() || read.isNegative() || read.isZero()) {
      throw new IllegalArgumentException("timeouts must be positive");
    }
  }
}
