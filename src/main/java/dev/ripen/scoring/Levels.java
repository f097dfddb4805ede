package dev.ripen.scoring;

import java.io.Serializable;
import java.util.List;

/** How a score is called. */
public sealed interface Levels extends Serializable {
  /** Every name that a score may get, highest first. */
  List<String> names();

  /** Levels are not used. */
  Levels NONE = new Grades(List.of());

  /** The first that holds, highest first. */
  record Grades(List<Level> levels) implements Levels {
    public Grades {
      levels = List.copyOf(levels);
    }

    @Override
    public List<String> names() {
      return levels.stream().map(Level::name).toList();
    }
  }

  /**
   * A letter and a digit from two dimensions, A1 to D4: the first of each that the dimension's
   * value reaches. Without one of them there is no level.
   */
  record Matrix(
      String letterDimension, List<Band> letters, String digitDimension, List<Band> digits)
      implements Levels {
    public Matrix {
      letters = List.copyOf(letters);
      digits = List.copyOf(digits);
    }

    @Override
    public List<String> names() {
      return letters.stream()
          .flatMap(letter -> digits.stream().map(digit -> letter.name() + digit.name()))
          .toList();
    }
  }

  /**
   * A band of a dimension's value.
   *
   * @param fromMicroPoints least value; {@code Long.MIN_VALUE} for the lowest band
   */
  record Band(String name, long fromMicroPoints) implements Serializable {}
}
