package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The batch operations on contacts.
 *
 * <p>Chosen where nobody could confirm what HubSpot does: an upsert by another contact's additional
 * address updates that contact and leaves its main address; an update of an id that does not exist
 * is a partial success with or without trace ids.
 */
final class BatchApi {
  private static final int MOST_INPUTS = 100;
  private static final int MOST_INPUTS_WITH_HISTORY = 50;
  private static final String NOT_UNIQUE =
      "Unable to perform update/upsert by non-unique 0-1 property ";

  private final ContactStore store;
  private final ContactView view;
  private final ContactWriter writer;
  private final Clock clock;

  BatchApi(ContactStore store, ContactView view, ContactWriter writer, Clock clock) {
    this.store = store;
    this.view = view;
    this.writer = writer;
    this.clock = clock;
  }

  /** Plans one input, or throws why it is refused. */
  private interface Planner {
    Planned plan(WritePlanner planner, JsonNode input);
  }

  ApiResponse create(ApiRequest request) {
    return write(
        request, 201, (planner, input) -> planner.plan(null, ContactWriter.properties(input)));
  }

  ApiResponse update(ApiRequest request) {
    rejectDuplicates(request);
    return write(
        request,
        200,
        (planner, input) -> {
          Map<String, String> properties = ContactWriter.properties(input);
          String idProperty = Json.text(input, "idProperty");
          if (idProperty != null && (idProperty.equals("email") || !isUnique(idProperty))) {
            throw ApiException.validation(NOT_UNIQUE + idProperty);
          }
          return planner.plan(required(find(input, idProperty), input), properties);
        });
  }

  ApiResponse upsert(ApiRequest request) {
    rejectDuplicates(request);
    return write(request, 200, this::planUpsert);
  }

  private Planned planUpsert(WritePlanner planner, JsonNode input) {
    Map<String, String> properties = ContactWriter.properties(input);
    String idProperty = Json.text(input, "idProperty");
    if (idProperty == null) {
      return planner.plan(required(find(input, null), input), properties);
    }
    if (!isUnique(idProperty)) {
      throw ApiException.validation(NOT_UNIQUE + idProperty);
    }
    Contact target = find(input, idProperty);
    if (target == null) {
      properties.put(idProperty, id(input));
      return planner.plan(null, properties);
    }
    String address = properties.getOrDefault("email", "").toLowerCase(Locale.ROOT);
    if (idProperty.equals("email") && address.equals(id(input).toLowerCase(Locale.ROOT))) {
      properties.remove("email");
    }
    return planner.plan(target, properties);
  }

  private boolean isUnique(String idProperty) {
    return store.isUnique(idProperty);
  }

  private static String id(JsonNode input) {
    String id = Json.text(input, "id");
    if (id == null || id.isEmpty()) {
      throw ApiException.validation("Invalid input JSON: missing field 'id'");
    }
    return id;
  }

  /** Merged ids do not count here (object guide, read 2026-11-22). */
  private @Nullable Contact find(JsonNode input, @Nullable String idProperty) {
    String id = id(input);
    if (idProperty != null) {
      return store.byUnique(idProperty, id);
    }
    long number = recordId(id);
    return number < 0 ? null : store.byId(number);
  }

  private static Contact required(@Nullable Contact found, JsonNode input) {
    if (found == null) {
      throw missing(List.of(id(input)));
    }
    return found;
  }

  private static ApiException missing(List<String> ids) {
    return new ApiException(
        404,
        "OBJECT_NOT_FOUND",
        "Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are"
            + " valid.",
        Map.of("ids", ids));
  }

  static long recordId(String id) {
    return id.matches("\\d{1,18}") ? Long.parseLong(id) : -1;
  }

  private static JsonNode inputs(ApiRequest request) {
    JsonNode inputs = request.body().path("inputs");
    if (inputs.size() > MOST_INPUTS) {
      throw ApiException.validation(
          "The number of inputs (" + inputs.size() + ") exceeds the limit of " + MOST_INPUTS);
    }
    return inputs;
  }

  private static void rejectDuplicates(ApiRequest request) {
    Set<String> seen = new HashSet<>();
    Set<String> twice = new LinkedHashSet<>();
    for (JsonNode input : inputs(request)) {
      String id = Json.text(input, "id", "");
      if (!seen.add(Json.text(input, "idProperty") + "=" + id.toLowerCase(Locale.ROOT))) {
        twice.add(id.toLowerCase(Locale.ROOT));
      }
    }
    if (!twice.isEmpty()) {
      throw new ApiException(
          400,
          "VALIDATION_ERROR",
          "Duplicate IDs found in batch input: " + twice,
          Map.of("ids", List.copyOf(twice)));
    }
  }

