package dev.ripen.scoring;

import java.io.Serializable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a score makes an MQL, and when again.
 *
 * @param threshold in micro-points; reached at this value unless {@code strictlyAbove}. {@link
 *     #NO_THRESHOLD}: points alone make no MQL
 * @param segmentThresholds instead of {@code threshold} for people of a segment, in micro-points
 * @param minimums least value per dimension, in micro-points
 * @param lapseBelow an episode closes as {@code lapsed} when the total falls below, at a check or
 *     at a local midnight; null for never. One that opened below must rise above first
 * @param disqualified what a disqualified person may become
 */
public record Qualification(
    long threshold,
    Map<String, Long> segmentThresholds,
    boolean strictlyAbove,
    Map<String, Long> minimums,
    Requalify requalify,
    @Nullable Long lapseBelow,
    Disqualified disqualified)
    implements Serializable {
  /** A threshold that nobody reaches. */
  public static final long NO_THRESHOLD = Long.MAX_VALUE;

  public Qualification {
    segmentThresholds = Map.copyOf(segmentThresholds);
    minimums = Map.copyOf(minimums);
  }

  /** One threshold for all, nothing lapses, and who is disqualified stays so. */
  public Qualification(
      long threshold, boolean strictlyAbove, Map<String, Long> minimums, Requalify requalify) {
    this(threshold, Map.of(), strictlyAbove, minimums, requalify, null, Disqualified.STAYS);
  }

  /** Whether points make MQLs, at least of people without a segment of their own. */
  public boolean hasThreshold() {
    return threshold != NO_THRESHOLD;
  }

  /** What lets a person become an MQL again. */
  public enum Requalify {
    /** After sales recycled the person. The default. */
    AFTER_RECYCLE,
    /** Also after falling below {@code lapse-below}. */
    ON_CROSSING,
    NEVER
  }

  /** Whether a person who was disqualified may become an MQL again. */
  public enum Disqualified {
    /** Never. The default. */
    STAYS,
    /** On the next crossing, unless nobody may. */
    MAY_RETURN
  }
}
