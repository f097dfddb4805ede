package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The search of contacts. Sees every write at once; the CRM's index lags by seconds. */
final class SearchApi {
  private static final int LONGEST_BODY = 3000;
  private static final int LARGEST_PAGE = 200;
  private static final int USUAL_PAGE = 10;
  private static final int MOST_RESULTS = 10_000;
  private static final int MOST_GROUPS = 5;
  private static final int MOST_FILTERS_PER_GROUP = 6;
  private static final int MOST_FILTERS = 18;

  private final ContactStore store;
  private final ContactView view;

  SearchApi(ContactStore store, ContactView view) {
    this.store = store;
    this.view = view;
  }

  ApiResponse search(ApiRequest request) {
    JsonNode body = request.body();
    if (request.http().body().length() > LONGEST_BODY) {
      throw ApiException.validation("The request body is longer than 3,000 characters");
    }
    int limit = body.path("limit").asInt(USUAL_PAGE);
    int after = body.path("after").asInt(0);
    if (limit < 0 || limit > LARGEST_PAGE || after < 0) {
      throw ApiException.validation("limit must be at most " + LARGEST_PAGE);
    }
    if (after + limit > MOST_RESULTS) {
      throw ApiException.validation("Paging through results cannot go beyond 10,000 results");
    }
    List<Contact> found = new ArrayList<>();
    List<List<SearchFilter>> groups = groups(body);
    String query = Json.text(body, "query", "").toLowerCase(Locale.ROOT);
    for (Contact contact : store.all()) {
      if (matches(contact, groups) && mentions(contact, query)) {
        found.add(contact);
      }
    }
    sort(found, body);
    return ApiResponse.ok(page(found, after, limit, body));
  }

  private ObjectNode page(List<Contact> found, int after, int limit, JsonNode body) {
    Set<String> asked = Json.texts(body, "properties");
    if (asked.isEmpty()) {
      asked.addAll(ContactView.DEFAULTS);
    }
    ObjectNode answer = Json.object();
    answer.put("total", found.size());
    ArrayNode results = answer.putArray("results");
    int end = Math.min(found.size(), after + limit);
    for (int i = Math.min(after, end); i < end; i++) {
      results.add(view.show(found.get(i), asked));
    }
    if (end < found.size()) {
      answer.putObject("paging").putObject("next").put("after", Integer.toString(end));
    }
    return answer;
  }

  private static List<List<SearchFilter>> groups(JsonNode body) {
    List<List<SearchFilter>> groups = new ArrayList<>();
    int count = 0;
    for (JsonNode group : body.path("filterGroups")) {
      List<SearchFilter> filters = new ArrayList<>();
      group.path("filters").forEach(filter -> filters.add(SearchFilter.fromJson(filter)));
      if (filters.size() > MOST_FILTERS_PER_GROUP) {
        throw ApiException.validation("A filter group can have at most 6 filters");
      }
      count += filters.size();
      groups.add(filters);
    }
    if (groups.size() > MOST_GROUPS || count > MOST_FILTERS) {
      throw ApiException.validation("A search can have at most 5 filter groups and 18 filters");
    }
    return groups;
  }

  private boolean matches(Contact contact, List<List<SearchFilter>> groups) {
    return groups.isEmpty()
        || groups.stream()
            .anyMatch(group -> group.stream().allMatch(filter -> matches(contact, filter)));
  }

  private boolean matches(Contact contact, SearchFilter filter) {
    return filter.matches(value(contact, filter.property()), type(filter.property()));
  }

  private String type(String property) {
    return store
        .properties()
        .find(property)
        .orElseThrow(
            () ->
                ApiException.validation(
                    "There was a problem with the request: no property " + property))
        .type();
  }

  private @Nullable String value(Contact contact, String property) {
    return store.properties().find(property).isPresent() ? store.value(contact, property) : null;
  }

  private boolean mentions(Contact contact, String query) {
    if (query.isEmpty()) {
      return true;
    }
    for (String name : List.of("email", "firstname", "lastname", "phone", "company")) {
      String value = store.value(contact, name);
      if (value != null && value.toLowerCase(Locale.ROOT).contains(query)) {
        return true;
      }
    }
    return false;
  }

  private void sort(List<Contact> found, JsonNode body) {
    JsonNode first = body.path("sorts").path(0);
    if (first.isMissingNode()) {
      return;
    }
    // As text, a minus in front means descending: the form that HubSpot's own clients send.
    boolean minus = first.isTextual() && first.asText().startsWith("-");
    String property =
        first.isTextual()
            ? first.asText().substring(minus ? 1 : 0)
            : Json.text(first, "propertyName", "hs_object_id");
    String type = type(property);
    Comparator<Contact> order =
        Comparator.comparing(
            contact -> value(contact, property),
            Comparator.nullsLast((left, right) -> SearchFilter.compare(left, right, type)));
    boolean descending = minus || "DESCENDING".equals(Json.text(first, "direction"));
    found.sort(descending ? order.reversed() : order);
  }
}
