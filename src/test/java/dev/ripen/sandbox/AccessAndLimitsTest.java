package dev.ripen.sandbox;

import static dev.ripen.sandbox.SandboxClient.CONTACTS;
import static dev.ripen.sandbox.SandboxClient.PROPERTIES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.sandbox.SandboxClient.Answer;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AccessAndLimitsTest extends SandboxFixture {
  @Override
  SandboxOptions configure(SandboxOptions options) {
    return options
        .withTokens(
            SandboxToken.of("API token", "sandbox"),
            SandboxToken.withoutSchemaScopes("Sync", "no-schema"))
        .withLimits(new RateLimits(3, Duration.ofSeconds(10), 5, 2));
  }

  @Test
  void refusesAWrongToken() throws Exception {
    Answer answer = client.withToken("other").get(CONTACTS);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body().path("category").asText()).isEqualTo("INVALID_AUTHENTICATION");
  }

  @Test
  void namesTheScopesThatATokenLacks() throws Exception {
    Answer answer = client.withToken("no-schema").post(PROPERTIES, "{'name':'x'}");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body().path("category").asText()).isEqualTo("MISSING_SCOPES");
    assertThat(answer.body().at("/errors/0/context/requiredGranularScopes/0").asText())
        .isEqualTo("crm.schemas.contacts.write");
    assertThat(client.withToken("no-schema").get(PROPERTIES).status()).isEqualTo(200);
  }

  @Test
  void saysWhoTheTokenBelongsTo() throws Exception {
    Answer answer = client.get("/account-info/2026-09/details");
    assertThat(answer.body().path("portalId").asInt()).isEqualTo(1000);
    assertThat(answer.body().path("timeZone").asText()).isEqualTo("UTC");
  }

  @Test
  void countsDownInHeaders() throws Exception {
    Answer answer = client.get(CONTACTS);
    assertThat(answer.header("X-HubSpot-RateLimit-Max")).isEqualTo("3");
    assertThat(answer.header("X-HubSpot-RateLimit-Remaining")).isEqualTo("2");
    assertThat(answer.header("X-HubSpot-RateLimit-Interval-Milliseconds")).isEqualTo("10000");
    assertThat(answer.header("X-HubSpot-RateLimit-Daily")).isEqualTo("5");
    assertThat(answer.header("X-HubSpot-RateLimit-Daily-Remaining")).isEqualTo("4");
  }

  @Test
  void refusesMoreThanTheRollingWindowTakesUntilItHasMovedOn() throws Exception {
    client.get(CONTACTS);
    clock.advance(Duration.ofSeconds(6));
    client.get(CONTACTS);
    client.get(CONTACTS);
    Answer refused = client.get(CONTACTS);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body().path("errorType").asText()).isEqualTo("RATE_LIMIT");
    assertThat(refused.body().path("policyName").asText()).isEqualTo("TEN_SECONDLY_ROLLING");
    clock.advance(Duration.ofSeconds(4));
    assertThat(client.get(CONTACTS).status()).isEqualTo(200);
    assertThat(client.get(CONTACTS).status()).isEqualTo(429);
  }

  @Test
  void refusesMoreThanTheDayTakesUntilMidnight() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThat(client.get(CONTACTS).status()).isEqualTo(200);
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(client.get(CONTACTS).body().path("policyName").asText()).isEqualTo("DAILY");
    clock.advance(Duration.ofHours(18));
    assertThat(client.get(CONTACTS).status()).isEqualTo(200);
  }

  @Test
  void countsSearchesApartAndWithoutHeaders() throws Exception {
    Answer first = client.post(CONTACTS + "/search", "{}");
    client.post(CONTACTS + "/search", "{}");
    Answer refused = client.post(CONTACTS + "/search", "{}");
    assertThat(first.header("X-HubSpot-RateLimit-Max")).isEmpty();
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.message()).isEqualTo("You have reached your secondly limit.");
    assertThat(client.get(CONTACTS).header("X-HubSpot-RateLimit-Remaining")).isEqualTo("2");
  }

  @Test
  void answersOnlyToNamesOfThisComputer() throws Exception {
    assertThat(rawGet("Host: evil.example")).startsWith("HTTP/1.1 403");
    assertThat(rawGet("Host: localhost")).startsWith("HTTP/1.1 200");
  }

  @Test
  void refusesForeignPages() throws Exception {
    assertThat(rawGet("Host: 127.0.0.1\r\nOrigin: https://evil.example"))
        .startsWith("HTTP/1.1 403");
    assertThat(rawGet("Host: 127.0.0.1\r\nOrigin: null")).startsWith("HTTP/1.1 403");
  }

  private String rawGet(String headers) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      String request =
          "GET /sandbox/page/contacts HTTP/1.1\r\n" + headers + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void unknownPathsAndVersionsAreNotFound() throws Exception {
    assertThat(client.get("/crm/objects/2026-09/tickets").status()).isEqualTo(404);
    assertThat(client.get("/crm/objects/2026-07/contacts").status()).isEqualTo(404);
  }
}
