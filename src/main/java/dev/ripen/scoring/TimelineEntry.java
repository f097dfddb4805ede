package dev.ripen.scoring;

import org.jspecify.annotations.Nullable;

/**
 * One line of a person's story.
 *
 * @param what award, refused, created, attribute, status, reset, mql, closed, excluded
 * @param rule the rule's name, or the status
 * @param microPoints of the award as it was made, 0 where none
 * @param totalAfterMicros total after this instant
 * @param note arithmetic or the reason of a refusal, for people
 */
public record TimelineEntry(
    long atMicros,
    String what,
    @Nullable String rule,
    String label,
    long microPoints,
    long totalAfterMicros,
    String note) {}
