package dev.ripen.sync;

import dev.ripen.crm.WriteAction;
import java.time.Instant;

/**
 * What a frozen plan says of itself; {@code plans/<run_id>/plan.json}.
 *
 * @param definition fingerprint of the rules it was made with
 * @param ledgerVersion of the ledger it was compared with: with a newer one the plan is outdated
 * @param createWith how rows to create are sent: {@code CREATE} or {@code UPSERT}
 */
public record PlanSummary(
    String runId,
    String destination,
    Instant asOf,
    String definition,
    long ledgerVersion,
    WriteAction createWith,
    PlanTotals totals) {}
