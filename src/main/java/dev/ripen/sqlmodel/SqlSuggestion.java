package dev.ripen.sqlmodel;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which known name somebody meant. */
public final class SqlSuggestion {
  private SqlSuggestion() {}

  /** The nearest known name, if it is near enough to be a slip of the fingers. */
  public static Optional<String> of(String wrong, Collection<String> known) {
    String low = wrong.toLowerCase(Locale.ROOT);
    int limit = low.length() <= 3 ? 1 : Math.max(2, low.length() / 3);
    return known.stream()
        .filter(name -> distance(low, name.toLowerCase(Locale.ROOT)) <= limit)
        .min(
            Comparator.comparingInt((String name) -> distance(low, name.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int swap = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(swap, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
