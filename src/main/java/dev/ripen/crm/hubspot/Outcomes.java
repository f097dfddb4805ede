package dev.ripen.crm.hubspot;

import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowOutcome.Deferred;
import dev.ripen.crm.RowOutcome.Rejected;
import dev.ripen.crm.RowWrite;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of the rows of one write so far: one outcome per row, the first one said counts.
 */
final class Outcomes {
  private final Map<Long, RowOutcome> bySeq = new LinkedHashMap<>();

  void add(RowOutcome outcome) {
    bySeq.putIfAbsent(outcome.seq(), outcome);
  }

  void replace(RowOutcome outcome) {
    bySeq.put(outcome.seq(), outcome);
  }

  void reject(Collection<RowWrite> rows, RejectCode code, String message) {
    rows.forEach(row -> add(new Rejected(row.seq(), code, message)));
  }

  void defer(Collection<RowWrite> rows, String why) {
    rows.forEach(row -> add(new Deferred(row.seq(), why)));
  }

  boolean isEmpty() {
    return bySeq.isEmpty();
  }

  boolean isRejected(RowWrite row, RejectCode code) {
    return bySeq.get(row.seq()) instanceof Rejected rejected && rejected.code() == code;
  }

  List<RowWrite> open(Collection<RowWrite> rows) {
    return rows.stream().filter(row -> !bySeq.containsKey(row.seq())).toList();
  }

  List<RowOutcome> all() {
    return List.copyOf(bySeq.values());
  }
}