  /**
   * A refused input costs only itself if every input has its own trace id; otherwise it costs the
   * whole batch. A body without {@code inputs} is a success without results, as observed.
   */
  private ApiResponse write(ApiRequest request, int success, Planner how) {
    JsonNode inputs = inputs(request);
    boolean traced = everyInputHasItsOwnTraceId(inputs);
    BatchAnswer answer = new BatchAnswer(clock);
    List<Planned> planned = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    WritePlanner planner = writer.planner(request);
    for (JsonNode input : inputs) {
      String traceId = Json.text(input, "objectWriteTraceId");
      try {
        planned.add(how.plan(planner, input).withTraceId(traceId));
      } catch (ApiException e) {
        if (traced) {
          answer.error(traced(e, traceId));
        } else if (e.category().equals("OBJECT_NOT_FOUND")) {
          missing.addAll(e.context().getOrDefault("ids", List.of()));
        } else {
          throw e;
        }
      }
    }
    if (!missing.isEmpty()) {
      answer.error(missing(missing).item());
    }
    List<ObjectNode> shown = writer.write(planned, request);
    boolean upsert = request.http().path().endsWith("/upsert");
    for (int i = 0; i < shown.size(); i++) {
      if (upsert) {
        shown.get(i).put("new", planned.get(i).target() == null);
      }
      answer.result(shown.get(i));
    }
    return answer.response(success, clock);
  }

  private static ObjectNode traced(ApiException problem, @Nullable String traceId) {
    Map<String, List<String>> context = new TreeMap<>(problem.context());
    context.put("objectWriteTraceId", List.of(String.valueOf(traceId)));
    return new ApiException(
            problem.status(), problem.category(), String.valueOf(problem.getMessage()), context)
        .item();
  }

  private static boolean everyInputHasItsOwnTraceId(JsonNode inputs) {
    Set<String> seen = new HashSet<>();
    for (JsonNode input : inputs) {
      String traceId = Json.text(input, "objectWriteTraceId");
      if (traceId == null || !seen.add(traceId)) {
        return false;
      }
    }
    return true;
  }

  ApiResponse read(ApiRequest request) {
    String idProperty = Json.text(request.body(), "idProperty");
    Set<String> asked = Json.texts(request.body(), "properties");
    if (asked.isEmpty()) {
      asked.addAll(ContactView.DEFAULTS);
    }
    if (idProperty != null) {
      asked.add(idProperty);
    }
    Set<String> history = Json.texts(request.body(), "propertiesWithHistory");
    if (!history.isEmpty() && inputs(request).size() > MOST_INPUTS_WITH_HISTORY) {
      throw ApiException.validation(
          "With histories, at most " + MOST_INPUTS_WITH_HISTORY + " inputs can be read");
    }
    BatchAnswer answer = new BatchAnswer(clock);
    Set<Contact> found = new LinkedHashSet<>();
    Set<String> missing = new LinkedHashSet<>();
    for (JsonNode input : inputs(request)) {
      Contact contact = findToRead(id(input), idProperty);
      if (contact == null) {
        missing.add(id(input));
      } else {
        found.add(contact);
      }
    }
    found.forEach(contact -> answer.result(view.showWithHistory(contact, asked, history)));
    if (!missing.isEmpty()) {
      answer.error(missing(List.copyOf(missing)).item());
    }
    return answer.response(200, clock);
  }

  private @Nullable Contact findToRead(String id, @Nullable String idProperty) {
    if (idProperty != null && !idProperty.equals("hs_object_id")) {
      if (!isUnique(idProperty)) {
        throw ApiException.validation(NOT_UNIQUE + idProperty);
      }
      return store.byUnique(idProperty, id);
    }
    long number = recordId(id);
    return number < 0 ? null : store.byAnyId(number);
  }

  ApiResponse archive(ApiRequest request) {
    List<Long> ids = new ArrayList<>();
    for (JsonNode input : inputs(request)) {
      long number = recordId(id(input));
      if (number >= 0 && store.byId(number) != null) {
        ids.add(number);
      }
    }
    if (!ids.isEmpty()) {
      store.commit(JournalEntry.archived(clock.millis(), request.source(), ids));
    }
    return ApiResponse.noContent();
  }
}
