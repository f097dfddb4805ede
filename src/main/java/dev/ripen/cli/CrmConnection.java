package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.config.Secret;
import dev.ripen.crm.Destination;
import dev.ripen.crm.hubspot.HubSpotDestination;
import dev.ripen.crm.hubspot.HubSpotPaces;
import dev.ripen.crm.hubspot.HubSpotSettings;
import dev.ripen.http.Sleeper;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;

/** Opens the CRM that a destination names; for the built-in one it starts the server if need be. */
final class CrmConnection implements AutoCloseable {
  private final Destination destination;
  private final Optional<SandboxHost> sandbox;
  private final String description;

  private CrmConnection(
      Destination destination, Optional<SandboxHost> sandbox, String description) {
    this.destination = destination;
    this.sandbox = sandbox;
    this.description = description;
  }

  /**
   * Opens a connection; empty in shadow mode without a token.
   *
   * @throws ProblemException {@code CRM_TOKEN_MISSING} if something is to be sent without a token
   */
  static Optional<CrmConnection> open(
      Project project,
      DestinationSettings settings,
      String runId,
      HubSpotPaces paces,
      Clock clock) {
    if (settings.sandbox()) {
      SandboxHost host = SandboxHost.reach(project, settings);
      Destination crm =
          hubSpot(settings, host.baseUrl(), () -> SandboxHost.TOKEN, runId, paces, clock);
      return Optional.of(
          new CrmConnection(
              crm,
              Optional.of(host),
              "built-in sandbox, " + host.baseUrl() + " (no real CRM is touched)"));
    }
    if (settings.token().isEmpty()) {
      if (settings.mode() == DestinationSettings.Mode.SHADOW) {
        return Optional.empty();
      }
      throw tokenMissing(settings);
    }
    Secret token = settings.token().get();
    String baseUrl = settings.baseUrl().orElse(HubSpotSettings.DEFAULT_BASE_URL);
    return Optional.of(
        new CrmConnection(
            hubSpot(settings, baseUrl, token::reveal, runId, paces, clock),
            Optional.empty(),
            settings.name()
                + ", "
                + baseUrl
                + (settings.mode() == DestinationSettings.Mode.SHADOW
                    ? " (shadow: nothing is sent)"
                    : "")));
  }

  static ProblemException tokenMissing(DestinationSettings settings) {
    return new ProblemException(
        Problem.of(
            ErrorCode.CRM_TOKEN_MISSING,
            "destination " + settings.name() + " has no token",
            "set token = ${?HUBSPOT_TOKEN} in conf/ripen.conf and export that variable; or set mode"
                + " = shadow"));
  }

  private static Destination hubSpot(
      DestinationSettings settings,
      String baseUrl,
      Supplier<String> token,
      String runId,
      HubSpotPaces paces,
      Clock clock) {
    if (!settings.type().equals("hubspot")) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.CONFIG_NOT_SUPPORTED_YET,
              "destination " + settings.name() + " is of the type " + settings.type(),
              "hubspot is the type there is; ask for others in the issues"));
    }
    HubSpotSettings hubSpot =
        HubSpotSettings.of(
                settings.name(), baseUrl, settings.apiVersion(), token, settings.concurrency())
            .within(settings.budget())
            .withRun(runId);
    return new HubSpotDestination(hubSpot, paces, clock, Sleeper.system());
  }

  Destination destination() {
    return destination;
  }

  Optional<SandboxHost> sandbox() {
    return sandbox;
  }

  /** One line for people. */
  String description() {
    return description;
  }

  @Override
  public void close() {
    destination.close();
    sandbox.ifPresent(SandboxHost::close);
  }
}
