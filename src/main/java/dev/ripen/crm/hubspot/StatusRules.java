package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.crm.hubspot.Verdict.Accept;
import dev.ripen.crm.hubspot.Verdict.AskAgain;
import dev.ripen.crm.hubspot.Verdict.BackOff;
import dev.ripen.crm.hubspot.Verdict.Stop;
import dev.ripen.http.JsonReply;
import dev.ripen.http.JsonRequest;
import dev.ripen.http.Redaction;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What HubSpot's status codes mean for a call. Pure but for the clock that dates are read by. */
final class StatusRules {
  static final int LOCKED = 423;
  static final int TOO_MANY_REQUESTS = 429;

  private static final Set<Integer> ABOUT_CONTENT = Set.of(400, 404, 409, 414);
  private static final int TOO_LARGE = 413;
  private static final int MIGRATION = 477;
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
  private static final Duration ONE_SECOND = Duration.ofSeconds(1);
  private static final Duration LOCK_TIME = Duration.ofSeconds(2);

  private final String name;
  private final Wording wording;
  private final Clock clock;

  StatusRules(String name, Wording wording, Clock clock) {
    this.name = name;
    this.wording = wording;
    this.clock = clock;
  }

  Verdict judge(JsonRequest request, JsonReply reply) {
    int status = reply.status();
    if (reply.isSuccess()) {
      return new Accept();
    }
    return switch (status) {
      case 401 -> new Stop(tokenRefused(), true);
      case 403 -> new Stop(scopeMissing(request, reply.body()), false);
      case LOCKED -> new AskAgain("HTTP 423, records are locked", waitSaid(reply, LOCK_TIME));
      case TOO_MANY_REQUESTS -> tooManyRequests(reply);
      case MIGRATION -> new Stop(migration(reply), true);
      case 408, 500, 502, 503, 504, 521, 523, 524 ->
          new BackOff("HTTP " + status, Integer.MAX_VALUE);
      case 522, 525, 526 -> new BackOff("HTTP " + status, 1);
      default -> other(request, reply);
    };
  }

  /** Nobody answered, or not to the end. */
  Verdict judgeSilence(Exception failure) {
    return new BackOff(failure.getClass().getSimpleName(), Integer.MAX_VALUE);
  }

  Problem unavailable(String why, int repetitions, Duration elapsed) {
    return Problem.of(
        ErrorCode.CRM_UNAVAILABLE,
        String.format(
            Locale.ROOT,
            "%s: HubSpot did not do it in %d attempts over %d s (last: %s)",
            name,
            repetitions + 1,
            elapsed.toSeconds(),
            why),
        wording.again());
  }

  /**
   * Our part of the day's requests is used up.
   *
   * @param zone of the account, if it is known: its midnight begins the next day
   */
  Problem dayIsUsedUp(int kept, int limit, Optional<ZoneId> zone) {
    String when =
        zone.map(
                where ->
                    "at "
                        + clock
                            .instant()
                            .atZone(where)
                            .toLocalDate()
                            .plusDays(1)
                            .atStartOfDay(where)
                            .toInstant()
                        + " (midnight in "
                        + where
                        + ", the account's time zone)")
            .orElse("after midnight in the account's time zone");
    return Problem.of(
        ErrorCode.CRM_DAILY_LIMIT,
        String.format(
            Locale.ROOT,
            "%s: the day's budget is used up; the last %,d of the account's %,d requests of this day"
                + " are left to others",
            name,
            kept,
            limit),
        "It can go on " + when + ": " + wording.command() + wording.budget());
  }

  Problem tokenMissing() {
    return Problem.of(
        ErrorCode.CRM_TOKEN_MISSING,
        name + ": there is no token",
        "Make a service key in HubSpot (Development > Keys) and set " + wording.token() + ".");
  }

  Problem tokenUnreadable() {
    return Problem.of(
        ErrorCode.CRM_TOKEN_REFUSED,
        name + ": the token has characters that no token has, such as a space",
        "Check " + wording.token() + ".");
  }

  private Problem tokenRefused() {
    return Problem.of(
        ErrorCode.CRM_TOKEN_REFUSED,
        name + ": HubSpot refused the token (HTTP 401)",
        "Check " + wording.token() + "; rotated keys expire.");
  }

  private Problem scopeMissing(JsonRequest request, JsonNode body) {
    Set<String> scopes = new TreeSet<>();
    for (JsonNode error : body.path("errors")) {
      error.path("context").path("requiredGranularScopes").forEach(s -> scopes.add(s.asText()));
    }
    String what =
        scopes.isEmpty()
            ? "HubSpot does not allow " + request + " (HTTP 403)"
            : "the token lacks the scopes " + String.join(", ", scopes) + " for " + request;
    return Problem.of(
        ErrorCode.CRM_SCOPE_MISSING,
        name + ": " + what,
        "Add the scopes to the key or app in HubSpot; " + wording.scopes());
  }

  private Verdict tooManyRequests(JsonReply reply) {
    String policy = reply.body().path("policyName").asText("").toUpperCase(Locale.ROOT);
    String message = reply.body().path("message").asText("").toLowerCase(Locale.ROOT);
    if (policy.equals("DAILY")) {
      return new Stop(
          Problem.of(
              ErrorCode.CRM_DAILY_LIMIT,
              name + ": the account's requests of this day are used up (HTTP 429)",
              "Run again after midnight in the account's time zone: " + wording.command()),
          true);
    }
    boolean perSecond = policy.equals("SECONDLY") || message.contains("secondly limit");
    boolean tenSeconds = policy.startsWith("TEN_SECONDLY") || message.contains("ten_secondly");
    return new AskAgain(
        "HTTP 429", waitSaid(reply, perSecond && !tenSeconds ? ONE_SECOND : TEN_SECONDS));
  }

  private Duration waitSaid(JsonReply reply, Duration otherwise) {
    Duration least = reply.status() == LOCKED ? LOCK_TIME : ONE_SECOND;
    Duration said = reply.retryAfter(clock).orElse(otherwise);
    return said.compareTo(least) < 0 ? least : said;
  }

  private Problem migration(JsonReply reply) {
    Optional<Duration> wait = reply.retryAfter(clock);
    return Problem.of(
        ErrorCode.CRM_UNAVAILABLE,
        name + ": HubSpot moves the account to another data centre (HTTP 477)",
        wait.map(time -> "Run again in " + time.toSeconds() + " s or later: ")
                .orElse("Run again later, within 24 h: ")
            + wording.command());
  }

  private Verdict other(JsonRequest request, JsonReply reply) {
    // A refusal that is no JSON does not come from the contacts API: wrong host, path or version.
    boolean aboutContent = ABOUT_CONTENT.contains(reply.status()) && reply.body().isObject();
    return aboutContent || reply.status() == TOO_LARGE
        ? new Accept()
        : new Stop(refused(request, reply), false);
  }

  Problem refused(JsonRequest request, JsonReply reply) {
    String said = Redaction.mask(reply.body().path("message").asText("no reason given"));
    return Problem.of(
        ErrorCode.CRM_REQUEST_REFUSED,
        name + ": HubSpot refused " + request + " (HTTP " + reply.status() + "): " + said,
        wording.refused());
  }
}
