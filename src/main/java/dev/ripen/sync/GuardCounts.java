package dev.ripen.sync;

import java.util.Optional;

/**
 * A run's counts that the guards look at.
 *
 * @param leads people in the model {@code leads}
 * @param knownRecords records in the ledger of the destination; 0 before the first sync
 * @param changedKnown of these, how many the plan writes
 * @param creates records that the plan creates
 * @param newMqls people whose episode is new since the last run
 * @param openRejects rows that the CRM refused and that still wait for someone
 * @param definition fingerprint of the rules
 * @param last the last live run's, if there was one
 */
public record GuardCounts(
    long leads,
    long knownRecords,
    long changedKnown,
    long creates,
    long newMqls,
    long openRejects,
    String definition,
    Optional<Baseline> last) {

  /** What is compared with. */
  public record Baseline(long leads, String definition) {}
}
