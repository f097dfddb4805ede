package dev.ripen.cli;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** Names of runs: when they started, and a few digits so that two never meet. */
final class RunIds {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  private RunIds() {}

  static String next(Clock clock) {
    byte[] bytes = new byte[2];
    RANDOM.nextBytes(bytes);
    return SECOND.format(clock.instant()) + "-" + HexFormat.of().formatHex(bytes);
  }
}
