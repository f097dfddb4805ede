package dev.ripen.sync;

/** Hears after every batch how far a sync is; called by several threads, one at a time. */
public interface SyncProgress {
  SyncProgress SILENT = (written, rejected, total) -> {};

  /**
   * Counts include what an earlier, interrupted sync of the same plan did.
   *
   * @param total rows of the plan that are sent
   */
  void moved(long written, long rejected, long total);
}
