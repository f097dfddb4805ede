package dev.ripen.sqlmodel;

import java.util.Locale;

/** Looks at SQL as text. Pure. */
public final class SqlText {
  private final String text;
  private final StringBuilder kept = new StringBuilder();
  private int at;

  private SqlText(String text) {
    this.text = text;
  }

  /**
   * The same SQL for a comparison: without comments, with single spaces between words. Texts in
   * quotes and hints stay as they are.
   */
  public static String withoutComments(String sql) {
    return new SqlText(sql).strip();
  }

  private String strip() {
    while (at < text.length()) {
      char next = text.charAt(at);
      if (text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at) && !text.startsWith("/*+", at)) {
        skipComment();
        space();
      } else if (next == '\'' || next == '"' || next == '`') {
        copyQuoted(next);
      } else if (Character.isWhitespace(next)) {
        space();
        at++;
      } else {
        kept.append(next);
        at++;
      }
    }
    return kept.toString().strip();
  }

  private void space() {
    if (kept.length() > 0 && kept.charAt(kept.length() - 1) != ' ') {
      kept.append(' ');
    }
  }

  /** Comments of this kind may hold others, in Spark. */
  private void skipComment() {
    int depth = 0;
    do {
      if (text.startsWith("/*", at)) {
        depth++;
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
  }

  private void copyQuoted(char quote) {
    boolean escapes = quote != '`' && !isRaw();
    kept.append(quote);
    at++;
    while (at < text.length()) {
      char next = text.charAt(at++);
      kept.append(next);
      if (next == '\\' && escapes && at < text.length()) {
        kept.append(text.charAt(at++));
      } else if (next == quote) {
        return;
      }
    }
  }

  /** Whether an r stands before the quote, and is not the end of a word. */
  private boolean isRaw() {
    int before = at - 1;
    return before >= 0
        && text.substring(before, at).toLowerCase(Locale.ROOT).equals("r")
        && (before == 0 || !Character.isJavaIdentifierPart(text.charAt(before - 1)));
  }
}
