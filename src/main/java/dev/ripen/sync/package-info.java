/**
 * What to send, decided per row by pure functions, and sending it. Knows no Spark; talks to CRMs
 * through {@link dev.ripen.crm.Destination} and to the state through {@link
 * dev.ripen.sync.StateFiles}.
 */
@NullMarked
package dev.ripen.sync;

import org.jspecify.annotations.NullMarked;
