package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The envelope of a batch's answer. */
final class BatchAnswer {
  private final String startedAt;
  private final List<ObjectNode> results = new ArrayList<>();
  private final ArrayNode errors = Json.array();

  BatchAnswer(Clock clock) {
    this.startedAt = Instants.text(clock.millis());
  }

  static ObjectNode empty(Clock clock) {
    return new BatchAnswer(clock).envelope(clock);
  }

  void result(ObjectNode result) {
    results.add(result);
  }

  void error(ObjectNode error) {
    errors.add(error);
  }

  ApiResponse response(int success, Clock clock) {
    return new ApiResponse(errors.isEmpty() ? success : 207, envelope(clock));
  }

  private ObjectNode envelope(Clock clock) {
    ObjectNode node = Json.object();
    node.put("status", "COMPLETE");
    node.put("startedAt", startedAt);
    node.put("completedAt", Instants.text(clock.millis()));
    node.set("results", Json.array().addAll(notInInputOrder()));
    if (!errors.isEmpty()) {
      node.put("numErrors", errors.size());
      node.set("errors", errors);
    }
    return node;
  }

  /** The API promises no order; a client that relies on one must fail here, and every time. */
  private List<ObjectNode> notInInputOrder() {
    List<ObjectNode> shuffled = new ArrayList<>(results);
    java.util.Collections.shuffle(shuffled, new Random(shuffled.size()));
    if (shuffled.equals(results) && shuffled.size() > 1) {
      java.util.Collections.rotate(shuffled, 1);
    }
    return shuffled;
  }
}
