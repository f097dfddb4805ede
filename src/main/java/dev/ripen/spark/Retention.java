package dev.ripen.spark;

import dev.ripen.history.RunRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Decides which versions of the state's tables somebody may still ask for. Pure. */
final class Retention {
  private Retention() {}

  /**
   * The oldest version of each table that stays: of the commits since a moment, of the one before
   * them, which was in force at that moment, and of the newest.
   *
   * @param commits oldest first
   * @return by table; a table that none of them names is absent
   */
  static Map<String, Long> oldestNeeded(List<RunRecord> commits, Instant since) {
    int first = 0;
    for (int i = 0; i < commits.size(); i++) {
      if (!commits.get(i).committedAt().isAfter(since)) {
        first = i;
      }
    }
    Map<String, Long> oldest = new HashMap<>();
    for (RunRecord commit : commits.subList(first, commits.size())) {
      commit.tableVersions().forEach((table, version) -> oldest.merge(table, version, Math::min));
    }
    return oldest;
  }
}
