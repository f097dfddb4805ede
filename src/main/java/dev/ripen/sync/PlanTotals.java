package dev.ripen.sync;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The counts of a plan: wanted = create + update + unchanged + skipped + blocked.
 *
 * @param skipped by reason
 * @param firstSync of the updates, those of records that were never written before
 * @param notLookedUp rows to create or update that were planned without the CRM's values
 * @param filledBefore records that were never written before and whose fields are filled all the
 *     same
 */
public record PlanTotals(
    long create,
    long update,
    long unchanged,
    Map<SkipReason, Long> skipped,
    long blocked,
    long firstSync,
    long notLookedUp,
    long filledBefore) {
  public static final PlanTotals NONE = new PlanTotals(0, 0, 0, Map.of(), 0, 0, 0, 0);

  public PlanTotals {
    Map<SkipReason, Long> sorted = new EnumMap<>(SkipReason.class);
    sorted.putAll(skipped);
    skipped = Collections.unmodifiableMap(sorted);
  }

  /** What the first pass alone decided, counted where it ran. */
  public static PlanTotals ofFirstPass(
      long unchanged, Map<SkipReason, Long> skipped, long blocked) {
    return new PlanTotals(0, 0, unchanged, skipped, blocked, 0, 0, 0);
  }

  public long skippedTotal() {
    return skipped.values().stream().mapToLong(Long::longValue).sum();
  }

  public long wanted() {
    return create + update + unchanged + skippedTotal() + blocked;
  }

  /** Known records that are written, for the guard {@code max-changed}. */
  public long changedKnown() {
    return update - firstSync;
  }

  /** Rows that are sent. */
  public long toSend() {
    return create + update;
  }

  public PlanTotals plus(PlanTotals other) {
    Map<SkipReason, Long> both = new EnumMap<>(SkipReason.class);
    both.putAll(skipped);
    other.skipped.forEach((reason, count) -> both.merge(reason, count, Long::sum));
    return new PlanTotals(
        create + other.create,
        update + other.update,
        unchanged + other.unchanged,
        both,
        blocked + other.blocked,
        firstSync + other.firstSync,
        notLookedUp + other.notLookedUp,
        filledBefore + other.filledBefore);
  }
}
