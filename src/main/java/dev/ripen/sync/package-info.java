/**
 * What to send, decided per row by pure functions, and sending it. Knows no Spark; talks to CRMs
 * through {@link dev.ripen.crm.Destination} and to the state through {@link
 * dev.ripen.sync.StateFiles}.
 *
 * <p>The way of a row: {@link dev.ripen.sync.RowPlanner#firstPass} in a Spark task compares it with
 * the ledger; what may have changed goes through {@link dev.ripen.sync.LiveResolver}, which reads
 * the CRM where the ledger does not vouch for it; {@link dev.ripen.sync.PlanWriter} freezes the
 * plan; {@link dev.ripen.sync.PlanGuards} looks at its counts; {@link dev.ripen.sync.SyncRunner}
 * sends it and leaves {@link dev.ripen.sync.OutboxLine}s, which Spark folds into the ledger
 * together with the rows that the plan only learned.
 */
@NullMarked
package dev.ripen.sync;

import org.jspecify.annotations.NullMarked;
