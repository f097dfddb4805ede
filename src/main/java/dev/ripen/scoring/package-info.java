/**
 * What a score is: a pure function of one person's facts, one model and an instant. Knows neither
 * Spark nor files. All instants are microseconds since 1970 UTC, all points whole micro-points, so
 * that sums are exact and cheap.
 */
@NullMarked
package dev.ripen.scoring;

import org.jspecify.annotations.NullMarked;
