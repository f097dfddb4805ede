package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;

/** Reads forms and what was submitted, newest first; see {@link RecordFile}. */
final class FormApi {
  private static final int LARGEST_PAGE = 50;

  private final RecordFile file;

  FormApi(RecordFile file) {
    this.file = file;
  }

  ApiResponse list(ApiRequest request) {
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    for (JsonNode form : file.byId("forms").values()) {
      results
          .addObject()
          .put("id", form.path("id").asText())
          .put("name", form.path("name").asText())
          .put("formType", "hubspot")
          .put("archived", false);
    }
    return ApiResponse.ok(body);
  }

  ApiResponse submissions(ApiRequest request) {
    String form = request.path("form");
    if (!file.byId("forms").containsKey(form)) {
      throw ApiException.notFound("There is no form " + form);
    }
    int limit = SingleApi.limit(request, LARGEST_PAGE);
    List<JsonNode> newestFirst =
        file.byId("submissions").values().stream()
            .filter(submission -> submission.path("form").asText().equals(form))
            .sorted(
                Comparator.comparingLong((JsonNode node) -> node.path("submittedAt").asLong())
                    .reversed())
            .toList();
    String after = request.query("after");
    int first = after == null ? 0 : Integer.parseInt(after);
    int end = Math.min(newestFirst.size(), first + limit);
    ObjectNode body = Json.object();
    ArrayNode results = body.putArray("results");
    for (JsonNode submission : newestFirst.subList(Math.min(first, end), end)) {
      ObjectNode node = results.addObject();
      node.put("conversionId", submission.path("id").asText());
      node.set("submittedAt", submission.path("submittedAt"));
      node.set("pageUrl", submission.path("pageUrl"));
      node.set("values", submission.path("values"));
    }
    if (end < newestFirst.size()) {
      SingleApi.paging(body, Integer.toString(end), request);
    }
    return ApiResponse.ok(body);
  }
}
