package dev.ripen.notify;

import dev.ripen.config.Secret;
import dev.ripen.http.Sleeper;
import dev.ripen.http.UserAgent;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to an address that is a secret, a few times if need be. Follows no redirect: the
 * address is the agreement. Messages may arrive twice.
 */
final class HttpPost implements AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final MediaType JSON = MediaType.get("application/json");

  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .callTimeout(TIMEOUT)
          .followRedirects(false)
          .followSslRedirects(false)
          .retryOnConnectionFailure(false)
          .build();
  private final Sleeper sleeper;

  HttpPost(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** Headers of one attempt: a signature holds the time of sending. */
  interface Headers {
    Map<String, String> now();
  }

  void post(Secret url, String body, Headers headers) throws DeliveryException {
    for (int attempt = 1; ; attempt++) {
      @Nullable IOException broken = null;
      int status = 0;
      Duration pause = FIRST_PAUSE.multipliedBy(1L << (attempt - 1));
      try (Response response = client.newCall(request(url, body, headers.now())).execute()) {
        if (response.isSuccessful()) {
          return;
        }
        status = response.code();
        pause = retryAfter(response, pause);
      } catch (IOException e) {
        broken = e;
      }
      boolean mayHelp = broken != null || status == 429 || status >= 500;
      if (attempt == ATTEMPTS || !mayHelp || pause.compareTo(LONGEST_PAUSE) > 0) {
        throw failure(status, attempt, broken);
      }
      sleeper.sleep(pause);
    }
  }

  private static Request request(Secret url, String body, Map<String, String> headers) {
    Request.Builder request =
        new Request.Builder()
            .url(url.reveal())
            .header("User-Agent", UserAgent.ripen())
            .post(RequestBody.create(body, JSON));
    headers.forEach(request::header);
    return request.build();
  }

  private static Duration retryAfter(Response response, Duration otherwise) {
    String header = response.header("Retry-After", "");
    return header.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(header)) : otherwise;
  }

  private static DeliveryException failure(int status, int attempts, @Nullable IOException broken) {
    if (broken != null) {
      // Its message may hold the address.
      return new DeliveryException(
          "no answer after " + attempts + " attempts (" + broken.getClass().getSimpleName() + ")",
          broken);
    }
    if (status == 410) {
      return new DeliveryException("HTTP 410: the address is gone for good; remove it");
    }
    return new DeliveryException("HTTP " + status);
  }

  @Override
  public void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
  }
}
