package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.http.JsonClient;
import dev.ripen.http.JsonRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/** Asks which contacts records belong to: neither a search nor a batch read says it. */
final class ContactsOfRecords {
  private final ReadingApi api;
  private final HttpUrl url;

  ContactsOfRecords(ReadingApi api, HttpUrl url) {
    this.api = api;
    this.url = url;
  }

  /** Ids of contacts by record; a record without any is absent. */
  Map<String, List<String>> of(List<String> ids) {
    Map<String, List<String>> contacts = new LinkedHashMap<>();
    Map<String, String> open = new LinkedHashMap<>();
    ids.forEach(id -> open.put(id, ""));
    while (!open.isEmpty()) {
      JsonNode page = api.read(request(open)).body();
      Map<String, String> before = Map.copyOf(open);
      open.clear();
      for (JsonNode result : page.path("results")) {
        String id = result.path("from").path("id").asText();
        List<String> his = contacts.computeIfAbsent(id, record -> new ArrayList<>());
        for (JsonNode to : result.path("to")) {
          String contact = to.path("toObjectId").asText(to.path("id").asText());
          // One contact may be associated in several ways.
          if (!his.contains(contact)) {
            his.add(contact);
          }
        }
        String after = result.path("paging").path("next").path("after").asText("");
        if (!after.isEmpty() && !after.equals(before.get(id))) {
          open.put(id, after);
        }
      }
    }
    return contacts;
  }

  private JsonRequest request(Map<String, String> open) {
    ObjectNode body = JsonClient.JSON.createObjectNode();
    ArrayNode inputs = body.putArray("inputs");
    open.forEach(
        (id, after) -> {
          ObjectNode input = inputs.addObject().put("id", id);
          if (!after.isEmpty()) {
            input.put("after", after);
          }
        });
    return JsonRequest.post(url, body);
  }
}
