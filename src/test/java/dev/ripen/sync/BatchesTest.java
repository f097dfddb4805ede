package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static List<String> batches(List<PlannedRow> rows, long done, int size) {
    List<String> texts = new ArrayList<>();
    Iterator<PlannedWrite> writes =
        rows.stream()
            .map(
                row ->
                    new PlannedWrite(
                        row.action(),
                        new RowWrite(row.seq(), row.recordId(), row.email(), Map.of())))
            .iterator();
    new Batches(writes, seq -> seq == done, size, WriteAction.UPSERT)
        .forEachRemaining(
            batch ->
                texts.add(
                    batch.action() + " " + batch.rows().stream().map(RowWrite::seq).toList()));
    return texts;
  }

  @Test
  void leavesOutWhatIsDone() {
    assertThat(
            batches(
                List.of(
                    Rows.update(1).numbered(1),
                    Rows.update(2).numbered(2),
                    Rows.update(3).numbered(3)),
                2,
                2))
        .containsExactly("UPDATE [1, 3]");
  }

  @Test
  void putsNoRecordTwiceIntoABatch() {
    assertThat(
            batches(
                List.of(
                    Rows.update(1).numbered(1),
                    Rows.update(2).numbered(2),
                    Rows.update(1).numbered(3)),
                0,
                10))
        .containsExactly("UPDATE [1, 2]", "UPDATE [3]");
  }

  @Test
  void makesNothingOfNothing() {
    assertThat(batches(List.of(), 0, 10)).isEmpty();
  }
}
