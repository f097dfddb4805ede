package dev.ripen.sample;

import java.util.UUID;

/** A browser: what the tracker knows somebody by before anybody signs in. */
record Device(String anonymousId, String ip, String userAgent) {
  private static final long STREAM = 5;

  /** Addresses are from the blocks for documentation (RFC 5737). */
  private static final String[] NETWORKS = {"192.0.2.", "198.51.100.", "203.0.113."};

  /** The device with that number, of a person or of nobody. */
  static Device of(long seed, long number) {
    Dice dice = new Dice(seed, STREAM, number);
    String ip = NETWORKS[dice.below(NETWORKS.length)] + dice.between(1, 254);
    return new Device(
        uuid(dice.next(), dice.next()), ip, Site.AGENTS.get(dice.weighted(50, 20, 15, 8, 7)));
  }

  static Device bot(long seed, long number) {
    Device device = of(seed, number);
    String agent = Site.BOT_AGENTS.get(Math.floorMod(number, Site.BOT_AGENTS.size()));
    return new Device(device.anonymousId, device.ip, agent);
  }

  private static String uuid(long high, long low) {
    return new UUID((high & ~0xF000L) | 0x4000L, (low & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L)
        .toString();
  }
}
