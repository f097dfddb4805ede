package dev.ripen.sync;

import java.util.HashSet;
import java.util.Set;

/**
 * Records that a row of the plan has already. Ids that are plain numbers, as most CRMs have them,
 * cost some 16 bytes each, so that ten million fit.
 */
final class RecordClaims {
  private static final int FIRST_SIZE = 1 << 10;
  private static final int MOST_DIGITS = 18;

  private final Set<String> texts = new HashSet<>();
  // 0 is an empty place: numbers are stored plus one.
  private long[] table = new long[FIRST_SIZE];
  private int count;

  /** True if nobody had it. */
  boolean claim(String key) {
    return isNumber(key) ? addNumber(Long.parseLong(key) + 1) : texts.add(key);
  }

  private static boolean isNumber(String key) {
    boolean plain = !key.isEmpty() && key.length() <= MOST_DIGITS && key.charAt(0) != '0';
    return plain && key.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private boolean addNumber(long number) {
    if (!put(table, number)) {
      return false;
    }
    count++;
    if (count > table.length / 2) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long number : table) {
      if (number != 0) {
        put(larger, number);
      }
    }
    table = larger;
  }

  private static boolean put(long[] into, long number) {
    int mask = into.length - 1;
    int place = Long.hashCode(number * 0x9E3779B97F4A7C15L) & mask;
    while (into[place] != 0) {
      if (into[place] == number) {
        return false;
      }
      place = (place + 1) & mask;
    }
    into[place] = number;
    return true;
  }
}
