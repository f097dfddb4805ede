package dev.ripen.spark.pushdown;

import java.util.BitSet;

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
    BitSet known = RegexCharacters.named(c);
    if (known != null) {
      write(known, false);
    } else {
      literal(punctuation(c));
    }
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
        known = RegexCharacters.named(c);
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

  private void write(BitSet set, boolean negated) {
    if (ignoreCase) {
      RegexCharacters.ignoreCase(set);
    }
    if (set.get('\0')) {
      throw refused();
    }
    takesReturn |= set.get('\r') != negated;
    written.append(RegexCharacters.written(set, negated));
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
    for (String number : inside.split(",", -1)) {
      if (!number.isEmpty() && Integer.parseInt(number) > MOST_REPEATS) {
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
