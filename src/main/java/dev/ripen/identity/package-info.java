/**
 * Who is the same person: ids that were seen together become people. Knows neither Spark nor files.
 *
 * <p>An id is {@code kind:value}. Ids that were seen together are one person, with two exceptions.
 * Ids of kinds that change hands (devices) never join two known people: they belong to whoever was
 * identified on them last. And what a whole crowd shares joins nobody: role addresses, ids with too
 * many partners, devices of too many known people. All orders are those of UTF-8 bytes, all
 * instants microseconds since 1970 UTC.
 */
@NullMarked
package dev.ripen.identity;

import org.jspecify.annotations.NullMarked;
