package dev.ripen.sync;

import org.jspecify.annotations.Nullable;

/**
 * What {@link RowPlanner#firstPass} says of a row without asking the CRM. Only {@link
 * Verdict#CHANGED} rows go on to the second pass; the others are final and are only counted.
 *
 * @param lookup what must be asked of the CRM before the row can be planned
 * @param skipReason only of a skipped row
 * @param content fingerprint of what was wanted, see {@link KnownReject}; empty unless changed or
 *     blocked
 * @param leaver the models no longer have the lead: to any other with the same record he gives way
 */
public record Candidate(
    WantedRow wanted,
    @Nullable LedgerRow ledger,
    Verdict verdict,
    Lookup lookup,
    @Nullable SkipReason skipReason,
    String content,
    boolean leaver) {

  Candidate(
      WantedRow wanted,
      @Nullable LedgerRow ledger,
      Verdict verdict,
      Lookup lookup,
      @Nullable SkipReason skipReason,
      String content) {
    this(wanted, ledger, verdict, lookup, skipReason, content, false);
  }

  /** The same, of a lead whom the models no longer have. */
  Candidate asLeaver() {
    return new Candidate(wanted, ledger, verdict, lookup, skipReason, content, true);
  }

  /** What becomes of the row. */
  public enum Verdict {
    UNCHANGED,
    SKIPPED,
    /** The CRM refused the very same row before; it is not sent again until it changes. */
    BLOCKED,
    CHANGED
  }

  /** What must be asked of the CRM. */
  public enum Lookup {
    NONE,
    /** No record id is known: find the record by e-mail. */
    MATCH,
    /** The record id is known, current values are not. */
    LIVE
  }
}
