package dev.ripen.sandbox;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mishap to play: which requests it meets, and what they get instead of an answer. Immutable;
 * start with {@link #on}, then narrow and choose the effect.
 *
 * @param method regular expression for the whole method
 * @param path regular expression for the whole path, without query
 * @param from first matching request that it meets, from 1
 * @param to last matching request that it meets
 * @param every meets only each so-manieth of them, counted from {@code from}; 1 for all
 * @param status of the answer, for {@link Effect#STATUS}
 * @param policy of a 429, or null
 * @param retryAfterSeconds for a {@code Retry-After} header, or 0
 * @param body of the answer, or null for one that suits the status
 * @param afterWork whether the request is carried out first, so that only the answer is lost
 */
public record FaultRule(
    String method,
    String path,
    int from,
    int to,
    int every,
    Effect effect,
    int status,
    @Nullable String policy,
    int retryAfterSeconds,
    @Nullable String body,
    boolean afterWork) {

  /** What a request that a rule meets gets. */
  public enum Effect {
    /** An answer with a status. */
    STATUS,
    /** No answer; the connection stays open until the client gives up or the server stops. */
    HANG,
    /** The connection is cut without an answer. */
    DROP,
    /** A success that lists no results and did nothing. */
    EMPTY_SUCCESS
  }

  public FaultRule {
    requireNonNull(effect);
    Pattern.compile(method);
    Pattern.compile(path);
    if (from < 1 || to < from || every < 1) {
      throw new IllegalArgumentException("a fault needs 1 <= from <= to and every >= 1");
    }
  }

  /** Meets all requests whose method and path match; answers 500 until told otherwise. */
  public static FaultRule on(String method, String path) {
    return new FaultRule(
        method, path, 1, Integer.MAX_VALUE, 1, Effect.STATUS, 500, null, 0, null, false);
  }

  /** Only the first to last matching request, counted from 1. */
  public FaultRule requests(int first, int last) {
    return new FaultRule(
        method,
        path,
        first,
        last,
        every,
        effect,
        status,
        policy,
        retryAfterSeconds,
        body,
        afterWork);
  }

  /** Only every k-th matching request. */
  public FaultRule everyNth(int k) {
    return new FaultRule(
        method,
        path,
        Math.max(from, k),
        to,
        k,
        effect,
        status,
        policy,
        retryAfterSeconds,
        body,
        afterWork);
  }

  /** Answers with this status and a body that suits it. */
  public FaultRule status(int newStatus) {
    return new FaultRule(
        method,
        path,
        from,
        to,
        every,
        Effect.STATUS,
        newStatus,
        policy,
        retryAfterSeconds,
        body,
        afterWork);
  }

  /** Answers 429 by a policy: {@code DAILY}, {@code TEN_SECONDLY_ROLLING} or {@code SECONDLY}. */
  public FaultRule rateLimited(String newPolicy) {
    return new FaultRule(
        method,
        path,
        from,
        to,
        every,
        Effect.STATUS,
        429,
        newPolicy,
        retryAfterSeconds,
        body,
        afterWork);
  }

  /** Adds a {@code Retry-After} header. */
  public FaultRule retryAfter(int seconds) {
    return new FaultRule(
        method, path, from, to, every, effect, status, policy, seconds, body, afterWork);
  }

  /** Answers with this body instead of one that suits the status. */
  public FaultRule body(String newBody) {
    return new FaultRule(
        method,
        path,
        from,
        to,
        every,
        effect,
        status,
        policy,
        retryAfterSeconds,
        newBody,
        afterWork);
  }

  /** Does something other than answering with a status. */
  public FaultRule effect(Effect newEffect) {
    return new FaultRule(
        method,
        path,
        from,
        to,
        every,
        newEffect,
        status,
        policy,
        retryAfterSeconds,
        body,
        afterWork);
  }

  /** Carries the request out first: a time-out after success. */
  public FaultRule afterTheWork() {
    return new FaultRule(
        method, path, from, to, every, effect, status, policy, retryAfterSeconds, body, true);
  }

  boolean meets(int matchingRequest) {
    return matchingRequest >= from
        && matchingRequest <= to
        && (matchingRequest - from) % every == 0;
  }

  /** As {@code POST /sandbox/faults} takes it; absent keys have the defaults of {@link #on}. */
  static FaultRule fromJson(JsonNode node) {
    int every = node.path("every").asInt(1);
    int from = node.path("from").asInt(every);
    return new FaultRule(
        Json.text(node, "method", ".*"),
        Json.text(node, "path", ".*"),
        from,
        node.path("to").asInt(Integer.MAX_VALUE),
        every,
        Effect.valueOf(Json.text(node, "effect", "STATUS").toUpperCase(Locale.ROOT)),
        node.path("status").asInt(500),
        Json.text(node, "policy"),
        node.path("retryAfterSeconds").asInt(0),
        Json.text(node, "body"),
        node.path("afterWork").asBoolean());
  }
}
