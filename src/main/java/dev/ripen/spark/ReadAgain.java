package dev.ripen.spark;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a run is asked to read again, although it was read before. Days are of UTC, both inclusive.
 *
 * @param everything replaces all signals, and finds people as if none were known
 * @param from with {@code everything}: forget what was before; else the first day to read again
 * @param to the last day to read again; empty: the newest
 */
public record ReadAgain(boolean everything, Optional<LocalDate> from, Optional<LocalDate> to) {
  /** Only what is new, as every night. */
  public static final ReadAgain NOTHING = new ReadAgain(false, Optional.empty(), Optional.empty());
}
