package dev.ripen.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody is an MQL, as ripen wrote it.
 *
 * @param points null if only the text is known
 */
record Reason(String label, @Nullable Double points) {
  private static final Pattern WITH_POINTS =
      Pattern.compile("(\\S.*?) ([+−-]\\d+(?:\\.\\d+)?)(?:, |$)");

  /** From the JSON if it is there and readable, else from the text; strongest first. */
  static List<Reason> parse(@Nullable String json, @Nullable String text) {
    List<Reason> fromJson = json == null ? List.of() : parseJson(json);
    return fromJson.isEmpty() ? parseText(text == null ? "" : text) : fromJson;
  }

  private static List<Reason> parseJson(String json) {
    List<Reason> reasons = new ArrayList<>();
    try {
      for (JsonNode node : Json.parse(json.getBytes(StandardCharsets.UTF_8))) {
        String label = Json.text(node, "label", "");
        if (!label.isEmpty()) {
          JsonNode points = node.path("points");
          reasons.add(new Reason(label, points.isNumber() ? points.asDouble() : null));
        }
      }
    } catch (JsonProcessingException e) {
      // Somebody edited the field by hand: the plain text still tells the reasons.
      return List.of();
    }
    reasons.sort(Comparator.comparing(reason -> reason.points == null ? 0.0 : -reason.points));
    return reasons;
  }

  /** ripen's own line, "Visited pricing (3×) +45, Private address −10"; else parts by semicolon. */
  private static List<Reason> parseText(String text) {
    List<Reason> reasons = new ArrayList<>();
    Matcher matcher = WITH_POINTS.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      String number = matcher.group(2).replace('−', '-').replace("+", "");
      reasons.add(new Reason(matcher.group(1), Double.valueOf(number)));
      end = matcher.end();
    }
    if (end == text.length()) {
      return reasons;
    }
    reasons.clear();
    for (String part : text.split(";", -1)) {
      if (!part.isBlank()) {
        reasons.add(new Reason(part.trim(), null));
      }
    }
    return reasons;
  }

  /** For the middle of a sentence: "Signed up" becomes "signed up", "SDR call" stays. */
  String inSentence() {
    boolean acronym = label.length() > 1 && Character.isUpperCase(label.charAt(1));
    return acronym ? label : label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
  }
}
