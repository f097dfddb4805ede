package dev.ripen.http;

import org.jspecify.annotations.Nullable;

/** How ripen names itself to others. */
public final class UserAgent {
  private UserAgent() {}

  /** {@code ripen/<version>}; the version is {@code dev} outside of a built jar. */
  public static String ripen() {
    @Nullable String version = UserAgent.class.getPackage().getImplementationVersion();
    return "ripen/" + (version == null ? "dev" : version);
  }
}
