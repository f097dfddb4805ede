package dev.ripen.bench;

import dev.ripen.crm.CrmField;
import dev.ripen.crm.Destination;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.Match;
import dev.ripen.crm.ProvisionReport;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.TrafficStats;
import dev.ripen.crm.WriteAction;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAccumulator;

/**
 * A CRM that notes how long its writes take together: from the beginning of the first one to the
 * end of the last. What another client's round is, whose rows wait in memory.
 */
final class TimedWrites implements Destination {
  private final Destination crm;
  private final LongAccumulator first = new LongAccumulator(Math::min, Long.MAX_VALUE);
  private final LongAccumulator last = new LongAccumulator(Math::max, Long.MIN_VALUE);

  TimedWrites(Destination crm) {
    this.crm = crm;
  }

  /** Of all writes so far; 0 if there was none. */
  double seconds() {
    return first.get() == Long.MAX_VALUE ? 0 : (last.get() - first.get()) / 1e9;
  }

  @Override
  public List<RowOutcome> write(WriteAction action, List<RowWrite> rows) {
    first.accumulate(System.nanoTime());
    try {
      return crm.write(action, rows);
    } finally {
      last.accumulate(System.nanoTime());
    }
  }

  @Override
  public String name() {
    return crm.name();
  }

  @Override
  public int batchSize() {
    return crm.batchSize();
  }

  @Override
  public int concurrency() {
    return crm.concurrency();
  }

  @Override
  public List<CrmField> describeFields() {
    return crm.describeFields();
  }

  @Override
  public ProvisionReport provision(List<FieldSpec> wanted) {
    return crm.provision(wanted);
  }

  @Override
  public List<Match> read(List<RecordKey> keys, Set<String> fields) {
    return crm.read(keys, fields);
  }

  @Override
  public TrafficStats traffic() {
    return crm.traffic();
  }

  @Override
  public void close() {
    crm.close();
  }
}
