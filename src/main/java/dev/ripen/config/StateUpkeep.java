package dev.ripen.config;

/**
 * Within which limits the state is kept small.
 *
 * @param retentionDays for how long the tables stay readable as runs have left them
 * @param compactBelowBytes files of a table that grows are merged if they are smaller
 * @param filesPerRun the most files that one run removes, and the most that it merges
 */
public record StateUpkeep(int retentionDays, long compactBelowBytes, int filesPerRun) {
  public static final StateUpkeep DEFAULT = new StateUpkeep(30, 32_000_000, 10_000);
}
