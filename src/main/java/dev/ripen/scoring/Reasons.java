package dev.ripen.scoring;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Why a score is what it is, in one line for people. Tells the points as they were awarded: with
 * decayed ones the line would change every night.
 */
final class Reasons {
  private static final int MOST_CHARACTERS = 250;

  private Reasons() {}

  /** For example {@code Visited pricing (3×) +45, Senior title +15}. Cut at a whole reason. */
  static String of(List<ScoreCard.Contribution> contributions) {
    List<ScoreCard.Contribution> biggestFirst = new ArrayList<>(contributions);
    biggestFirst.sort(
        Comparator.comparingLong(ScoreCard.Contribution::awardedMicroPoints).reversed());
    StringBuilder line = new StringBuilder();
    for (ScoreCard.Contribution contribution : biggestFirst) {
      String reason = text(contribution);
      int length = line.length() + reason.length() + (line.isEmpty() ? 0 : 2);
      if (length > MOST_CHARACTERS) {
        break;
      }
      line.append(line.isEmpty() ? "" : ", ").append(reason);
    }
    return line.toString();
  }

  private static String text(ScoreCard.Contribution contribution) {
    String times = contribution.times() > 1 ? " (" + contribution.times() + "×)" : "";
    return contribution.label() + times + " " + signed(contribution.awardedMicroPoints());
  }

  static String signed(long microPoints) {
    String text = Points.text(microPoints);
    return text.startsWith("-") ? "−" + text.substring(1) : "+" + text;
  }
}
