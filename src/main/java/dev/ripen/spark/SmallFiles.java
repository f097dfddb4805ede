package dev.ripen.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides which parts of a table consist of so many small files that merging them pays. Pure. */
final class SmallFiles {
  /** Merging takes seconds, reading a file too many some milliseconds. */
  private static final int WORTH_IT = 20;

  /** A run merges at most as much as so many of the largest small files. */
  private static final int MOST_BYTES_IN_FILES = 32;

  private SmallFiles() {}

  /**
   * A data file.
   *
   * @param directory below the table's, for example {@code event_day=2026-01-31}; empty if the
   *     table has no partitions
   */
  record DataFile(String directory, long bytes) {}

  /**
   * What is to be merged now.
   *
   * @param below bytes: a smaller file is small
   * @param most files
   * @return directories, those with the most files first; empty if nothing is due
   */
  static List<String> due(List<DataFile> files, long below, int most) {
    Map<String, List<DataFile>> small = new TreeMap<>();
    for (DataFile file : files) {
      if (file.bytes() < below) {
        small.computeIfAbsent(file.directory(), key -> new ArrayList<>()).add(file);
      }
    }
    small.values().removeIf(some -> some.size() < 2);
    if (small.values().stream().mapToInt(some -> some.size() - 1).sum() < WORTH_IT) {
      return List.of();
    }
    List<String> due = new ArrayList<>();
    long filesLeft = most;
    long bytesLeft = MOST_BYTES_IN_FILES * below;
    List<Map.Entry<String, List<DataFile>>> largestFirst = new ArrayList<>(small.entrySet());
    largestFirst.sort(Comparator.comparingInt(entry -> -entry.getValue().size()));
    for (Map.Entry<String, List<DataFile>> entry : largestFirst) {
      filesLeft -= entry.getValue().size();
      bytesLeft -= entry.getValue().stream().mapToLong(DataFile::bytes).sum();
      // The first one always: else what is too much for one run would never be done.
      if (!due.isEmpty() && (filesLeft < 0 || bytesLeft < 0)) {
        break;
      }
      due.add(entry.getKey());
    }
    return due;
  }
}
