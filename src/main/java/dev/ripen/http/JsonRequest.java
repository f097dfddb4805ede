package dev.ripen.http;

import com.fasterxml.jackson.databind.JsonNode;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** A request with a JSON body or none. Prints as method and path: bodies hold people's data. */
public record JsonRequest(String method, HttpUrl url, @Nullable JsonNode body) {
  public static JsonRequest get(HttpUrl url) {
    return new JsonRequest("GET", url, null);
  }

  public static JsonRequest post(HttpUrl url, JsonNode body) {
    return new JsonRequest("POST", url, body);
  }

  @Override
  public String toString() {
    return method + " " + url.encodedPath();
  }
}
