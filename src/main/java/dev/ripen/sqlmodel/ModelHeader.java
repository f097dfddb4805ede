package dev.ripen.sqlmodel;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.sqlmodel.ModelCheck.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the comments of a model say: its grain and its checks.
 *
 * @param grain the first line, after the two dashes; empty if it is missing
 * @param problems malformed lines
 */
record ModelHeader(String grain, List<ModelCheck> checks, List<Problem> problems) {
  private static final Pattern GRAIN = Pattern.compile("--\\s*(One row per\\s+\\S.*)");
  private static final Pattern ANNOTATION = Pattern.compile("^\\s*--\\s*@(\\w+)\\b\\s*(.*)$");
  private static final Pattern SEVERITY = Pattern.compile("^(.*\\S)\\s+(warn|block)$");
  private static final Pattern CALL = Pattern.compile("^(\\w+)\\s*\\((.*)\\)$");
  private static final Pattern ROWS = Pattern.compile("^rows\\s+where\\s+(.+?)\\s+is\\s+empty$");
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z_]\\w*");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final String FORMS =
      "Checks are: unique(a, b) · not_null(a) · between(a, 0, 100) · rows where … is empty;"
          + " each may end in warn or block";

  ModelHeader {
    checks = List.copyOf(checks);
    problems = List.copyOf(problems);
  }

  static ModelHeader parse(String file, String text) {
    List<String> lines = text.lines().toList();
    List<ModelCheck> checks = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    String grain = grain(lines);
    if (grain.isEmpty()) {
      problems.add(
          Problem.at(
              SqlPlace.of(file, text, 1, 1),
              ErrorCode.SQL_HEADER,
              file + " does not say in its first line what one row is",
              "Start it with: -- One row per lead: …"));
    }
    for (int i = 0; i < lines.size(); i++) {
      Matcher annotation = ANNOTATION.matcher(lines.get(i));
      if (!annotation.matches()) {
        continue;
      }
      int line = i + 1;
      Optional<ModelCheck> check =
          annotation.group(1).equals("check")
              ? check(annotation.group(2).strip(), line, annotation.start(2) + 1)
              : Optional.empty();
      check.ifPresentOrElse(
          checks::add,
          () ->
              problems.add(
                  Problem.at(
                      SqlPlace.of(file, text, line, annotation.start(1)),
                      ErrorCode.SQL_HEADER,
                      file
                          + " has an annotation that ripen does not know: @"
                          + (annotation.group(1) + " " + annotation.group(2)).strip(),
                      FORMS)));
    }
    return new ModelHeader(grain, checks, problems);
  }

  private static String grain(List<String> lines) {
    Matcher matcher = GRAIN.matcher(lines.isEmpty() ? "" : lines.get(0).strip());
    return matcher.matches() ? matcher.group(1).strip() : "";
  }

  private static Optional<ModelCheck> check(String written, int line, int column) {
    Severity severity = Severity.BLOCK;
    String body = written;
    Matcher ending = SEVERITY.matcher(written);
    if (ending.matches()) {
      severity = Severity.valueOf(ending.group(2).toUpperCase(Locale.ROOT));
      body = ending.group(1);
    }
    String name = body.replaceAll("\\s+", " ");
    Severity chosen = severity;
    return failing(body).map(sql -> new ModelCheck(name, sql, chosen, line, column));
  }

  private static Optional<String> failing(String body) {
    Matcher rows = ROWS.matcher(body);
    if (rows.matches()) {
      return Optional.of("count_if(" + rows.group(1) + ")");
    }
    Matcher call = CALL.matcher(body);
    if (!call.matches()) {
      return Optional.empty();
    }
    List<String> arguments = Stream.of(call.group(2).split(",", -1)).map(String::strip).toList();
    return switch (call.group(1)) {
      case "unique" ->
          columns(arguments)
              .map(list -> "count(*) - count(DISTINCT struct(" + String.join(", ", list) + "))");
      case "not_null" ->
          columns(arguments)
              .map(
                  list ->
                      list.stream()
                          .map(column -> column + " IS NULL")
                          .collect(Collectors.joining(" OR ", "count_if(", ")")));
      case "between" -> between(arguments);
      default -> Optional.empty();
    };
  }

  private static Optional<String> between(List<String> arguments) {
    if (arguments.size() != 3
        || !NUMBER.matcher(arguments.get(1)).matches()
        || !NUMBER.matcher(arguments.get(2)).matches()) {
      return Optional.empty();
    }
    // A null is not outside: not_null says so where it matters.
    return columns(arguments.subList(0, 1))
        .map(
            list ->
                "count_if(NOT "
                    + list.get(0)
                    + " BETWEEN "
                    + arguments.get(1)
                    + " AND "
                    + arguments.get(2)
                    + ")");
  }

  /** The names in quotes, if all are names. */
  private static Optional<List<String>> columns(List<String> names) {
    return names.stream().allMatch(name -> COLUMN.matcher(name).matches())
        ? Optional.of(names.stream().map(name -> "`" + name + "`").toList())
        : Optional.empty();
  }
}
