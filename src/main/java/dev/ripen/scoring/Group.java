package dev.ripen.scoring;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Rules of a dimension that share a cap or a decay.
 *
 * @param decay null: the dimension's
 */
public record Group(String name, @Nullable Decay decay, Limits limits) implements Serializable {}
