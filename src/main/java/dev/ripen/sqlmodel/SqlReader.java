package dev.ripen.sqlmodel;

import java.util.List;

/** Reads a SQL text without running it. */
public interface SqlReader {
  /**
   * Parses one SELECT.
   *
   * @param file for messages
   * @throws dev.ripen.problem.ProblemException with {@code SQL_NOT_PARSED} and the place
   */
  ParsedSql parse(String file, String text);

  /**
   * What a text says.
   *
   * @param relations tables that it reads, names of CTEs taken out, in order of appearance
   * @param parameters names after a colon
   * @param outputs names of the outermost columns as far as the text tells; {@code *} if it does
   *     not
   * @param rowLocal no window, aggregate, distinct, join, limit or subquery
   */
  record ParsedSql(
      List<Relation> relations, List<String> parameters, List<String> outputs, boolean rowLocal) {}

  /**
   * A table name with its place.
   *
   * @param parts one for a model, two for {@code source.table}
   */
  record Relation(List<String> parts, int line, int column) {}
}
