package dev.ripen.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What every API request passes: mishaps, token, scopes, limits; and the log on the way out. A
 * mishap comes before the token, as a broken network would.
 */
final class ApiGate {
  private static final int HANG_SECONDS = 600;
  // Logged as the status of a request that gets no answer; the cut comes after the log entry.
  private static final int CUT = 0;

  private final List<SandboxToken> tokens;
  private final RateLimiter limiter;
  private final Faults faults;
  private final RequestLog log;
  private final Clock clock;
  private final CountDownLatch closing;

  ApiGate(
      List<SandboxToken> tokens,
      RateLimiter limiter,
      Faults faults,
      RequestLog log,
      Clock clock,
      CountDownLatch closing) {
    this.tokens = tokens;
    this.limiter = limiter;
    this.faults = faults;
    this.log = log;
    this.clock = clock;
    this.closing = closing;
  }

  /** The scopes that an operation asks for; one of them is enough. */
  record Needs(List<String> anyOf, boolean search) {}

  void handle(Context http, Needs needs, ApiHandler handler) {
    long started = System.nanoTime();
    java.time.Instant at = clock.instant();
    JsonNode body = body(http);
    int status = 500;
    try {
      FaultRule fault = faults.next(http.method().name(), http.path());
      pause();
      if (fault != null && !fault.afterWork()) {
        status = play(http, fault);
        return;
      }
      ApiResponse response = answer(http, needs, handler, body);
      status = fault == null ? send(http, response) : play(http, fault);
    } finally {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
      int rows = body.path("inputs").size();
      log.add(new LoggedRequest(http.method().name(), http.path(), status, millis, rows, at));
      if (status == CUT) {
        cut(http);
      }
    }
  }

  private static JsonNode body(Context http) {
    byte[] text = http.bodyAsBytes();
    if (text.length == 0) {
      return MissingNode.getInstance();
    }
    try {
      return Json.parse(text);
    } catch (JsonProcessingException e) {
      return Json.MAPPER.nullNode();
    }
  }

  private ApiResponse answer(Context http, Needs needs, ApiHandler handler, JsonNode body) {
    try {
      SandboxToken token = token(http);
      limiter.admit(http, needs.search());
      if (needs.anyOf().stream().noneMatch(token.scopes()::contains)) {
        throw ApiException.missingScopes(needs.anyOf());
      }
      if (body.isNull()) {
        throw ApiException.validation("Invalid input JSON");
      }
      String version = http.pathParamMap().getOrDefault("version", "v3");
      return handler.handle(
          new ApiRequest(
              http, ApiVersion.of(version), token.name(), http.header("X-Ripen-Run"), body));
    } catch (ApiException e) {
      return new ApiResponse(e.status(), e.body());
    }
  }

  private SandboxToken token(Context http) {
    String given = http.header("Authorization");
    return tokens.stream()
        .filter(token -> ("Bearer " + token.value()).equals(given))
        .findFirst()
        .orElseThrow(ApiException::unauthorized);
  }

  private static int send(Context http, ApiResponse response) {
    http.status(response.status());
    if (response.body() != null) {
      sendJson(http, response.body());
    }
    return response.status();
  }

  private static void sendJson(Context http, JsonNode body) {
    http.contentType("application/json;charset=utf-8").result(Json.bytes(body));
  }

  private int play(Context http, FaultRule fault) {
    return switch (fault.effect()) {
      case HANG -> {
        await(HANG_SECONDS * 1000L);
        yield CUT;
      }
      case DROP -> CUT;
      case EMPTY_SUCCESS -> {
        boolean create = http.path().endsWith("/batch/create");
        yield send(http, new ApiResponse(create ? 201 : 200, BatchAnswer.empty(clock)));
      }
      case STATUS -> status(http, fault);
    };
  }

  private static int status(Context http, FaultRule fault) {
    if (fault.retryAfterSeconds() > 0) {
      http.header("Retry-After", Integer.toString(fault.retryAfterSeconds()));
    }
    String text = fault.body();
    if (text != null) {
      http.status(fault.status())
          .contentType(text.startsWith("<") ? "text/html" : "application/json;charset=utf-8")
          .result(text.getBytes(StandardCharsets.UTF_8));
      return fault.status();
    }
    return send(http, new ApiResponse(fault.status(), usualBody(fault)));
  }

  private static ObjectNode usualBody(FaultRule fault) {
    @Nullable String policy = fault.policy();
    if (fault.status() == 429) {
      String name = policy == null ? "TEN_SECONDLY_ROLLING" : policy;
      String said = name.toLowerCase(java.util.Locale.ROOT);
      return RateLimiter.exceeded(name, "You have reached your " + said + " limit.").body();
    }
    String category =
        switch (fault.status()) {
          case 400 -> "VALIDATION_ERROR";
          case 401 -> "INVALID_AUTHENTICATION";
          case 403 -> "MISSING_SCOPES";
          case 404 -> "OBJECT_NOT_FOUND";
          case 409 -> "CONFLICT";
          case 423 -> "LOCKED";
          case 477 -> "MIGRATION_IN_PROGRESS";
          default -> "INTERNAL_ERROR";
        };
    return new ApiException(
            fault.status(), category, "A mishap that the sandbox was told to play", Map.of())
        .body();
  }

  private static void cut(Context http) {
    Request jetty = Request.getBaseRequest(http.req());
    if (jetty != null) {
      jetty.getHttpChannel().getEndPoint().close();
      jetty.getHttpChannel().abort(new IOException("cut by a fault rule"));
    }
  }

  private void pause() {
    long millis = faults.latency().toMillis();
    if (millis > 0) {
      await(millis);
    }
  }

  /** Waits, but not longer than the server lives. */
  private void await(long millis) {
    try {
      boolean ignored = closing.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
