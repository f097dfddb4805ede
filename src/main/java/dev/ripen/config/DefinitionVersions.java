package dev.ripen.config;

import dev.ripen.config.Definition.Apply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which definitions judge which time: the one of today alone, or one after the other. Decided from
 * what the state has kept; pure.
 *
 * @param inForce oldest first, at least one; the last is the definition of today
 * @param change what this run has to keep
 */
public record DefinitionVersions(List<InForce> inForce, Change change) {
  public DefinitionVersions {
    inForce = List.copyOf(inForce);
  }

  /**
   * A definition with the time from which it judges.
   *
   * @param from empty: from the beginning of time
   */
  public record InForce(Definition definition, Optional<Instant> from) {}

  /**
   * A definition that the state keeps; a switch back to an earlier one is kept once more.
   *
   * @param from empty: it judged everything anew
   */
  public record Kept(
      String fingerprint, String version, String text, Optional<Instant> from, Instant firstAsOf) {}

  /** What a run finds compared with the one before. */
  public enum Change {
    /** The same definition. */
    NONE,
    /** The first, or one that begins now. */
    BEGINS,
    /** One that judges everything anew. */
    JUDGES_ANEW
  }

  /** A definition without a past. */
  public static DefinitionVersions only(Definition definition) {
    return new DefinitionVersions(
        List.of(new InForce(definition, Optional.empty())), Change.BEGINS);
  }

  /**
   * Decides.
   *
   * @param kept in the order in which runs kept them
   * @param asOf of this run; versions that begin later are not seen
   * @param everLive whether a destination is live or was so in an earlier run
   * @param reader gives the definition that a text is; asked only for those in force
   */
  public static DefinitionVersions decide(
      List<Kept> kept,
      Definition today,
      Instant asOf,
      boolean everLive,
      Function<Kept, Definition> reader) {
    List<Kept> past = inForce(kept, asOf);
    if (past.isEmpty()) {
      return only(today);
    }
    Kept last = past.get(past.size() - 1);
    boolean same = last.fingerprint().equals(today.fingerprint());
    Apply apply = today.apply().orElse(everLive ? Apply.FROM : Apply.RETROACTIVE);
    boolean anew =
        same
            ? today.apply().equals(Optional.of(Apply.RETROACTIVE)) && last.from().isPresent()
            : apply == Apply.RETROACTIVE;
    if (anew) {
      return new DefinitionVersions(
          List.of(new InForce(today, Optional.empty())), Change.JUDGES_ANEW);
    }
    List<InForce> versions = new ArrayList<>();
    for (Kept version : same ? past.subList(0, past.size() - 1) : past) {
      if (same || version.from().isEmpty() || version.from().get().isBefore(asOf)) {
        versions.add(new InForce(reader.apply(version), version.from()));
      }
    }
    if (same) {
      versions.add(new InForce(today, last.from()));
      return new DefinitionVersions(versions, Change.NONE);
    }
    versions.add(new InForce(today, versions.isEmpty() ? Optional.empty() : Optional.of(asOf)));
    return new DefinitionVersions(versions, Change.BEGINS);
  }

  /** Those that still judge some time before an instant. */
  private static List<Kept> inForce(List<Kept> kept, Instant asOf) {
    List<Kept> versions = new ArrayList<>();
    for (Kept next : kept) {
      if (next.firstAsOf().isAfter(asOf)) {
        continue;
      }
      next.from()
          .ifPresentOrElse(
              from ->
                  versions.removeIf(v -> v.from().isPresent() && !v.from().get().isBefore(from)),
              versions::clear);
      versions.add(next);
    }
    return versions;
  }
}
