/**
 * Tells people what became of a run. {@link dev.ripen.notify.Watch} decides, purely, from the run,
 * the settings and what was told before; senders only carry. What is told is a change: the same
 * trouble is told once, its end once. Nothing about a person leaves but what {@code
 * notify.digest.person-fields} names.
 */
@NullMarked
package dev.ripen.notify;

import org.jspecify.annotations.NullMarked;
