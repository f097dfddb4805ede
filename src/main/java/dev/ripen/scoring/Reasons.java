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

  private static final Comparator<ScoreCard.Contribution> BIGGEST_FIRST =
      (a, b) -> Long.compare(b.awardedMicroPoints(), a.awardedMicroPoints());

  private Reasons() {}

  /** Those that add most first; of equals the one that the model says first. */
  static List<ScoreCard.Contribution> biggestFirst(List<ScoreCard.Contribution> contributions) {
    List<ScoreCard.Contribution> sorted = new ArrayList<>(contributions);
    sorted.sort(BIGGEST_FIRST);
    return sorted;
  }

  /**
   * For example {@code Visited pricing (3×) +45, Senior title +15}. Cut at a whole reason; only a
   * first one that is too long by itself loses the end of its label.
   */
  static String of(List<ScoreCard.Contribution> contributions) {
    StringBuilder line = new StringBuilder();
    for (ScoreCard.Contribution contribution : biggestFirst(contributions)) {
      String reason = text(contribution);
      if (line.isEmpty()) {
        reason = shortened(contribution, reason);
      }
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

  private static String shortened(ScoreCard.Contribution contribution, String reason) {
    int tooMany = reason.length() - MOST_CHARACTERS;
    if (tooMany <= 0) {
      return reason;
    }
    String label = contribution.label();
    int end = label.length() - tooMany - 1;
    if (Character.isHighSurrogate(label.charAt(end - 1))) {
      end--;
    }
    return label.substring(0, end) + "…" + reason.substring(label.length());
  }

  static String signed(long microPoints) {
    String text = Points.text(microPoints);
    return text.startsWith("-") ? "−" + text.substring(1) : "+" + text;
  }
}
