package dev.ripen.scoring;

import java.io.Serializable;

/**
 * A model with the instant from which it is in force. Awards made before stay as the older version
 * made them; the start of a version is an instant with a check.
 *
 * @param effectiveFromMicros {@code Long.MIN_VALUE} for the first
 */
public record RulesVersion(long effectiveFromMicros, ScoringModel model) implements Serializable {}
