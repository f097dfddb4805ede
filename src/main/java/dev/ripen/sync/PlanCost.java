package dev.ripen.sync;

/**
 * What a plan costs in requests. Pure.
 *
 * @param writes to send the plan
 * @param perMillionLeads writes of a night in which a million leads change at the plan's rate
 * @param changed of a million leads
 * @param first whether most of the plan is written for the first time: no usual night
 */
public record PlanCost(long writes, long perMillionLeads, long changed, boolean first) {
  private static final long MILLION = 1_000_000;

  /**
   * Counts in full batches.
   *
   * @param batchSize records per request
   */
  public static PlanCost of(PlanTotals totals, int batchSize) {
    long changed =
        totals.wanted() == 0 ? 0 : Math.round((double) MILLION * totals.toSend() / totals.wanted());
    return new PlanCost(
        batches(totals.update(), batchSize) + batches(totals.create(), batchSize),
        batches(changed, batchSize),
        changed,
        2 * (totals.firstSync() + totals.create()) > totals.toSend());
  }

  private static long batches(long rows, int batchSize) {
    return (rows + batchSize - 1) / batchSize;
  }
}
