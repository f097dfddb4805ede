package dev.ripen.spark.pushdown;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes a pattern of Java, as {@code RLIKE} has it, so that Java, RE2, PostgreSQL and Snowflake
 * find it in the same texts. Of a pattern only whether it is found counts, not where. Characters
 * become classes; {@code .} and {@code $} are written out, because each engine means something else
 * by them; whatever else they read differently is refused.
 */
final class PortableRegex {
  private static final String LINE_ENDS = "\n\r\u0085\u2028\u2029";
  private static final int MOST_REPEATS = 255;
  private static final String REFUSED = "not every database reads its pattern %s as Spark does";

  private final String pattern;
  private final boolean ignoreCase;
  private final StringBuilder written = new StringBuilder();
  private int position;
  private int depth;
  private boolean takesReturn;
  private boolean hasEnd;

  private PortableRegex(String pattern) {
    this.pattern = pattern;
    this.ignoreCase = pattern.startsWith("(?i)");
    this.position = ignoreCase ? 4 : 0;
  }

  /**
   * The same pattern for all.
   *
   * @throws NotPushedException if there is none
   */
  static String of(String pattern) {
    PortableRegex regex = new PortableRegex(pattern);
    regex.alternatives();
    // Java's $ also stands before the last line end, but not in the middle of \r\n.
    if (regex.position < pattern.length() || (regex.hasEnd && regex.takesReturn)) {
      throw regex.refused();
    }
    return regex.written.toString();
  }

  static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 128);
  }

  private void alternatives() {
    sequence();
    while (next('|')) {
      written.append('|');
      sequence();
    }
  }

  private void sequence() {
    boolean empty = true;
    if (next('^')) {
      written.append('^');
      empty = false;
    }
    while (position < pattern.length() && "|)".indexOf(pattern.charAt(position)) < 0) {
      empty = false;
      if (next('$')) {
        end();
        break;
      }
      atom();
      quantifier();
    }
    if (empty) {
      throw refused();
    }
  }

  private void end() {
    hasEnd = true;
    boolean last = position == pattern.length() || "|)".indexOf(pattern.charAt(position)) >= 0;
    if (!last || depth > 0) {
      throw refused();
    }
    written.append("(\r\n|[").append(LINE_ENDS).append("])?$");
  }

  private void atom() {
    if (next('(')) {
      if (next('?') && !next(':')) {
        throw refused();
      }
      written.append('(');
      depth++;
      alternatives();
      depth--;
      if (!next(')')) {
        throw refused();
      }
      written.append(')');
    } else if (next('[')) {
      characters();
    } else if (next('.')) {
      written.append("[^").append(LINE_ENDS).append(']');
    } else if (next('\\')) {
      escaped();
    } else {
      literal(plain());
    }
  }

  private char plain() {
    char c = take();
    if ("*+?{}()[]^$|\\".indexOf(c) >= 0) {
      throw refused();
    }
    return c;
  }

  private void escaped() {
    char c = take();
    BitSet known = classOf(c);
    if (known != null) {
      write(known, false);
    } else {
      literal(punctuation(c));
    }
  }

  private static @Nullable BitSet classOf(char c) {
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

  /** Letters and digits after a backslash mean something. */
  private char punctuation(char c) {
    if (c >= 128 || Character.isLetterOrDigit(c)) {
      throw refused();
    }
    return c;
  }

  private void literal(char c) {
    if (Character.isSurrogate(c)) {
      throw refused();
    }
    BitSet set = new BitSet();
    set.set(c);
    write(set, false);
  }

  private void characters() {
    boolean negated = next('^');
    BitSet set = new BitSet();
    while (!next(']')) {
      BitSet known = null;
      char from = take();
      if (from == '\\') {
        char c = take();
        known = classOf(c);
        from = known == null ? punctuation(c) : from;
      } else if ("[&^-".indexOf(from) >= 0) {
        // Unions, intersections, and a minus at the edge are read in as many ways as there are
        // engines.
        throw refused();
      }
      if (known != null) {
        set.or(known);
      } else {
        range(from, set);
      }
    }
    if (set.isEmpty()) {
      throw refused();
    }
    write(set, negated);
  }

  private void range(char from, BitSet set) {
    char to = from;
    if (next('-')) {
      to = take();
      if ("\\[]&^-".indexOf(to) >= 0) {
        throw refused();
      }
    }
    if (Character.isSurrogate(from) || Character.isSurrogate(to) || to < from || to - from > 127) {
      throw refused();
    }
    set.set(from, to + 1);
  }

  /** Java ignores the case of ASCII letters only; others, without a flag, ignore more. */
  private void write(BitSet set, boolean negated) {
    if (ignoreCase) {
      for (char c = 'a'; c <= 'z'; c++) {
        char upper = (char) (c - 'a' + 'A');
        boolean either = set.get(c) || set.get(upper);
        set.set(c, either);
        set.set(upper, either);
      }
    }
    if (set.get('\0')) {
      throw refused();
    }
    takesReturn |= set.get('\r') != negated;
    if (set.cardinality() == 1 && !negated) {
      int only = set.nextSetBit(0);
      if (isPlain(only)) {
        written.append((char) only);
        return;
      }
    }
    written.append(negated ? "[^" : "[");
    for (int from = set.nextSetBit(0); from >= 0; ) {
      int end = set.nextClearBit(from);
      writeRange(from, end - 1);
      from = set.nextSetBit(end);
    }
    written.append(']');
  }

  private void writeRange(int from, int last) {
    member(from);
    if (last > from + 1 && isPlain(from) && isPlain(last) && from != '-' && last != '-') {
      written.append('-');
      member(last);
      return;
    }
    for (int c = from + 1; c <= last; c++) {
      member(c);
    }
  }

  /** In brackets these are escaped in all of them. */
  private void member(int c) {
    if ("\\]^-[".indexOf(c) >= 0) {
      written.append('\\');
    }
    written.append((char) c);
  }

  private static boolean isPlain(int c) {
    return c >= 128 || Character.isLetterOrDigit(c) || " _-/@#%&=~:;,<>!\"'`".indexOf(c) >= 0;
  }

  private void quantifier() {
    if (position == pattern.length()) {
      return;
    }
    int start = position;
    char c = pattern.charAt(position);
    if (c == '*' || c == '+' || c == '?') {
      position++;
    } else if (c == '{') {
      position = repeats();
    } else {
      return;
    }
    written.append(pattern, start, position);
    // Lazy ones find the same texts; possessive ones do not.
    if (!next('?') && position < pattern.length() && "*+{".indexOf(pattern.charAt(position)) >= 0) {
      throw refused();
    }
  }

  private int repeats() {
    int end = pattern.indexOf('}', position);
    String inside = end < 0 ? "" : pattern.substring(position + 1, end);
    if (!inside.matches("\\d{1,3}(,(\\d{1,3})?)?")) {
      throw refused();
    }
    for (String number : inside.split(",")) {
      if (Integer.parseInt(number) > MOST_REPEATS) {
        throw refused();
      }
    }
    return end + 1;
  }

  private boolean next(char c) {
    boolean found = position < pattern.length() && pattern.charAt(position) == c;
    if (found) {
      position++;
    }
    return found;
  }

  private char take() {
    if (position == pattern.length()) {
      throw refused();
    }
    return pattern.charAt(position++);
  }

  private NotPushedException refused() {
    return new NotPushedException(REFUSED.formatted(pattern));
  }
}
