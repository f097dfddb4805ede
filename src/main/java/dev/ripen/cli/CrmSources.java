package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Secret;
import dev.ripen.config.Source;
import dev.ripen.crm.CrmTable;
import dev.ripen.crm.hubspot.HubSpotSettings;
import dev.ripen.crm.hubspot.HubSpotSource;
import dev.ripen.http.Sleeper;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens sources that are CRMs, and looks whether they can be read. */
final class CrmSources {
  private CrmSources() {}

  /**
   * Opens a CRM for reading. With the token of a destination it shares that one's budget.
   *
   * @throws ProblemException {@code CRM_TOKEN_MISSING}
   */
  static HubSpotSource open(Workspace workspace, Source source, String runId) {
    Secret token = source.secrets().get("token");
    if (token == null) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.CRM_TOKEN_MISSING,
              "source " + source.name() + " has no token",
              "set token = ${?HUBSPOT_TOKEN} in conf/ripen.conf and export that variable"));
    }
    String baseUrl = source.options().getOrDefault("base-url", HubSpotSettings.DEFAULT_BASE_URL);
    Optional<DestinationSettings> same =
        workspace.project().destinations().stream()
            .filter(crm -> isSame(crm, baseUrl, token))
            .findFirst();
    HubSpotSettings settings =
        HubSpotSettings.of(
                source.name(),
                baseUrl,
                source.options().getOrDefault("api-version", HubSpotSettings.DEFAULT_API_VERSION),
                token::reveal,
                same.map(DestinationSettings::concurrency).orElse(1))
            .withRun(runId);
    return new HubSpotSource(
        same.map(crm -> settings.within(crm.budget())).orElse(settings),
        workspace.paces(),
        workspace.clock(),
        Sleeper.system());
  }

  private static boolean isSame(DestinationSettings crm, String baseUrl, Secret token) {
    return !crm.sandbox()
        && crm.baseUrl().orElse(HubSpotSettings.DEFAULT_BASE_URL).equals(baseUrl)
        && crm.token().map(Secret::reveal).filter(token.reveal()::equals).isPresent();
  }

  /** What is wrong with a source, asked of the CRM itself; reads one record of each table. */
  static List<Problem> problems(Workspace workspace, Source source, String runId) {
    List<Problem> problems = new ArrayList<>();
    try (HubSpotSource crm = open(workspace, source, runId)) {
      for (Source.Table table : source.tables()) {
        try {
          CrmTable wanted = table.crmTable();
          Set<String> unknown = crm.unknownProperties(wanted);
          if (!unknown.isEmpty()) {
            List<String> known = crm.properties(wanted.object());
            unknown.forEach(name -> problems.add(unknown(source, table, name, known)));
          }
        } catch (ProblemException e) {
          problems.addAll(e.problems());
        }
      }
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    }
    return problems.stream().distinct().toList();
  }

  private static Problem unknown(
      Source source, Source.Table table, String name, List<String> known) {
    return Problem.of(
        ErrorCode.CRM_FIELD_NOT_FOUND,
        source.name() + "." + table.name() + ": HubSpot has no property " + name,
        NearestName.of(name, known).map(near -> "did you mean " + near + "? ").orElse("")
            + "Mend properties and history of the table in conf/ripen.conf; the column would stay"
            + " empty");
  }
}
