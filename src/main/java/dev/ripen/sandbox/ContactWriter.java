package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Carries out planned writes in one journal line and shows the result. */
final class ContactWriter {
  private final ContactStore store;
  private final ContactView view;
  private final Clock clock;

  ContactWriter(ContactStore store, ContactView view, Clock clock) {
    this.store = store;
    this.view = view;
    this.clock = clock;
  }

  WritePlanner planner(ApiRequest request) {
    return new WritePlanner(store, request.version(), clock.millis());
  }

  /** The map of texts that a write must carry; the API's schema has no other type. */
  static Map<String, String> properties(JsonNode input) {
    JsonNode node = input.path("properties");
    if (!node.isObject()) {
      throw ApiException.validation("Invalid input JSON: missing field 'properties'");
    }
    Map<String, String> properties = new LinkedHashMap<>();
    node.properties()
        .forEach(
            field -> {
              if (!field.getValue().isTextual()) {
                throw ApiException.validation(
                    "Invalid input JSON: the value of '" + field.getKey() + "' is not a string");
              }
              properties.put(field.getKey(), field.getValue().asText());
            });
    return properties;
  }

  /** Commits and shows every contact with the properties that its input wrote. */
  List<ObjectNode> write(List<Planned> planned, ApiRequest request) {
    List<JournalEntry.Write> writes = new ArrayList<>();
    for (Planned plan : planned) {
      long id = plan.target() == null ? store.takeId() : plan.target().id();
      writes.add(new JournalEntry.Write(id, plan.target() == null, plan.set()));
    }
    if (!writes.isEmpty()) {
      store.commit(
          JournalEntry.writes(clock.millis(), request.source(), request.runId(), true, writes));
    }
    List<ObjectNode> shown = new ArrayList<>();
    for (int i = 0; i < planned.size(); i++) {
      shown.add(show(planned.get(i), writes.get(i)));
    }
    return shown;
  }

  private ObjectNode show(Planned plan, JournalEntry.Write write) {
    Set<String> names = new LinkedHashSet<>(plan.asked());
    if (write.created()) {
      names.add("email");
    }
    Contact contact = store.byId(write.id());
    if (contact == null) {
      throw new IllegalStateException("a contact vanished while it was written");
    }
    ObjectNode node = view.show(contact, names);
    if (plan.traceId() != null) {
      node.put("objectWriteTraceId", plan.traceId());
    }
    if (!plan.warnings().isEmpty()) {
      node.set("warnings", plan.warnings());
    }
    return node;
  }
}
