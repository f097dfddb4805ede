package dev.ripen.sync;

/** Where a run's files lie under the state path. */
public final class PlanPaths {
  private PlanPaths() {}

  /** The summary; written last: a plan without it is not frozen. */
  public static String summary(String runId) {
    return "plans/" + runId + "/plan.json";
  }

  /** Rows to create and update, one JSON object per line, numbered from 1. */
  public static String changes(String runId) {
    return "plans/" + runId + "/changes.jsonl";
  }

  /** Rows that need no write but whose CRM values were read: the ledger takes them over. */
  public static String learned(String runId) {
    return "plans/" + runId + "/learned.jsonl";
  }

  /** Rows that the second pass skipped; those of the first pass are only counted. */
  public static String skipped(String runId) {
    return "plans/" + runId + "/skipped.jsonl";
  }

  /** Directory of what became of the rows, see {@link OutboxLine}. */
  public static String outbox(String runId) {
    return "outbox/" + runId;
  }
}
