package dev.ripen.scoring;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * One definition of an MQL, ready to be folded. Predicates are not here: the engine judges them and
 * hands over {@link Facts}. Immutable, serialisable.
 *
 * @param name the model's name, {@code default} unless the project has several
 * @param version the user's version text, shown on every score
 * @param fingerprint short hash of everything that can change a score
 * @param zone decides local days, nightly steps, decay ages
 * @param total caps of the total
 * @param levels highest first; empty if levels are not used
 * @param suspendingStatuses while the latest status is one of them, positive awards are refused
 */
public record ScoringModel(
    String name,
    String version,
    String fingerprint,
    ZoneId zone,
    List<Dimension> dimensions,
    Limits total,
    Qualification qualification,
    List<Level> levels,
    Set<String> suspendingStatuses)
    implements Serializable {
  public ScoringModel {
    requireNonNull(name);
    requireNonNull(version);
    requireNonNull(fingerprint);
    requireNonNull(zone);
    dimensions = List.copyOf(dimensions);
    requireNonNull(total);
    requireNonNull(qualification);
    levels = List.copyOf(levels);
    suspendingStatuses = Set.copyOf(suspendingStatuses);
  }

  /** One in which no status suspends. */
  public ScoringModel(
      String name,
      String version,
      String fingerprint,
      ZoneId zone,
      List<Dimension> dimensions,
      Limits total,
      Qualification qualification,
      List<Level> levels) {
    this(name, version, fingerprint, zone, dimensions, total, qualification, levels, Set.of());
  }
}
