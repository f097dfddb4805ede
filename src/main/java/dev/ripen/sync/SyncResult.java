package dev.ripen.sync;

import dev.ripen.problem.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a plan: create + update = written + rejected + deferred.
 *
 * @param written including those of an earlier, interrupted sync of the same plan
 * @param rejected likewise
 * @param deferred nothing became of them; the next run plans them anew
 * @param resumed of the written and rejected, how many an earlier sync had done
 * @param notApplied written rows of this sync where the CRM kept a forward-only field as it was
 * @param altered rows of this sync where the CRM stored another value than was sent, by field
 * @param requests of this sync, retries included
 * @param problem what stopped it; null if it was not stopped by one
 * @param interrupted someone stopped it
 */
public record SyncResult(
    long written,
    long rejected,
    long deferred,
    long resumed,
    long notApplied,
    Map<String, Long> altered,
    long requests,
    long retries,
    long rateLimited,
    @Nullable Problem problem,
    boolean interrupted) {
  public SyncResult {
    altered = Collections.unmodifiableMap(new TreeMap<>(altered));
  }

  /**
   * What people should know of rows that count as written, a line each; empty if there is nothing.
   */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (notApplied > 0) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "the CRM said success but kept a stage that is further on, in %,d rows",
              notApplied));
    }
    altered.forEach(
        (field, rows) ->
            remarks.add(
                String.format(
                    Locale.ROOT,
                    "the CRM stored %s otherwise than it was sent, in %,d rows",
                    field,
                    rows)));
    return remarks;
  }
}
