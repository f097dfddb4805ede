package dev.ripen.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request at a time per thread and reads the answer as JSON. Repeats nothing by itself
 * and follows no redirect: whether a request may be sent twice only the caller knows. Safe for
 * several threads.
 */
public final class JsonClient implements AutoCloseable {
  /** For building bodies and reading JSON that hides in text. */
  public static final ObjectMapper JSON = new ObjectMapper();

  private static final MediaType JSON_TYPE = MediaType.get("application/json");
  private static final long KEEP_ALIVE_MINUTES = 5;

  private final OkHttpClient client;
  private final Map<String, String> headers;

  /**
   * A client with its own connections.
   *
   * @param connections kept open between requests
   * @param headers sent with every request; no secrets
   */
  public JsonClient(HttpTimeouts timeouts, int connections, Map<String, String> headers) {
    this.headers = Map.copyOf(headers);
    this.client =
        new OkHttpClient.Builder()
            .socketFactory(new PromptSocketFactory())
            .connectTimeout(timeouts.connect())
            .readTimeout(timeouts.read())
            .writeTimeout(timeouts.read())
            .connectionPool(new ConnectionPool(connections, KEEP_ALIVE_MINUTES, TimeUnit.MINUTES))
            // OkHttp would send a POST again after a broken connection, a create included.
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .addNetworkInterceptor(JsonClient::withoutRepetition)
            .build();
  }

  /**
   * Sends the request once and waits for the whole answer, whatever its status.
   *
   * @param bearer token for the Authorization header; appears nowhere else
   * @throws IOException if there is no complete answer; whether the far side acted is unknown
   */
  public JsonReply send(JsonRequest request, String bearer) throws IOException {
    Request.Builder builder =
        new Request.Builder()
            .url(request.url())
            .header("Authorization", "Bearer " + bearer)
            .header("Accept", "application/json");
    headers.forEach(builder::header);
    Request sent = builder.method(request.method(), bodyOf(request)).build();
    try (Response response = client.newCall(sent).execute()) {
      return new JsonReply(
          response.code(),
          response.headers(),
          parseOrMissing(response.body().bytes(), request.unread()));
    }
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }

  /** The text as JSON, or a missing node if it is none. */
  public static JsonNode parseOrMissing(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  private static JsonNode parseOrMissing(byte[] text, Set<String> unread) {
    try (JsonParser json = JSON.createParser(text)) {
      return JsonTree.read(json, unread);
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /** OkHttp sends a request again, a create included, if a 503 says {@code Retry-After: 0}. */
  private static Response withoutRepetition(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    boolean wouldRepeat = response.code() == 503 && "0".equals(response.header("Retry-After"));
    return wouldRepeat ? response.newBuilder().removeHeader("Retry-After").build() : response;
  }

  private static @Nullable RequestBody bodyOf(JsonRequest request) throws IOException {
    JsonNode body = request.body();
    return body == null ? null : RequestBody.create(JSON.writeValueAsBytes(body), JSON_TYPE);
  }
}
