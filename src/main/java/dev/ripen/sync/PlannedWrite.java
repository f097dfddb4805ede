package dev.ripen.sync;

import dev.ripen.crm.RowWrite;

/**
 * What is sent of a planned row.
 *
 * @param action create or update
 */
record PlannedWrite(PlanAction action, RowWrite row) {}
