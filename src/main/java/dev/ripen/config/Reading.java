package dev.ripen.config;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.SourceSpan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One reading of a project's files: where it is and what is wrong so far. */
final class Reading {
  private final Path project;
  private final SourceTexts texts;
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private @Nullable Heard heard;

  Reading(Path project) {
    this.project = project;
    this.texts = new SourceTexts(project);
  }

  /** Takes which rules have had events lately. */
  void hear(Heard given) {
    heard = given;
  }

  /** Empty if nobody has looked. */
  Optional<Heard> heard() {
    return Optional.ofNullable(heard);
  }

  Path project() {
    return project;
  }

  SourceTexts texts() {
    return texts;
  }

  void add(SourceSpan where, ErrorCode code, String what, String fix) {
    add(Problem.at(where, code, what, fix));
  }

  void add(Problem problem) {
    problems.add(problem);
  }

  /** Notes what is legal but surely not meant. */
  void warn(Problem warning) {
    warnings.add(warning);
  }

  /** In the order of the files and lines; what has no place comes first. */
  List<Problem> problems() {
    return inOrder(problems);
  }

  /** Like {@link #problems}. */
  List<Problem> warnings() {
    return inOrder(warnings);
  }

  private static List<Problem> inOrder(List<Problem> problems) {
    Function<Problem, SourceSpan> place = p -> p.span().orElse(SourceSpan.ofFile(""));
    Set<List<Object>> mistakes = new HashSet<>();
    return problems.stream()
        .filter(problem -> mistakes.add(mistake(problem)))
        .sorted(
            Comparator.<Problem, String>comparing(p -> place.apply(p).file())
                .thenComparingInt(p -> place.apply(p).line())
                .thenComparingInt(p -> place.apply(p).column()))
        .toList();
  }

  /** What several sources share is wrong once, whichever of them is read. */
  private static List<Object> mistake(Problem problem) {
    return List.of(
        problem.span(), problem.code(), problem.what().replaceAll("`sources\\.\\w+\\.", "`"));
  }

  /** A path of the configuration: as it is with a scheme, else absolute. */
  String absolute(String path) {
    return absolute(project, path);
  }

  static String absolute(Path base, String path) {
    // One letter and a colon is a drive, not a scheme.
    if (path.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      return path;
    }
    return base.resolve(path).normalize().toString();
  }
}
