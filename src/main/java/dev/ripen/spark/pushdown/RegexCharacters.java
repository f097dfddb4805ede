package dev.ripen.spark.pushdown;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Writes sets of characters so that every engine reads the same set. Stateless. */
final class RegexCharacters {
  private RegexCharacters() {}

  /** What a letter after a backslash stands for in Java; null if that is no set. */
  static @Nullable BitSet named(char c) {
    BitSet set = new BitSet();
    switch (c) {
      case 'd' -> set.set('0', '9' + 1);
      case 'w' -> {
        set.set('0', '9' + 1);
        set.set('A', 'Z' + 1);
        set.set('a', 'z' + 1);
        set.set('_');
      }
      case 's' -> " \t\n\u000B\f\r".chars().forEach(set::set);
      default -> {
        return null;
      }
    }
    return set;
  }

  /** Java ignores the case of ASCII letters only; others, without a flag, ignore more. */
  static void ignoreCase(BitSet set) {
    for (char c = 'a'; c <= 'z'; c++) {
      char upper = (char) (c - 'a' + 'A');
      boolean either = set.get(c) || set.get(upper);
      set.set(c, either);
      set.set(upper, either);
    }
  }

  /**
   * A set, or what is not in it. RE2 takes both cases of a letter for a letter whose case is
   * ignored, and in some alternatives then finds the Kelvin sign for a k and the long s for an s:
   * these two letters are alternatives themselves.
   */
  static String written(BitSet set, boolean negated) {
    if (set.cardinality() == 2 && !negated && (isPair(set, 'k') || isPair(set, 's'))) {
      return "(" + (char) set.nextSetBit(0) + "|" + (char) (set.length() - 1) + ")";
    }
    if (set.cardinality() == 1 && !negated) {
      int only = set.nextSetBit(0);
      if (isPlain(only)) {
        return Character.toString(only);
      }
    }
    StringBuilder written = new StringBuilder(negated ? "[^" : "[");
    for (int from = set.nextSetBit(0); from >= 0; ) {
      int end = set.nextClearBit(from);
      writeRange(from, end - 1, written);
      from = set.nextSetBit(end);
    }
    return written.append(']').toString();
  }

  private static void writeRange(int from, int last, StringBuilder written) {
    member(from, written);
    if (last > from + 1 && isPlain(from) && isPlain(last) && from != '-' && last != '-') {
      written.append('-');
      member(last, written);
      return;
    }
    for (int c = from + 1; c <= last; c++) {
      member(c, written);
    }
  }

  /** In brackets these are escaped in all of them. */
  private static void member(int c, StringBuilder written) {
    if ("\\]^-[".indexOf(c) >= 0) {
      written.append('\\');
    }
    written.append((char) c);
  }

  private static boolean isPair(BitSet set, char letter) {
    return set.get(letter) && set.get(Character.toUpperCase(letter));
  }

  private static boolean isPlain(int c) {
    return c >= 128 || Character.isLetterOrDigit(c) || " _-/@#%&=~:;,<>!\"'`".indexOf(c) >= 0;
  }
}
