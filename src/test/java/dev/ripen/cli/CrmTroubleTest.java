package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.crm.hubspot.HubSpotDestination;
import dev.ripen.crm.hubspot.HubSpotSettings;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.ProblemRenderer;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.sandbox.SandboxToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CRM that does not let ripen in, over real HTTP. */
final class CrmTroubleTest {
  private static final String SECRET = "pat-eu1-0123-secret";
  private static final List<FieldSpec> FIELDS =
      List.of(new FieldSpec("mql", "MQL", FieldType.BOOLEAN, List.of()));

  @TempDir Path temporary;
  private final Time time = new Time();

  private HubSpotDestination hubSpot(String url) {
    return new HubSpotDestination(
        HubSpotSettings.of("hubspot", url, HubSpotSettings.DEFAULT_API_VERSION, () -> SECRET, 1),
        time,
        time::sleep);
  }

  private static ProblemException refused(Runnable action) {
    ProblemException refused = catchThrowableOfType(ProblemException.class, action::run);
    assertThat(refused).isNotNull();
    assertThat(ProblemRenderer.render(refused.problems(), false)).doesNotContain(SECRET);
    return refused;
  }

  @Test
  void refusesAWrongToken() {
    SandboxOptions options =
        SandboxOptions.in(temporary).withTokens(SandboxToken.of("another", "another-token"));
    try (SandboxServer server = SandboxServer.start(options);
        HubSpotDestination crm = hubSpot(server.uri().toString())) {
      ProblemException refused = refused(crm::describeFields);
      assertThat(refused.problems().get(0).code()).isEqualTo(ErrorCode.CRM_TOKEN_REFUSED);
      assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIG);
      assertThat(server.log()).hasSize(1);
    }
  }

  @Test
  void namesTheScopeThatProvisioningLacks() {
    SandboxOptions options =
        SandboxOptions.in(temporary).withTokens(SandboxToken.withoutSchemaScopes("narrow", SECRET));
    try (SandboxServer server = SandboxServer.start(options);
        HubSpotDestination crm = hubSpot(server.uri().toString())) {
      ProblemException refused = refused(() -> crm.provision(FIELDS));
      assertThat(refused.problems().get(0).code()).isEqualTo(ErrorCode.CRM_SCOPE_MISSING);
      assertThat(ProblemRenderer.render(refused.problems(), false))
          .contains("crm.schemas.contacts.");
    }
  }

  @Test
  void givesUpInTimeWhenNobodyListens() throws IOException {
    try (HubSpotDestination crm = hubSpot("http://127.0.0.1:" + closedPort())) {
      ProblemException refused = refused(crm::describeFields);
      assertThat(refused.problems().get(0).code()).isEqualTo(ErrorCode.CRM_UNAVAILABLE);
      assertThat(refused.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
      assertThat(time.slept).isBetween(Duration.ofSeconds(40), Duration.ofSeconds(90));
    }
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }

  /** Time that passes only while somebody waits. */
  private static final class Time extends Clock {
    private static final Instant START = Instant.parse("2026-11-10T05:00:00Z");
    private Duration slept = Duration.ZERO;

    synchronized void sleep(Duration wait) {
      slept = slept.plus(wait);
    }

    @Override
    public synchronized Instant instant() {
      return START.plus(slept);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
