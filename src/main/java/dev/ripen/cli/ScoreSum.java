package dev.ripen.cli;

import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.ScoreCard;
import java.util.Locale;
import java.util.Map;

/** How a score adds up: every contribution and every limit, down to the total. Pure. */
final class ScoreSum {
  private final ModelStory story;

  ScoreSum(ModelStory story) {
    this.story = story;
  }

  String text() {
    ScoreCard card = story.card();
    StringBuilder text = new StringBuilder("How the score adds up\n");
    Map<String, Long> dimensions = card.dimensions();
    for (Map.Entry<String, Long> dimension : dimensions.entrySet()) {
      text.append(line("  %-30s %14s   %s", dimension.getKey(), Points.text(dimension.getValue())));
      for (ScoreCard.Contribution contribution : card.contributions()) {
        if (contribution.dimension().equals(dimension.getKey())) {
          text.append(line(contribution));
        }
      }
      card.adjustments().stream()
          .filter(adjustment -> isIn(adjustment.where(), dimension.getKey()))
          .forEach(adjustment -> text.append(line(adjustment)));
    }
    card.adjustments().stream()
        .filter(a -> dimensions.keySet().stream().noneMatch(name -> isIn(a.where(), name)))
        .forEach(adjustment -> text.append(line(adjustment)));
    return text.append(line("  %-30s %14s   %s", "total", Points.text(card.score()))).toString();
  }

  /** Whether a limit is of a dimension, or of a group or rule in it. */
  private boolean isIn(String where, String dimension) {
    if (where.equals(dimension)) {
      return true;
    }
    for (Dimension known : story.model().dimensions()) {
      if (known.name().equals(dimension)) {
        return known.groups().stream().anyMatch(group -> group.name().equals(where))
            || known.rules().stream().anyMatch(rule -> rule.name().equals(where));
      }
    }
    return false;
  }

  private String line(ScoreCard.Contribution contribution) {
    String note = contribution.times() > 1 ? contribution.times() + " times" : "";
    if (contribution.microPoints() != contribution.awardedMicroPoints()) {
      note +=
          (note.isEmpty() ? "" : ", ")
              + "was "
              + ExplainView.signed(contribution.awardedMicroPoints())
              + " when earned";
    }
    String company = story.ofCompany().contains(contribution.rule()) ? " (company)" : "";
    return line(
        "    %-28s %14s   %s",
        contribution.label() + company, ExplainView.signed(contribution.microPoints()), note);
  }

  private static String line(ScoreCard.Adjustment adjustment) {
    return line(
        "    %-28s %14s   %s",
        adjustment.kind() + " of " + adjustment.where(),
        ExplainView.signed(adjustment.microPoints()),
        "");
  }

  private static String line(String format, String name, String points) {
    return line(format, name, points, "");
  }

  private static String line(String format, String name, String points, String note) {
    return String.format(Locale.ROOT, format, name, points, note).stripTrailing() + "\n";
  }
}
