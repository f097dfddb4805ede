package dev.ripen.sync;

import org.jspecify.annotations.Nullable;

/**
 * One field's old and new value, canonical text.
 *
 * @param before null if it is empty or not known
 * @param after null clears
 */
public record FieldChange(@Nullable String before, @Nullable String after) {}
