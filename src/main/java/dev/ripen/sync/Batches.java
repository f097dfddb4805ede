package dev.ripen.sync;

import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * Cuts a plan's rows that are not done yet into batches of one action, no record twice in a batch.
 */
final class Batches implements Iterator<Batches.Batch> {
  record Batch(WriteAction action, List<RowWrite> rows) {}

  private final Iterator<PlannedWrite> rows;
  private final LongPredicate isDone;
  private final int size;
  private final Open updates = new Open(WriteAction.UPDATE);
  private final Open creates;
  private final Queue<Batch> ready = new ArrayDeque<>();

  private static final class Open {
    private final WriteAction action;
    private final Set<String> keys = new HashSet<>();
    private List<RowWrite> rows = new ArrayList<>();

    Open(WriteAction action) {
      this.action = action;
    }
  }

  Batches(Iterator<PlannedWrite> rows, LongPredicate isDone, int size, WriteAction createWith) {
    this.rows = rows;
    this.isDone = isDone;
    this.size = size;
    this.creates = new Open(createWith);
  }

  @Override
  public boolean hasNext() {
    while (ready.isEmpty() && rows.hasNext()) {
      PlannedWrite write = rows.next();
      if (!isDone.test(write.row().seq())) {
        add(write.row(), write.action() == PlanAction.CREATE ? creates : updates);
      }
    }
    if (ready.isEmpty()) {
      flush(updates);
      flush(creates);
    }
    return !ready.isEmpty();
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.remove();
  }

  private void add(RowWrite row, Open open) {
    String recordId = row.recordId();
    String key = recordId == null ? "@" + row.email() : recordId;
    if (open.keys.contains(key)) {
      flush(open);
    }
    open.keys.add(key);
    open.rows.add(row);
    if (open.rows.size() == size) {
      flush(open);
    }
  }

  private void flush(Open open) {
    if (!open.rows.isEmpty()) {
      ready.add(new Batch(open.action, open.rows));
      open.rows = new ArrayList<>();
      open.keys.clear();
    }
  }
}
