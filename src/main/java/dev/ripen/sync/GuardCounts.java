package dev.ripen.sync;

import java.util.List;

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
 * @param runs what the last finished runs of the same mode were like, newest first; at most {@link
 *     #MOST_RUNS}, none before the first
 */
public record GuardCounts(
    long leads,
    long knownRecords,
    long changedKnown,
    long creates,
    long newMqls,
    long openRejects,
    String definition,
    List<PastRun> runs) {

  /** A week of nights: long enough for a middle, short enough to follow a growing company. */
  public static final int MOST_RUNS = 7;

  public GuardCounts {
    runs = List.copyOf(runs.subList(0, Math.min(runs.size(), MOST_RUNS)));
  }

  /**
   * What one finished run was like.
   *
   * @param changed records that its plan updated
   */
  public record PastRun(long leads, long changed, long newMqls, String definition) {}
}
