package dev.ripen.scoring;

import java.io.Serializable;

/**
 * A band of the total.
 *
 * @param fromMicroPoints least total; {@code Long.MIN_VALUE} for the lowest band
 */
public record Level(String name, long fromMicroPoints) implements Serializable {}
