package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.crm.Budget;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.TrafficStats;
import dev.ripen.http.FakeTime;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubSpotFailuresTest {
  private static final String FOUND = "{\"results\":[{\"id\":\"7\",\"properties\":{}}]}";

  private final FakeHubSpot hubspot = new FakeHubSpot();
  private final HubSpotDestination destination = hubspot.destination();

  @AfterEach
  void close() {
    destination.close();
    hubspot.close();
  }

  @ParameterizedTest
  @CsvSource({
    "TEN_SECONDLY_ROLLING, You have reached your ten_secondly_rolling limit., 10",
    "ten_secondly_rolling, '', 10",
    "SECONDLY, You have reached your secondly limit., 1",
    "'', You have reached your secondly limit., 1",
    "'', '', 10",
  })
  void waitsAsLongAsThePolicySays(String policy, String message, int seconds) {
    hubspot
        .then(
            429,
            "{\"status\":\"error\",\"errorType\":\"RATE_LIMIT\",\"policyName\":\""
                + policy
                + "\",\"message\":\""
                + message
                + "\"}")
        .then(200, FOUND);

    read();

    assertThat(hubspot.time.sleeps()).containsExactly(Duration.ofSeconds(seconds));
    assertThat(destination.traffic()).isEqualTo(new TrafficStats(2, 0, 1, 1));
  }

  @Test
  void honoursRetryAfter() {
    hubspot
        .then(429, "{\"policyName\":\"TEN_SECONDLY_ROLLING\"}", "Retry-After", "3")
        .then(200, FOUND);

    read();

    assertThat(hubspot.time.sleeps()).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void stopsWhenTheDayIsUsedUpAndAsksNoMore() {
    hubspot.then(429, "{\"policyName\":\"DAILY\"}");

    assertThat(problem().code()).isEqualTo(ErrorCode.CRM_DAILY_LIMIT);
    assertThat(problem().code()).isEqualTo(ErrorCode.CRM_DAILY_LIMIT);
    assertThat(hubspot.calls()).hasSize(1);
  }

  @Test
  void waitsTwoSecondsWhenRecordsAreLocked() {
    hubspot.then(423, "{}").then(423, "{}", "Retry-After", "5").then(200, FOUND);

    read();

    assertThat(hubspot.time.sleeps()).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5));
  }

  @Test
  void saysWhenToComeBackFromAMigration() {
    hubspot.then(477, "{}", "Retry-After", "3600");

    assertThat(problem())
        .isEqualTo(
            Problem.of(
                ErrorCode.CRM_UNAVAILABLE,
                "hubspot: HubSpot moves the account to another data centre (HTTP 477)",
                "Run again in 3600 s or later: ripen sync"));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504, 521, 523, 524, 522, 525, 526})
  void triesAgainAfterAnOutage(int status) {
    hubspot.then(status, "<html>").then(200, FOUND);

    read();

    assertThat(hubspot.time.sleeps()).hasSize(1);
    assertThat(hubspot.time.sleeps().get(0))
        .isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
    assertThat(destination.traffic()).isEqualTo(new TrafficStats(2, 0, 1, 0));
  }

  @Test
  void triesAgainAfterABrokenConnection() {
    hubspot.thenBreaksTheConnection().then(200, FOUND);

    read();

    assertThat(destination.traffic()).isEqualTo(new TrafficStats(2, 0, 1, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {522, 525, 526})
  void triesOnlyOnceMoreWhenNoConnectionIsPossible(int status) {
    hubspot.otherwise(call -> FakeHubSpot.json(status, ""));

    assertThat(problem().what())
        .isEqualTo(
            "hubspot: HubSpot did not do it in 2 attempts over 0 s (last: HTTP " + status + ")");
    assertThat(hubspot.calls()).hasSize(2);
  }

  @Test
  void givesUpOnADeadCrmWithinAMinuteAndThenAtOnce() {
    hubspot.otherwise(call -> FakeHubSpot.json(503, "ada@northwind.example"));

    Problem problem = problem();
    int calls = hubspot.calls().size();

    assertThat(problem.code()).isEqualTo(ErrorCode.CRM_UNAVAILABLE);
    assertThat(problem.what())
        .matches(
            "hubspot: HubSpot did not do it in \\d+ attempts over \\d+ s \\(last: HTTP 503\\)");
    assertThat(hubspot.time.instant()).isBetween(at(45), at(90));
    assertThat(calls).isBetween(6, 12);
    problem();
    assertThat(hubspot.calls()).hasSize(calls);
  }

  private static Instant at(int seconds) {
    return FakeTime.START.plusSeconds(seconds);
  }

  @Test
  void outlastsAnOutageOfHalfAMinute() {
    hubspot.otherwise(
        call ->
            hubspot.time.instant().isBefore(at(30))
                ? FakeHubSpot.json(503, "")
                : FakeHubSpot.json(200, FOUND));

    read();

    assertThat(hubspot.time.instant()).isBetween(at(30), at(60));
  }

  @Test
  void stopsBeforeTheDaysBudgetIsOverdrawnAndSaysWhenItCanGoOn() {
    try (HubSpotDestination thrifty =
        new HubSpotDestination(
            hubspot.settings("2026-09").within(new Budget(BigDecimal.ONE, new BigDecimal("0.5"))),
            hubspot.time,
            hubspot.time)) {
      hubspot
          .properties(call -> FakeHubSpot.json(200, "{\"results\":[],\"timeZone\":\"Asia/Tokyo\"}"))
          .then(200, FOUND, day(1_000, 501))
          .then(200, FOUND, day(1_000, 500));
      List<RecordKey> keys = List.of(RecordKey.ofRecordId("7"));

      thrifty.read(keys, Set.of());
      thrifty.read(keys, Set.of());

      assertThatThrownBy(() -> thrifty.read(keys, Set.of()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              stopped -> {
                assertThat(stopped.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
                assertThat(stopped.problems())
                    .containsExactly(
                        Problem.of(
                            ErrorCode.CRM_DAILY_LIMIT,
                            "hubspot: the day's budget is used up; the last 500 of the account's"
                                + " 1,000 requests of this day are left to others",
                            "It can go on at "
                                + nextMidnight("Asia/Tokyo")
                                + " (midnight in Asia/Tokyo, the account's time zone): ripen sync."
                                + " To use more: destinations.hubspot.budget.day"));
              });
      assertThat(hubspot.calls()).hasSize(2);
    }
  }

  private Instant nextMidnight(String zone) {
    ZoneId where = ZoneId.of(zone);
    return hubspot
        .time
        .instant()
        .atZone(where)
        .toLocalDate()
        .plusDays(1)
        .atStartOfDay(where)
        .toInstant();
  }

  private static String[] day(int limit, int remaining) {
    return new String[] {
      "X-HubSpot-RateLimit-Daily", "" + limit, "X-HubSpot-RateLimit-Daily-Remaining", "" + remaining
    };
  }

  @Test
  void keepsToItsShareOfTheBurstLimit() {
    try (HubSpotDestination thrifty =
        new HubSpotDestination(
            hubspot.settings("2026-09").within(new Budget(new BigDecimal("0.8"), BigDecimal.ONE)),
            hubspot.time,
            hubspot.time)) {
      hubspot.otherwise(
          call ->
              FakeHubSpot.json(
                  200,
                  FOUND,
                  "X-HubSpot-RateLimit-Max",
                  "10",
                  "X-HubSpot-RateLimit-Interval-Milliseconds",
                  "10000",
                  "X-HubSpot-RateLimit-Remaining",
                  "9"));
      for (int i = 0; i < 8; i++) {
        thrifty.read(List.of(RecordKey.ofRecordId("7")), Set.of());
      }
      assertThat(hubspot.time.sleeps()).isEmpty();
      thrifty.read(List.of(RecordKey.ofRecordId("7")), Set.of());

      assertThat(hubspot.time.sleeps()).containsExactly(Duration.ofMillis(10_020));
    }
  }

  @Test
  void stopsWhenTheTokenIsRefused() {
    hubspot.then(401, "{\"message\":\"expired " + FakeHubSpot.TOKEN + "\"}");

    assertThat(problem())
        .isEqualTo(
            Problem.of(
                ErrorCode.CRM_TOKEN_REFUSED,
                "hubspot: HubSpot refused the token (HTTP 401)",
                "Check destinations.hubspot.token; rotated keys expire."));
  }

  @Test
  void triesOnceMoreWithARenewedToken() {
    hubspot.then(401, "{}").then(200, FOUND);
    Deque<String> tokens = new ArrayDeque<>(List.of("old", "new"));
    HubSpotSettings given = hubspot.settings("2026-09");
    HubSpotSettings renewing =
        new HubSpotSettings(
            given.name(),
            given.baseUrl(),
            given.apiVersion(),
            () -> tokens.size() > 1 ? tokens.poll() : tokens.peek(),
            1,
            given.budget(),
            given.timeouts(),
            given.retry(),
            given.headers());

    try (HubSpotDestination renewed =
        new HubSpotDestination(renewing, hubspot.time, hubspot.time)) {
      assertThat(renewed.read(List.of(RecordKey.ofRecordId("7")), Set.of())).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"'', CRM_TOKEN_MISSING", "a b, CRM_TOKEN_REFUSED"})
  void sendsNothingWithAnUnusableToken(String token, ErrorCode code) {
    HubSpotSettings given = hubspot.settings("2026-09");
    HubSpotSettings settings =
        HubSpotSettings.of("hubspot", given.baseUrl().toString(), "2026-09", () -> token, 2);

    try (HubSpotDestination other = new HubSpotDestination(settings, hubspot.time, hubspot.time)) {
      ProblemException e =
          catchThrowableOfType(
              ProblemException.class,
              () -> other.read(List.of(RecordKey.ofRecordId("7")), Set.of()));
      assertThat(e.problems().get(0).code()).isEqualTo(code);
    }
    assertThat(hubspot.calls()).isEmpty();
  }

  @Test
  void keepsToTheLimitThatTheHeadersTell() {
    hubspot.otherwise(
        call ->
            FakeHubSpot.json(
                200,
                FOUND,
                "X-HubSpot-RateLimit-Max",
                "5",
                "X-HubSpot-RateLimit-Interval-Milliseconds",
                "10000",
                "X-HubSpot-RateLimit-Remaining",
                "4"));

    for (int i = 0; i < 5; i++) {
      read();
    }
    assertThat(hubspot.time.sleeps()).isEmpty();
    read();

    assertThat(hubspot.time.sleeps()).containsExactly(Duration.ofMillis(10_020));
  }

  @Test
  void refusesSettingsThatMakeNoSense() {
    assertThat(settingsProblem("not a url", "2026-09", 8).what())
        .isEqualTo("destination hubspot has the base URL `not a url`");
    assertThat(settingsProblem("https://x.example", "v9x", 8).what())
        .isEqualTo("destination hubspot has the API version `v9x`");
    assertThat(settingsProblem("https://x.example", "v3", 0).what())
        .isEqualTo("destination hubspot has the concurrency 0");
    assertThat(hubspot.settings("v3").toString()).doesNotContain(FakeHubSpot.TOKEN);
  }

  private static Problem settingsProblem(String url, String version, int concurrency) {
    return catchThrowableOfType(
            ProblemException.class,
            () -> HubSpotSettings.of("hubspot", url, version, () -> "t", concurrency))
        .problems()
        .get(0);
  }

  private void read() {
    assertThat(destination.read(List.of(RecordKey.ofRecordId("7")), Set.of())).hasSize(1);
  }

  private Problem problem() {
    return catchThrowableOfType(ProblemException.class, this::read).problems().get(0);
  }
}
