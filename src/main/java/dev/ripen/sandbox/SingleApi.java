package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations on one contact, and the list of all. Here merged ids find the survivor. */
final class SingleApi {
  private static final int LARGEST_PAGE = 100;
  private static final int LARGEST_PAGE_WITH_HISTORY = 50;
  private static final int USUAL_PAGE = 10;

  private final ContactStore store;
  private final ContactView view;
  private final ContactWriter writer;
  private final Clock clock;

  SingleApi(ContactStore store, ContactView view, ContactWriter writer, Clock clock) {
    this.store = store;
    this.view = view;
    this.writer = writer;
    this.clock = clock;
  }

  ApiResponse read(ApiRequest request) {
    Set<String> asked = asked(request);
    Contact contact = find(request);
    return ApiResponse.ok(
        view.showWithHistory(contact, asked, request.queryList("propertiesWithHistory")));
  }

  ApiResponse create(ApiRequest request) {
    Planned planned = writer.planner(request).plan(null, ContactWriter.properties(request.body()));
    return new ApiResponse(201, writer.write(List.of(planned), request).get(0));
  }

  ApiResponse update(ApiRequest request) {
    Planned planned =
        writer.planner(request).plan(find(request), ContactWriter.properties(request.body()));
    return ApiResponse.ok(writer.write(List.of(planned), request).get(0));
  }

  ApiResponse archive(ApiRequest request) {
    Contact contact = find(request);
    store.commit(JournalEntry.archived(clock.millis(), request.source(), List.of(contact.id())));
    return ApiResponse.noContent();
  }

  ApiResponse list(ApiRequest request) {
    Set<String> history = request.queryList("propertiesWithHistory");
    int limit = limit(request, history.isEmpty() ? LARGEST_PAGE : LARGEST_PAGE_WITH_HISTORY);
    String after = request.query("after");
    long first = after == null ? 0 : BatchApi.recordId(after);
    if (first < 0) {
      throw ApiException.validation("after is not valid: " + after);
    }
    Set<String> asked = asked(request);
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    if ("true".equals(request.query("archived"))) {
      Iterator<ArchivedContact> contacts = store.archivedFrom(first).values().iterator();
      while (contacts.hasNext() && results.size() < limit) {
        results.add(view.showArchived(contacts.next(), asked));
      }
      if (contacts.hasNext()) {
        paging(body, Long.toString(contacts.next().contact().id()), request);
      }
    } else {
      Iterator<Contact> contacts = store.from(first).values().iterator();
      while (contacts.hasNext() && results.size() < limit) {
        results.add(view.showWithHistory(contacts.next(), asked, history));
      }
      if (contacts.hasNext()) {
        paging(body, Long.toString(contacts.next().id()), request);
      }
    }
    return ApiResponse.ok(body);
  }

  static int limit(ApiRequest request, int largest) {
    int limit = number(request.query("limit"), USUAL_PAGE);
    if (limit < 1 || limit > largest) {
      throw ApiException.validation("limit must be between 1 and " + largest);
    }
    return limit;
  }

  static void paging(ObjectNode body, String after, ApiRequest request) {
    ObjectNode next = body.putObject("paging").putObject("next");
    next.put("after", after);
    next.put("link", request.http().url() + "?after=" + after);
  }

  private static Set<String> asked(ApiRequest request) {
    Set<String> asked = request.queryList("properties");
    if (asked.isEmpty()) {
      asked.addAll(ContactView.DEFAULTS);
    }
    return asked;
  }

  private Contact find(ApiRequest request) {
    String id = request.path("id");
    String idProperty = request.query("idProperty");
    Contact found = find(id, idProperty);
    if (found == null) {
      throw ApiException.notFound("Object not found.  objectId are usually numeric.");
    }
    return found;
  }

  private @Nullable Contact find(String id, @Nullable String idProperty) {
    if (idProperty != null && !idProperty.equals("hs_object_id")) {
      List<String> unique = new ArrayList<>(store.uniqueNames());
      if (!unique.contains(idProperty)) {
        throw ApiException.validation(
            "Unable to perform update/upsert by non-unique 0-1 property " + idProperty);
      }
      return store.byUnique(idProperty, id);
    }
    long number = BatchApi.recordId(id);
    return number < 0 ? null : store.byAnyId(number);
  }

  private static int number(@Nullable String text, int otherwise) {
    if (text == null) {
      return otherwise;
    }
    return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
  }
}
