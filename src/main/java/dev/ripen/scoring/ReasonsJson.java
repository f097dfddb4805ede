package dev.ripen.scoring;

import java.util.List;
import java.util.Locale;

/**
 * The reasons of a score as one line of JSON for programs that read the CRM: an array, biggest
 * first, of rule, label, dimension, points as awarded (a number), times, and the time of the latest
 * award in UTC. Decay does not change it, so it moves only when something happened. Fields may be
 * added, never renamed. Empty array: there are no reasons. Pure.
 */
public final class ReasonsJson {
  private ReasonsJson() {}

  /** Of everything that adds to the score, in the order of {@link ScoreCard#reasons}. */
  public static String of(List<ScoreCard.Contribution> contributions) {
    StringBuilder json = new StringBuilder(contributions.size() * 128 + 2).append('[');
    for (ScoreCard.Contribution contribution : Reasons.biggestFirst(contributions)) {
      json.append(json.length() == 1 ? "{\"rule\":" : ",{\"rule\":");
      quote(contribution.rule(), json);
      json.append(",\"label\":");
      quote(contribution.label(), json);
      json.append(",\"dimension\":");
      quote(contribution.dimension(), json);
      json.append(",\"points\":").append(Points.text(contribution.awardedMicroPoints()));
      json.append(",\"times\":").append(contribution.times());
      json.append(",\"last_at\":\"");
      InstantText.append(contribution.lastAtMicros(), json);
      json.append("\"}");
    }
    return json.append(']').toString();
  }

  private static void quote(String text, StringBuilder json) {
    json.append('"');
    int length = text.length();
    int plain = 0;
    while (plain < length && isPlain(text.charAt(plain))) {
      plain++;
    }
    json.append(text, 0, plain);
    for (int i = plain; i < length; i++) {
      char character = text.charAt(i);
      switch (character) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\t' -> json.append("\\t");
        default -> {
          if (character < ' ') {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
          } else {
            json.append(character);
          }
        }
      }
    }
    json.append('"');
  }

  private static boolean isPlain(char character) {
    return character >= ' ' && character != '"' && character != '\\';
  }
}
