package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;

import dev.ripen.sync.Candidate;
import dev.ripen.sync.PlanTotals;
import dev.ripen.sync.SkipReason;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the first pass could not rule out: first those that earlier runs had deferred, the
 * longest waiting in front, then by their lead ids, those who have left the models last; one
 * partition in memory at a time; and the counts of the others, which are complete once every
 * candidate was taken.
 */
public final class PlanInput implements Iterator<Candidate>, AutoCloseable {
  private final Dataset<Row> decided;
  private final Iterator<Row> rows;
  private final Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
  private long unchanged;
  private long blocked;
  private @Nullable Candidate next;

  /**
   * @param decided results of {@link CrmRows}; kept until this is closed
   */
  PlanInput(Dataset<Row> decided) {
    this.decided = decided.persist(StorageLevel.MEMORY_AND_DISK());
    // The first lead of those that point to one record is the same in every run.
    this.rows =
        this.decided
            .orderBy(col("leaver"), col("deferred_since").asc_nulls_last(), col("lead_id"))
            .toLocalIterator();
  }

  @Override
  public void close() {
    decided.unpersist(false);
  }

  @Override
  public boolean hasNext() {
    while (next == null && rows.hasNext()) {
      Row row = rows.next();
      String kind = row.getString(0);
      switch (kind) {
        case CrmRows.CANDIDATE -> next = CandidateBytes.read(row.<byte[]>getAs(3));
        case "UNCHANGED" -> unchanged += row.getLong(1);
        case "BLOCKED" -> blocked += row.getLong(1);
        default -> skipped.merge(SkipReason.valueOf(kind), row.getLong(1), Long::sum);
      }
    }
    return next != null;
  }

  @Override
  public Candidate next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Candidate candidate = next;
    next = null;
    return candidate;
  }

  /** What the first pass alone decided. */
  public PlanTotals totals() {
    if (hasNext()) {
      throw new IllegalStateException("the totals are not complete before every candidate is read");
    }
    return PlanTotals.ofFirstPass(unchanged, skipped, blocked);
  }
}
