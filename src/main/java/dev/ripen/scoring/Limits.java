package dev.ripen.scoring;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on a sum, applied when it is read: first the cap, then the floor.
 *
 * @param cap in micro-points, null for none
 * @param floor in micro-points, null for none
 */
public record Limits(@Nullable Long cap, @Nullable Long floor) implements Serializable {
  /** No bounds. */
  public static final Limits NONE = new Limits(null, null);
}
