package dev.ripen.scoring;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One definition of an MQL, ready to be folded. Predicates are not here: the engine judges them and
 * hands over {@link Facts}. Immutable, serialisable.
 *
 * @param name the model's name, {@code default} unless the project has several
 * @param version the user's version text, shown on every score
 * @param fingerprint short hash of everything that can change a score
 * @param zone decides local days, nightly steps, decay ages
 * @param total caps of the total
 */
public record ScoringModel(
    String name,
    String version,
    String fingerprint,
    ZoneId zone,
    List<Dimension> dimensions,
    Limits total,
    Qualification qualification,
    Levels levels,
    StatusEffects statusEffects,
    Window window)
    implements Serializable {
  public ScoringModel {
    requireNonNull(name);
    requireNonNull(version);
    requireNonNull(fingerprint);
    requireNonNull(zone);
    dimensions = List.copyOf(dimensions);
    requireNonNull(total);
    requireNonNull(qualification);
    requireNonNull(levels);
    requireNonNull(statusEffects);
    requireNonNull(window);
  }

  /** One in which no status suspends, recycling ends all awards, and the window is always open. */
  public ScoringModel(
      String name,
      String version,
      String fingerprint,
      ZoneId zone,
      List<Dimension> dimensions,
      Limits total,
      Qualification qualification,
      Levels levels) {
    this(
        name,
        version,
        fingerprint,
        zone,
        dimensions,
        total,
        qualification,
        levels,
        StatusEffects.recycleEndsAll(dimensions),
        Window.ALWAYS);
  }

  /**
   * What statuses do besides opening and closing episodes.
   *
   * @param suspending while the latest status is one of them, positive awards are refused
   * @param resets dimensions whose earlier awards a status ends, by status
   */
  public record StatusEffects(Set<String> suspending, Map<String, Set<String>> resets)
      implements Serializable {
    public StatusEffects {
      suspending = Set.copyOf(suspending);
      Map<String, Set<String>> copy = new TreeMap<>();
      resets.forEach((status, dimensions) -> copy.put(status, Set.copyOf(dimensions)));
      resets = Map.copyOf(copy);
    }

    /** Recycling ends the awards of all dimensions; nothing else does anything. */
    public static StatusEffects recycleEndsAll(List<Dimension> dimensions) {
      Set<String> all = Set.copyOf(dimensions.stream().map(Dimension::name).toList());
      return new StatusEffects(Set.of(), Map.of("recycled", all));
    }
  }
}
