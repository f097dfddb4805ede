package dev.ripen.sample;

import java.util.List;

/**
 * Which contacts have absorbed which: about one row in 34, as pairs and some chains, by arithmetic
 * on the index. A survivor lists all that it and they had absorbed, as HubSpot does.
 */
final class Merges {
  private static final int GROUP = 34;
  private static final int LAST = GROUP - 1;
  private static final int NO_MERGE = 6;
  private static final int CHAIN = 5;
  private static final int CYCLE = 12;

  private Merges() {}

  /** The last contact in the chain that has absorbed this one; −1: it is still there itself. */
  static int survivorOf(int index, int count) {
    int start = index - index % GROUP;
    if (start + LAST >= count) {
      return -1;
    }
    int survivor = start + LAST - 2;
    return switch (index / GROUP % CYCLE) {
      case NO_MERGE -> -1;
      case CHAIN -> index > survivor ? survivor : -1;
      default -> index == start + LAST ? survivor : -1;
    };
  }

  static boolean isAlone(int index, int count) {
    return survivorOf(index, count) < 0 && absorbedBy(index, count).isEmpty();
  }

  static List<Integer> absorbedBy(int index, int count) {
    int last = index - index % GROUP + LAST;
    if (index != last - 2 || last >= count) {
      return List.of();
    }
    return switch (index / GROUP % CYCLE) {
      case NO_MERGE -> List.of();
      case CHAIN -> List.of(last - 1, last);
      default -> List.of(last);
    };
  }
}
