package dev.ripen.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives each CRM record to one lead: to the one that has it in the ledger, else to the first that
 * comes; give those who have left the models last. The others are skipped. For one thread.
 */
final class Assignment {
  private final RecordOwners owners;
  private final RecordClaims claims = new RecordClaims();

  Assignment(RecordOwners owners) {
    this.owners = owners;
  }

  /**
   * A row as it was planned for itself.
   *
   * @param candidate what was known of it
   */
  record Planned(PlannedRow row, Candidate candidate) {
    /** Whether the ledger itself says that the record is this lead's and nobody else's. */
    boolean isOwn() {
      LedgerRow ledger = candidate.ledger();
      return ledger != null && ledger.recordId().equals(row.recordId()) && !candidate.leaver();
    }
  }

  /**
   * The rows in the same order. Asks the ledger once, and only for records that are new to a lead.
   */
  List<PlannedRow> assign(List<Planned> rows) {
    Set<String> asked = new HashSet<>();
    for (Planned planned : rows) {
      String recordId = planned.row().recordId();
      if (recordId != null && !planned.isOwn() && planned.row().action() != PlanAction.SKIPPED) {
        asked.add(recordId);
      }
    }
    Map<String, String> owned = asked.isEmpty() ? Map.of() : owners.ownersOf(asked);
    List<PlannedRow> assigned = new ArrayList<>(rows.size());
    rows.forEach(planned -> assigned.add(assign(planned, owned)));
    return assigned;
  }

  private PlannedRow assign(Planned planned, Map<String, String> owned) {
    PlannedRow row = planned.row();
    if (row.action() == PlanAction.SKIPPED) {
      return row;
    }
    String recordId = row.recordId();
    if (recordId == null) {
      return claims.claim("@" + row.email()) ? row : row.skipped(SkipReason.DUPLICATE_RECORD);
    }
    String owner = planned.isOwn() ? null : owned.get(recordId);
    boolean taken = owner != null && !owner.equals(row.leadId());
    return !taken && claims.claim(recordId) ? row : row.skipped(SkipReason.DUPLICATE_RECORD);
  }
}
