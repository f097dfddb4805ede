package dev.ripen.scoring;

import org.jspecify.annotations.Nullable;

/**
 * An event that matched a rule.
 *
 * @param visitorId whose event it is: one event id counts once per visitor
 * @param microPoints null: the rule's own points
 */
public record Signal(
    String visitorId,
    String eventId,
    String rule,
    long occurredAtMicros,
    @Nullable Long microPoints) {}
