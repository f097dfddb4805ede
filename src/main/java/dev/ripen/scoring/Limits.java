package dev.ripen.scoring;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on a sum, applied when it is read: first the cap, then the floor.
 *
 * @param cap in micro-points, null for none
 * @param floor in micro-points, null for none
 */
public record Limits(@Nullable Long cap, @Nullable Long floor, CapMode capMode)
    implements Serializable {
  /** No bounds. */
  public static final Limits NONE = new Limits(null, null);

  /** A cap that clamps. */
  public Limits(@Nullable Long cap, @Nullable Long floor) {
    this(cap, floor, CapMode.CLAMP);
  }

  /** What happens at the cap. */
  public enum CapMode {
    /** The value read is the lesser of cap and sum. The default. */
    CLAMP,
    /**
     * Also, an award is cut to the room left at its instant, and what was cut is gone. Negative
     * awards are never cut; an award of which nothing is left is refused.
     */
    STOP
  }
}
