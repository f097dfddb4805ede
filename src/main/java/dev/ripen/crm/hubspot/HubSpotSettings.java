package dev.ripen.crm.hubspot;

import dev.ripen.crm.Budget;
import dev.ripen.http.HttpTimeouts;
import dev.ripen.http.RetryPolicy;
import dev.ripen.http.UserAgent;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * What is needed to talk to one HubSpot account. Never prints the token.
 *
 * @param name of the destination in the configuration
 * @param apiVersion {@code 2026-09} and the like for dated paths, or {@code v3}
 * @param token asked before every request, so that it may be renewed while a run goes on
 * @param concurrency requests in flight at most
 * @param budget how much of the account's limits may be used
 * @param headers sent with every request, for the CRM's log; no secrets
 */
public record HubSpotSettings(
    String name,
    HttpUrl baseUrl,
    String apiVersion,
    Supplier<String> token,
    int concurrency,
    Budget budget,
    HttpTimeouts timeouts,
    RetryPolicy retry,
    Map<String, String> headers) {
  public static final String DEFAULT_BASE_URL = "https://api.hubapi.com";
  public static final String DEFAULT_API_VERSION = "2026-09";

  private static final Pattern API_VERSION = Pattern.compile("v3|20\\d\\d-\\d\\d(-beta)?");

  public HubSpotSettings {
    if (!API_VERSION.matcher(apiVersion).matches()) {
      throw invalid(
          "destination " + name + " has the API version `" + apiVersion + "`",
          "Write a dated version such as \"" + DEFAULT_API_VERSION + "\", or \"v3\".");
    }
    if (concurrency < 1) {
      throw invalid(
          "destination " + name + " has the concurrency " + concurrency, "Write 1 or more.");
    }
  }

  /**
   * Settings with the usual timeouts and retries.
   *
   * @throws ProblemException {@code CONFIG_INVALID_VALUE} if one of them makes no sense
   */
  public static HubSpotSettings of(
      String name, String baseUrl, String apiVersion, Supplier<String> token, int concurrency) {
    HttpUrl url = HttpUrl.parse(baseUrl);
    if (url == null) {
      throw invalid(
          "destination " + name + " has the base URL `" + baseUrl + "`",
          "Write a URL such as \"" + DEFAULT_BASE_URL + "\".");
    }
    return new HubSpotSettings(
        name,
        url,
        apiVersion,
        token,
        concurrency,
        Budget.ALL,
        HttpTimeouts.DEFAULT,
        RetryPolicy.DEFAULT,
        Map.of("User-Agent", UserAgent.ripen()));
  }

  /** The same, with a run named in every request, so that a CRM's log tells who wrote. */
  public HubSpotSettings withRun(String runId) {
    return new HubSpotSettings(
        name,
        baseUrl,
        apiVersion,
        token,
        concurrency,
        budget,
        timeouts,
        retry,
        Map.of("User-Agent", UserAgent.ripen(), "X-Ripen-Run", runId));
  }

  /** The same, within a budget. */
  public HubSpotSettings within(Budget newBudget) {
    return new HubSpotSettings(
        name, baseUrl, apiVersion, token, concurrency, newBudget, timeouts, retry, headers);
  }

  private static ProblemException invalid(String what, String fix) {
    return new ProblemException(Problem.of(ErrorCode.CONFIG_INVALID_VALUE, what, fix));
  }

  @Override
  public String toString() {
    return "HubSpotSettings[" + name + ", " + baseUrl.redact() + ", " + apiVersion + "]";
  }
}
