package dev.ripen.sync;

import dev.ripen.sync.GuardCounts.PastRun;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What the last runs were like, as guards compare with it: the middle one of up to {@link
 * GuardCounts#MOST_RUNS}. One odd night does not move it, and leads that go away little by little
 * are noticed, which comparing with the last run alone would not.
 *
 * <p>Who let a larger drop pass has accepted it: runs from before it are not compared with any
 * more, so the night after is not stopped again.
 *
 * @param runs how many runs it is the middle of
 */
record Baseline(long leads, int runs) {

  /**
   * The baseline of the leads.
   *
   * @param newestFirst at least one
   * @param mostDrop from one run to the next; a larger one was accepted by somebody
   */
  static Baseline of(List<PastRun> newestFirst, BigDecimal mostDrop) {
    int comparable = 1;
    while (comparable < newestFirst.size()
        && !isDrop(newestFirst.get(comparable), newestFirst.get(comparable - 1), mostDrop)) {
      comparable++;
    }
    return new Baseline(median(newestFirst.subList(0, comparable), PastRun::leads), comparable);
  }

  private static boolean isDrop(PastRun older, PastRun newer, BigDecimal mostDrop) {
    BigDecimal lost = BigDecimal.valueOf(older.leads() - newer.leads());
    return lost.compareTo(mostDrop.multiply(BigDecimal.valueOf(older.leads()))) > 0;
  }

  /** What the number is, for after it; nothing if it is the last run's. */
  String meaning() {
    return runs == 1 ? "" : " (median of the last " + runs + " runs)";
  }

  /** What was usual, for the end of a message; nothing if too few runs are known to say so. */
  static String usual(List<PastRun> runs, ToLongFunction<PastRun> count) {
    // Of two, one may be the first, in which all is new.
    return runs.size() < 3
        ? ""
        : String.format(
            Locale.ROOT,
            "; the median of the last %d runs is %,d",
            runs.size(),
            median(runs, count));
  }

  /** The middle one; of two in the middle the larger. */
  private static long median(List<PastRun> runs, ToLongFunction<PastRun> count) {
    return runs.stream().mapToLong(count).sorted().skip(runs.size() / 2).findFirst().orElseThrow();
  }
}
