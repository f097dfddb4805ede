package dev.ripen.scoring;

import org.jspecify.annotations.Nullable;

/**
 * What sales or the CRM did with a person.
 *
 * @param status accepted, recycled, disqualified, opportunity, customer, or the user's own
 */
public record StatusChange(String status, long occurredAtMicros, @Nullable String reason) {}
