package dev.ripen.sqlmodel;

import dev.ripen.problem.SourceSpan;

/** Finds the line of a text that a message is about. */
public final class SqlPlace {
  private SqlPlace() {}

  /**
   * A place in a SQL text, with its line as the snippet.
   *
   * @param line from 1; anything less means the whole file
   * @param column from 1; 0 if only the line is known
   */
  public static SourceSpan of(String file, String text, int line, int column) {
    if (line < 1) {
      return SourceSpan.ofFile(file);
    }
    String snippet = text.lines().skip(line - 1L).findFirst().orElse("");
    return new SourceSpan(file, line, Math.max(0, column), snippet);
  }
}
