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
   * @param obstacles what keeps a text from being row-local: window, aggregate, distinct, join,
   *     limit or subquery, in order of appearance
   */
  record ParsedSql(
      List<Relation> relations,
      List<String> parameters,
      List<String> outputs,
      List<Obstacle> obstacles) {
    public ParsedSql {
      relations = List.copyOf(relations);
      parameters = List.copyOf(parameters);
      outputs = List.copyOf(outputs);
      obstacles = List.copyOf(obstacles);
    }

    /** No window, aggregate, distinct, join, limit or subquery. */
    public boolean rowLocal() {
      return obstacles.isEmpty();
    }
  }

  /**
   * A table name with its place.
   *
   * @param parts one for a model, two for {@code source.table}
   * @param line from 1
   * @param column from 1
   */
  record Relation(List<String> parts, int line, int column) {
    public Relation {
      parts = List.copyOf(parts);
    }
  }

  /**
   * A part of a text that looks at more than one row.
   *
   * @param what as a person would say it: "a join", "the aggregate count()"
   * @param line from 1; 0 if unknown
   * @param column from 1; 0 if unknown
   */
  record Obstacle(String what, int line, int column) {}
}
