package dev.ripen.scoring;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on a sum, applied when it is read: first the cap, then the floor.
 *
 * @param cap in micro-points, null for none
 * @param floor in micro-points, null for none
 * @param floorMode {@code NIGHTLY} on dimensions and the total only
 */
public record Limits(@Nullable Long cap, CapMode capMode, @Nullable Long floor, FloorMode floorMode)
    implements Serializable {
  /** No bounds. */
  public static final Limits NONE = new Limits(null, null);

  /** A cap that clamps, and a floor that always counts. */
  public Limits(@Nullable Long cap, @Nullable Long floor) {
    this(cap, CapMode.CLAMP, floor, FloorMode.ALWAYS);
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

  /** When a floor counts. */
  public enum FloorMode {
    /** Whenever the sum is read. The default. */
    ALWAYS,
    /** A correction at local midnight, from which later awards start; it never decays. */
    NIGHTLY
  }
}
