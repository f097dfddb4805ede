package dev.ripen.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Who holds a lock and until when, as its object says it.
 *
 * @param token tells two holders apart that are called the same
 * @param run id of a run, or a command
 * @param owner user and host
 * @param since by the holder's clock, like {@code until}
 */
record LockClaim(String token, String run, String owner, Instant since, Instant until) {
  private static final ObjectMapper JSON = new ObjectMapper();

  LockClaim until(Instant end) {
    return new LockClaim(token, run, owner, since, end);
  }

  boolean holdsAt(Instant now) {
    return until.isAfter(now);
  }

  String toJson() {
    return JSON.createObjectNode()
        .put("token", token)
        .put("run", run)
        .put("owner", owner)
        .put("since", since.toString())
        .put("until", until.toString())
        .toString();
  }

  /** Empty if it is none, or only a part of one. */
  static Optional<LockClaim> parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return Optional.of(
          new LockClaim(
              node.path("token").asText(),
              node.path("run").asText(),
              node.path("owner").asText(),
              Instant.parse(node.path("since").asText()),
              Instant.parse(node.path("until").asText())));
    } catch (JsonProcessingException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
