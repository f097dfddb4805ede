package dev.ripen.config;

import dev.ripen.identity.IdentityRules;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a project's {@code conf/} says, checked.
 *
 * @param directory absolute
 * @param asOf pinned by the configuration (the sample project), else empty
 * @param parameters extra named parameters for models, as text, number, boolean
 * @param sparkSettings full keys, {@code spark.…}; may hold secrets: never print the values
 */
public record Project(
    Path directory,
    String name,
    ZoneId zone,
    Optional<Instant> asOf,
    State state,
    Signals signals,
    List<Source> sources,
    List<DestinationSettings> destinations,
    Guards guards,
    NotifySettings notifications,
    IdentityRules identity,
    Definition definition,
    Map<String, Object> parameters,
    Map<String, String> sparkSettings) {
  public Project {
    sources = List.copyOf(sources);
    destinations = List.copyOf(destinations);
    parameters = Map.copyOf(parameters);
    sparkSettings = Map.copyOf(sparkSettings);
  }

  /** The same project under another definition. */
  public Project with(Definition other) {
    return new Project(
        directory,
        name,
        zone,
        asOf,
        state,
        signals,
        sources,
        destinations,
        guards,
        notifications,
        identity,
        other,
        parameters,
        sparkSettings);
  }

  /**
   * Where the state lies, and how it is kept.
   *
   * @param path a URI with a scheme, or an absolute local path
   */
  public record State(String path, StateUpkeep upkeep) {
    /** With the usual limits. */
    public State(String path) {
      this(path, StateUpkeep.DEFAULT);
    }
  }

  /**
   * How signals are kept.
   *
   * @param historyDays days before as_of that the first run reads. Default 90
   * @param lookBackDays days that each run reads again for late arrivals. Default 3
   * @param maxPerVisitorRuleDay default 1,000
   */
  public record Signals(int historyDays, int lookBackDays, int maxPerVisitorRuleDay) {}
}
