package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.crm.CrmRecord;
import dev.ripen.http.JsonRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Reads what was submitted, form by form, newest first. One use. */
final class FormReader {
  /** Whoever hands in submissions by the API may date them back. */
  static final Duration OVERLAP = Duration.ofDays(1);

  private static final String FORMS_PAGE = "100";
  private static final String PAGE = "50";

  private final ReadingApi api;
  private final HubSpotPaths paths;

  FormReader(ReadingApi api, HubSpotPaths paths) {
    this.api = api;
    this.paths = paths;
  }

  /**
   * Reads everything, or what was submitted since.
   *
   * @param since the newest submission that is known, by form
   */
  Map<String, Instant> read(Map<String, Instant> since, Consumer<CrmRecord> sink) {
    Map<String, Instant> newest = new TreeMap<>(since);
    Cursor cursor = new Cursor();
    do {
      JsonNode page = api.read(forms(FORMS_PAGE, cursor.after())).body();
      for (JsonNode form : page.path("results")) {
        String id = form.path("id").asText();
        @Nullable Instant last = read(id, form.path("name").asText(), since.get(id), sink);
        if (last != null) {
          newest.merge(id, last, (a, b) -> a.isAfter(b) ? a : b);
        }
      }
      cursor.follow(page);
    } while (cursor.hasNext());
    return newest;
  }

  /** One form; makes sure that forms may be read. */
  void probe() {
    var unused = api.read(forms("1", null));
  }

  private JsonRequest forms(String limit, @Nullable String after) {
    HttpUrl.Builder url =
        paths
            .forms()
            .newBuilder()
            .addQueryParameter("limit", limit)
            // Otherwise pop-ups and the forms of other tools are left out.
            .addQueryParameter("formTypes", "all");
    if (after != null) {
      url.addQueryParameter("after", after);
    }
    return JsonRequest.get(url.build());
  }

  private @Nullable Instant read(
      String form, String name, @Nullable Instant since, Consumer<CrmRecord> sink) {
    @Nullable Instant until = since == null ? null : since.minus(OVERLAP);
    @Nullable Instant newest = null;
    Cursor cursor = new Cursor();
    do {
      HttpUrl.Builder url = paths.submissions(form).newBuilder().addQueryParameter("limit", PAGE);
      if (cursor.after() != null) {
        url.addQueryParameter("after", cursor.after());
      }
      JsonNode page = api.read(JsonRequest.get(url.build())).body();
      for (JsonNode node : page.path("results")) {
        CrmRecord submission = RecordJson.submission(form, name, node);
        Instant at = submission.createdAt();
        if (at != null && until != null && at.isBefore(until)) {
          return newest;
        }
        if (at != null && (newest == null || at.isAfter(newest))) {
          newest = at;
        }
        sink.accept(submission);
      }
      cursor.follow(page);
    } while (cursor.hasNext());
    return newest;
  }
}
