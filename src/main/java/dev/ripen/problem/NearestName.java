package dev.ripen.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Guesses what somebody meant to write. Pure: ties go to the name that comes first alphabetically,
 * whatever the order of the known names.
 */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name that differs least from the wrong one, if it is near enough to be a slip: about
   * one letter in three. Case, {@code _} and {@code -} make no difference.
   */
  public static Optional<String> of(String wrong, Collection<String> known) {
    String sought = plain(wrong);
    int most = Math.max(1, sought.length() / 3);
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String name : new TreeSet<>(known)) {
      int distance = distance(sought, plain(name));
      if (distance <= most && distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Letters to insert, delete, replace, or swap with their neighbour. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      cost[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      cost[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (isSwap(a, b, i, j)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }

  private static boolean isSwap(String a, String b, int i, int j) {
    return i > 1
        && j > 1
        && a.charAt(i - 1) == b.charAt(j - 2)
        && a.charAt(i - 2) == b.charAt(j - 1);
  }
}
