package dev.ripen.config;

import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a definition from its text alone, as {@link Definition#text} keeps it: neither files nor
 * the environment are looked at. For the versions in the state.
 */
public final class DefinitionReader {
  private DefinitionReader() {}

  /**
   * The definition, checked.
   *
   * @param text of a {@code conf/scoring.conf}
   * @param origin what problems name as its file, for example {@code definition 2026-10 (a41f9c)}
   * @param zone of the project
   * @throws ProblemException with everything that is wrong
   */
  public static Definition read(String text, String origin, ZoneId zone) {
    Reading reading = new Reading(Path.of("").toAbsolutePath());
    Path file = reading.texts().give(origin, text);
    HoconFiles hocon = new HoconFiles(reading, Map.of());
    Optional<Definition> definition =
        hocon
            .parseText(text, file)
            .flatMap(parsed -> hocon.resolve(file, parsed))
            .map(tree -> Node.ofFile(reading, tree.root(), file))
            .flatMap(root -> new ScoringReader(root, zone, text).read());
    List<Problem> problems = reading.problems();
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return definition.orElseThrow();
  }
}
