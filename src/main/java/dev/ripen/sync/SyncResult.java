package dev.ripen.sync;

import dev.ripen.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What became of a plan: create + update = written + rejected + deferred.
 *
 * @param written including those of an earlier, interrupted sync of the same plan
 * @param rejected likewise
 * @param deferred nothing became of them; the next run plans them anew
 * @param resumed of the written and rejected, how many an earlier sync had done
 * @param notApplied written rows of this sync where the CRM kept a forward-only field as it was
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
    long requests,
    long retries,
    long rateLimited,
    @Nullable Problem problem,
    boolean interrupted) {}
