package dev.ripen.spark.pushdown;

import java.util.ArrayList;
import java.util.List;

/** What {@code LIKE} looks for. Immutable. */
final class LikePattern {
  private static final char ESCAPE = '!';

  /** Wildcards, and between them texts. */
  private enum Wildcard {
    ANY("%"),
    ONE("_");

    private final String sql;

    Wildcard(String sql) {
      this.sql = sql;
    }
  }

  private final List<Object> parts;

  private LikePattern(List<Object> parts) {
    this.parts = List.copyOf(parts);
  }

  static LikePattern startingWith(String text) {
    return new LikePattern(List.of(text, Wildcard.ANY));
  }

  static LikePattern endingWith(String text) {
    return new LikePattern(List.of(Wildcard.ANY, text));
  }

  static LikePattern containing(String text) {
    return new LikePattern(List.of(Wildcard.ANY, text, Wildcard.ANY));
  }

  /** As Spark reads it: only a wildcard or the escape itself may be escaped. */
  static LikePattern parse(String pattern, char escape) {
    List<Object> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == escape) {
        i++;
        boolean known = i < pattern.length() && isSpecial(pattern.charAt(i), escape);
        if (!known) {
          throw new NotPushedException("Spark refuses its LIKE pattern " + pattern);
        }
        text.append(pattern.charAt(i));
      } else if (c == '%' || c == '_') {
        parts.add(text.toString());
        text.setLength(0);
        parts.add(c == '%' ? Wildcard.ANY : Wildcard.ONE);
      } else {
        text.append(c);
      }
    }
    parts.add(text.toString());
    return new LikePattern(parts);
  }

  private static boolean isSpecial(char c, char escape) {
    return c == '%' || c == '_' || c == escape;
  }

  /** Whether all characters of its texts are ASCII. */
  boolean isAscii() {
    return parts.stream()
        .allMatch(part -> !(part instanceof String text) || PortableRegex.isAscii(text));
  }

  /** {@code value LIKE pattern}. */
  String sql(Dialect dialect, String value) {
    // Backslashes escape in PostgreSQL unless something else does.
    boolean escaped =
        parts.stream().anyMatch(p -> p instanceof String text && text.matches("(?s).*[%_\\\\].*"));
    StringBuilder pattern = new StringBuilder();
    for (Object part : parts) {
      if (part instanceof Wildcard wildcard) {
        pattern.append(wildcard.sql);
      } else {
        String text = part.toString();
        pattern.append(escaped ? text.replaceAll("[%_!]", ESCAPE + "$0") : text);
      }
    }
    String like = value + " LIKE " + dialect.text(pattern.toString());
    return "(" + like + (escaped ? " ESCAPE '" + ESCAPE + "'" : "") + ")";
  }
}
