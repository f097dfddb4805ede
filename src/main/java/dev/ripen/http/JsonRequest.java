package dev.ripen.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A request with a JSON body or none. Prints as method and path: bodies hold people's data.
 *
 * @param unread names of members that the answer's objects are read without
 */
public record JsonRequest(String method, HttpUrl url, @Nullable JsonNode body, Set<String> unread) {
  public static JsonRequest get(HttpUrl url) {
    return new JsonRequest("GET", url, null, Set.of());
  }

  public static JsonRequest post(HttpUrl url, JsonNode body) {
    return new JsonRequest("POST", url, body, Set.of());
  }

  /** The same, its answer read without these members. */
  public JsonRequest without(Set<String> members) {
    return new JsonRequest(method, url, body, members);
  }

  @Override
  public String toString() {
    return method + " " + url.encodedPath();
  }
}
