package dev.ripen.spark;

import dev.ripen.config.Definition;
import dev.ripen.config.DefinitionReader;
import dev.ripen.config.DefinitionVersions;
import dev.ripen.config.DefinitionVersions.Kept;
import dev.ripen.config.DestinationSettings.Mode;
import dev.ripen.config.Project;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** Gives {@link DefinitionVersions} what the state knows. */
final class VersionsOfState {
  private VersionsOfState() {}

  /**
   * Which definitions judge which time.
   *
   * @throws ProblemException if one that still judges cannot be read any more
   */
  static DefinitionVersions decide(StateTables state, Project project, Instant asOf) {
    boolean everLive =
        project.destinations().stream().anyMatch(crm -> crm.mode() == Mode.LIVE)
            || state.commits().stream().anyMatch(commit -> commit.mode().equals("live"));
    return DefinitionVersions.decide(
        state.log().definitions(),
        project.definition(),
        asOf,
        everLive,
        kept -> read(kept, project.zone()));
  }

  private static Definition read(Kept kept, ZoneId zone) {
    String name = "definition " + kept.version() + " (" + kept.fingerprint() + ")";
    try {
      Definition then = DefinitionReader.read(kept.text(), name, zone);
      // Named as when it scored, whatever the zone is today.
      return new Definition(
          kept.version(),
          kept.fingerprint(),
          then.apply(),
          then.restate(),
          then.models(),
          then.text());
    } catch (ProblemException e) {
      List<Problem> problems = new ArrayList<>();
      problems.add(
          Problem.of(
              ErrorCode.CONFIG_INVALID_VALUE,
              "the " + name + " still judges the time before today's, and cannot be read any more",
              "let today's judge everything: apply = retroactive in conf/scoring.conf"));
      problems.addAll(e.problems());
      throw new ProblemException(problems);
    }
  }
}
