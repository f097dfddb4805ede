package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list begins. */
final class Cursor {
  private @Nullable String after;
  private boolean more = true;

  /** Null for the first page. */
  @Nullable String after() {
    return after;
  }

  boolean hasNext() {
    return more;
  }

  /** Takes over what a page says; one that leads back to itself is the last. */
  void follow(JsonNode page) {
    String next = page.path("paging").path("next").path("after").asText("");
    more = !next.isEmpty() && !next.equals(after);
    after = next;
  }
}
