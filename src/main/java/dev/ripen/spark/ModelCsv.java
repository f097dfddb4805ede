package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.SqlPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A small table in a file: commas, quotes as in RFC 4180. An empty cell is null, {@code ""} is the
 * empty string.
 *
 * @param file relative to the project
 * @param columns of the first line
 */
record ModelCsv(String file, String text, List<String> columns, List<Line> lines) {

  /**
   * One row.
   *
   * @param number of its first line in the file, from 1
   * @param cells as many as columns; null where the cell is empty
   */
  record Line(int number, List<@Nullable String> cells) {}

  static ModelCsv read(Path project, Path path) {
    String file = project.relativize(path).toString().replace('\\', '/');
    try {
      return parse(file, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ModelCsv parse(String file, String text) {
    List<Line> lines = new Parser(file, text).lines();
    if (lines.isEmpty()) {
      throw new ProblemException(
          Problem.at(
              SourceSpan.ofFile(file),
              ErrorCode.DATA_INVALID,
              file + " is empty",
              "Start it with a line of column names"));
    }
    List<String> columns = new ArrayList<>();
    for (String name : lines.get(0).cells()) {
      columns.add(name == null ? "" : name.strip());
    }
    if (columns.contains("")
        || new HashSet<>(columns.stream().map(c -> c.toLowerCase(Locale.ROOT)).toList()).size()
            < columns.size()) {
      throw problem(file, text, 1, "has a column without a name, or a name twice");
    }
    for (Line line : lines) {
      if (line.cells().size() != columns.size()) {
        throw problem(
            file,
            text,
            line.number(),
            "has " + line.cells().size() + " cells for " + columns.size() + " columns");
      }
    }
    return new ModelCsv(file, text, List.copyOf(columns), lines.subList(1, lines.size()));
  }

  static ProblemException problem(String file, String text, int line, String what) {
    return new ProblemException(
        Problem.at(
            SqlPlace.of(file, text, line, 1),
            ErrorCode.DATA_INVALID,
            file + " " + what,
            "Edit the line, then run: ripen test"));
  }

  private static final class Parser {
    private final String file;
    private final String text;
    private int at;
    private int line = 1;

    Parser(String file, String text) {
      this.file = file;
      this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    List<Line> lines() {
      List<Line> lines = new ArrayList<>();
      while (at < text.length()) {
        int number = line;
        List<@Nullable String> cells = cells();
        // A blank line is no row, unless there is but one column: then it is a null.
        boolean blank = cells.size() == 1 && cells.get(0) == null;
        if (!blank || (!lines.isEmpty() && lines.get(0).cells().size() == 1)) {
          lines.add(new Line(number, Collections.unmodifiableList(cells)));
        }
      }
      return lines;
    }

    private List<@Nullable String> cells() {
      List<@Nullable String> cells = new ArrayList<>();
      while (true) {
        cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
        if (at < text.length() && text.charAt(at) == ',') {
          at++;
          continue;
        }
        endLine();
        return cells;
      }
    }

    private void endLine() {
      if (at < text.length() && text.charAt(at) == '\r') {
        at++;
      }
      if (at < text.length()) {
        if (text.charAt(at) != '\n') {
          throw problem(file, text, line, "has text after a closing quote");
        }
        at++;
        line++;
      }
    }

    private @Nullable String plain() {
      int start = at;
      while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      return start == at ? null : text.substring(start, at);
    }

    private String quoted() {
      StringBuilder cell = new StringBuilder();
      int start = line;
      at++;
      while (at < text.length()) {
        char c = text.charAt(at++);
        if (c == '"') {
          if (at >= text.length() || text.charAt(at) != '"') {
            return cell.toString();
          }
          at++;
        } else if (c == '\n') {
          line++;
        }
        cell.append(c);
      }
      throw problem(file, text, start, "has a quote that is never closed");
    }
  }
}
