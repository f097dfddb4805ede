package dev.ripen.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQL as text, without a parser. Pure. */
final class SqlTexts {
  private static final Pattern QUOTED =
      Pattern.compile("'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`");

  private SqlTexts() {}

  /**
   * The text without what surely makes no difference: case and blanks outside of quotes, and
   * parentheses around all of it.
   */
  static String normalized(String sql) {
    StringBuilder text = new StringBuilder();
    Matcher quoted = QUOTED.matcher(sql);
    int from = 0;
    while (quoted.find()) {
      text.append(plain(sql.substring(from, quoted.start()))).append(quoted.group());
      from = quoted.end();
    }
    String all = text.append(plain(sql.substring(from))).toString().strip();
    while (isWrapped(all)) {
      all = all.substring(1, all.length() - 1).strip();
    }
    return all;
  }

  private static String plain(String text) {
    return text.replaceAll("\\s+", " ")
        .replaceAll(" ?([=<>!,()+*/%-]) ?", "$1")
        .toLowerCase(Locale.ROOT);
  }

  /** Whether the first parenthesis is closed by the last. */
  private static boolean isWrapped(String text) {
    if (!text.startsWith("(") || !text.endsWith(")")) {
      return false;
    }
    String bare = QUOTED.matcher(text).replaceAll(found -> "_".repeat(found.group().length()));
    int depth = 0;
    for (int i = 0; i < bare.length(); i++) {
      if (bare.charAt(i) == '(') {
        depth++;
      } else if (bare.charAt(i) == ')') {
        depth--;
      }
      if (depth == 0 && i < bare.length() - 1) {
        return false;
      }
    }
    return depth == 0;
  }
}
