package dev.ripen.crm;

import java.util.List;
import java.util.Set;

/**
 * A CRM that ripen keeps in step. Safe for several threads; blocks while it waits for the CRM;
 * retries what the CRM calls retryable by itself. Never called from a Spark task.
 *
 * <p>Throws {@link dev.ripen.problem.ProblemException} where the whole run must stop: {@code
 * CRM_TOKEN_REFUSED}, {@code CRM_SCOPE_MISSING}, {@code CRM_UNAVAILABLE}, {@code CRM_DAILY_LIMIT}.
 */
public interface Destination extends AutoCloseable {
  /** The name in the configuration. */
  String name();

  /** Most records of one {@link #write} or {@link #read}. */
  int batchSize();

  /** Requests in flight at most. */
  int concurrency();

  /** All fields of the CRM's record type. */
  List<CrmField> describeFields();

  /** Creates what is missing of the given fields; leaves what exists. */
  ProvisionReport provision(List<FieldSpec> wanted);

  /**
   * Finds records by their keys and reads fields of them. Keys that match nothing are absent from
   * the answer.
   *
   * @param keys at most {@link #batchSize()}, all of one kind
   */
  List<Match> read(List<RecordKey> keys, Set<String> fields);

  /**
   * Writes a batch and says of every row what became of it, by its {@code seq}, never by position.
   *
   * @param rows at most {@link #batchSize()}, all of one action, no record twice
   * @return exactly one outcome per row, in no particular order
   */
  List<RowOutcome> write(WriteAction action, List<RowWrite> rows);

  /** Requests so far, for the run's report. */
  TrafficStats traffic();

  @Override
  void close();
}
