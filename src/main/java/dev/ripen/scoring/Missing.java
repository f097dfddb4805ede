package dev.ripen.scoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a person from being an MQL at an instant, and what would make one. Suggestions were
 * tried with the fold itself: limits, frequencies, conditions and windows are in them.
 *
 * @param obstacle null if points alone are missing
 * @param because more on the obstacle: the reason of an exclusion, the status that suspends
 * @param microPoints up to the threshold; 0 or less if the total is high enough
 * @param isStrict whether the total must be above the threshold
 * @param minimums what dimensions lack of their least values, in micro-points; only those that do
 * @param suggestions each of them does, fewest events first; at most {@link #MOST_SUGGESTIONS}
 */
public record Missing(
    @Nullable Obstacle obstacle,
    @Nullable String because,
    long microPoints,
    boolean isStrict,
    Map<String, Long> minimums,
    List<Suggestion> suggestions) {
  /** More would not be read. */
  public static final int MOST_SUGGESTIONS = 3;

  public Missing {
    minimums = Collections.unmodifiableMap(new LinkedHashMap<>(minimums));
    suggestions = List.copyOf(suggestions);
  }

  /** Events that would make an MQL if they happened at once, one after the other. */
  public record Suggestion(List<Step> steps) {
    public Suggestion {
      steps = List.copyOf(steps);
    }

    /** Of all steps. */
    public int times() {
      return steps.stream().mapToInt(Step::times).sum();
    }
  }

  /** So many events of one rule. */
  public record Step(String rule, String label, int times) {}

  /** What points alone do not overcome. */
  public enum Obstacle {
    /** No score at all. */
    EXCLUDED("excluded"),
    /** The model is not about this person. */
    OUTSIDE_POPULATION("outside-population"),
    /** Nobody qualifies before the creation. */
    NOT_CREATED("not-created"),
    /** The window of the model is not open. */
    OUTSIDE_WINDOW("outside-window"),
    /** Sales said no, and the definition lets that stand. */
    DISQUALIFIED("disqualified"),
    /** The definition lets nobody become an MQL again, or not after this end. */
    NOT_AGAIN("not-again"),
    /** The latest status suspends: positive awards are refused. */
    SUSPENDED("suspended"),
    /** The condition held all along since the last time ended: it has to fail first. */
    MUST_FALL_FIRST("must-fall-first");

    private final String word;

    Obstacle(String word) {
      this.word = word;
    }

    /** Stable, for programs. */
    public String word() {
      return word;
    }
  }

  /**
   * One sentence for people, for example {@code 12 more points; “Asked for a demo” once would do}.
   */
  public String sentence() {
    List<String> parts = new ArrayList<>();
    if (obstacle != null) {
      parts.add(text(obstacle));
    }
    if (obstacle != Obstacle.EXCLUDED) {
      points().ifPresent(parts::add);
      minimums.forEach(
          (dimension, gap) -> parts.add(dimension + " needs " + Points.text(gap) + " more"));
    }
    if (!suggestions.isEmpty()) {
      parts.add(text(suggestions.get(0)) + " would do");
    } else if (obstacle == null) {
      parts.add("no few events of one kind would do");
    }
    return String.join("; ", parts);
  }

  private Optional<String> points() {
    if (microPoints < 0 || (microPoints == 0 && !isStrict)) {
      return Optional.empty();
    }
    String number = Points.text(microPoints);
    return Optional.of(
        (isStrict ? "more than " : "")
            + number
            + (number.equals("1") && !isStrict ? " more point" : " more points"));
  }

  private String text(Obstacle what) {
    String detail = because == null ? "" : because;
    return switch (what) {
      case EXCLUDED -> "excluded: " + detail;
      case OUTSIDE_POPULATION -> "the model is not about this person";
      case NOT_CREATED -> "not created yet";
      case OUTSIDE_WINDOW -> "outside the window of the model";
      case DISQUALIFIED -> "disqualified by sales, and the definition lets that stand";
      case NOT_AGAIN -> "the definition does not let this person become an MQL again";
      case SUSPENDED -> "no points are awarded while the status is " + detail;
      case MUST_FALL_FIRST ->
          "was above the threshold all along since the last time ended, and has to fall below first";
    };
  }

  /** For people, for example {@code “Viewed a page” 3 times and “Signed up” once}. */
  public static String text(Suggestion suggestion) {
    List<String> texts = new ArrayList<>();
    for (Step step : suggestion.steps()) {
      String times = step.times() == 1 ? "once" : step.times() + " times";
      texts.add("“" + step.label() + "” " + times);
    }
    return String.join(" and ", texts);
  }
}
