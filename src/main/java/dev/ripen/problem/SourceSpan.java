package dev.ripen.problem;

import static java.util.Objects.requireNonNull;

/**
 * A place in a file the user wrote.
 *
 * @param file path as the user would type it, relative to the project
 * @param line from 1; 0 if only the file is known
 * @param column from 1; 0 if only the line is known
 * @param snippet the text of that line, or empty
 */
public record SourceSpan(String file, int line, int column, String snippet) {
  public SourceSpan {
    requireNonNull(file);
    requireNonNull(snippet);
  }

  /** A whole file. */
  public static SourceSpan ofFile(String file) {
    return new SourceSpan(file, 0, 0, "");
  }

  /** {@code file:line:column}, as far as known. */
  @Override
  public String toString() {
    if (line == 0) {
      return file;
    }
    return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
  }
}
