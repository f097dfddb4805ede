package dev.ripen.scoring;

import java.io.Serializable;
import java.util.Map;

/**
 * When a score makes an MQL, and when again.
 *
 * @param threshold in micro-points; reached at this value unless {@code strictlyAbove}
 * @param minimums least value per dimension, in micro-points
 */
public record Qualification(
    long threshold, boolean strictlyAbove, Map<String, Long> minimums, Requalify requalify)
    implements Serializable {
  public Qualification {
    minimums = Map.copyOf(minimums);
  }

  /** What lets a person become an MQL again. */
  public enum Requalify {
    /** After sales recycled the person. The default. */
    AFTER_RECYCLE,
    /** After falling below {@code lapse-below}. */
    ON_CROSSING,
    NEVER
  }
}
