package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.spark.SmallFiles.DataFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When merging files pays. */
final class SmallFilesTest {
  private static final long BELOW = 1_000;

  @Test
  void aFewSmallFilesStay() {
    assertThat(due(20, "")).isEmpty();
    assertThat(due(21, "")).containsExactly("");
  }

  @Test
  void oneFileADayIsWhatItShouldBe() {
    List<DataFile> files = new ArrayList<>();
    for (int day = 0; day < 900; day++) {
      files.add(new DataFile("event_day=" + day, 10));
    }
    assertThat(SmallFiles.due(files, BELOW, 100)).isEmpty();

    files.addAll(files.subList(0, 30));
    assertThat(SmallFiles.due(files, BELOW, 100))
        .hasSize(30)
        .contains("event_day=0", "event_day=29");
  }

  @Test
  void largeFilesDoNotCount() {
    assertThat(SmallFiles.due(Collections.nCopies(100, new DataFile("", BELOW)), BELOW, 100))
        .isEmpty();
  }

  @Test
  void aRunMergesTheWorstFirstAndNoMoreThanItMay() {
    List<DataFile> files = new ArrayList<>();
    files.addAll(Collections.nCopies(5, new DataFile("day=1", 10)));
    files.addAll(Collections.nCopies(40, new DataFile("day=2", 10)));
    files.addAll(Collections.nCopies(50, new DataFile("day=3", 10)));

    assertThat(SmallFiles.due(files, BELOW, 100)).containsExactly("day=3", "day=2", "day=1");
    assertThat(SmallFiles.due(files, BELOW, 92)).containsExactly("day=3", "day=2");
    assertThat(SmallFiles.due(files, BELOW, 10)).containsExactly("day=3");
    assertThat(SmallFiles.due(Collections.nCopies(50, new DataFile("day=4", 999)), BELOW, 100))
        .as("more bytes than a run may merge, and yet it goes on")
        .containsExactly("day=4");
  }

  private static List<String> due(int files, String directory) {
    return SmallFiles.due(Collections.nCopies(files, new DataFile(directory, 10)), BELOW, 100);
  }
}
