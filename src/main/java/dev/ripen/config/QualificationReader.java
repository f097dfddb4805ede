package dev.ripen.config;

import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Qualification.Disqualified;
import dev.ripen.scoring.Qualification.Requalify;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code mql { … }}: when a score makes an MQL, and when again. */
final class QualificationReader {
  private static final String DEFAULT = "default";

  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "segments", "write thresholds by segment: threshold { default = 100, customer = 200 }",
          "auto-qualify", "write it in a rule: auto-qualify = true",
          "population", "write it outside of mql: population = \"SQL over the lead\"",
          "levels", "write it outside of mql: levels = [ … ]",
          "exit", "write it outside of mql: exit { on-mql = true }");

  private QualificationReader() {}

  /**
   * What was read.
   *
   * @param segment Spark SQL text over the lead
   */
  record Mql(Qualification qualification, Optional<String> segment) {}

  /** Empty if there is no threshold, which is then reported. */
  static Optional<Mql> read(Node model, List<String> dimensions) {
    Optional<Node> mql = model.child("mql");
    if (mql.isEmpty()) {
      if (!model.has("mql") && !model.hasSlipOf("mql")) {
        noThreshold(
            model,
            model.path().isEmpty()
                ? "scoring.conf has no `mql`"
                : "`" + model.path() + "` has no `mql`");
      }
      return Optional.empty();
    }
    return mql(model, mql.get(), dimensions);
  }

  private static Optional<Mql> mql(Node model, Node node, List<String> dimensions) {
    Optional<String> segment = node.text("segment");
    Map<String, Long> segments = new HashMap<>();
    Optional<Long> threshold = threshold(model, node, segment, segments);
    boolean strictlyAbove = node.flag("strictly-above", false);
    Map<String, Long> minimums =
        node.child("minimum").map(child -> minimums(child, dimensions)).orElse(Map.of());
    Requalify requalify = node.choice("re-qualify", Requalify.class, Requalify.AFTER_RECYCLE);
    @Nullable Long lapseBelow = node.parsed("lapse-below", Values::points).orElse(null);
    Disqualified disqualified = node.choice("disqualified", Disqualified.class, Disqualified.STAYS);
    if (requalify == Requalify.ON_CROSSING
        && !node.has("lapse-below")
        && !node.hasSlipOf("lapse-below")) {
      node.invalid(
          "re-qualify",
          "`" + node.pathOf("re-qualify") + "` is `on-crossing`, but there is no `lapse-below`",
          "say below how many points somebody stops being an MQL: lapse-below = 30");
    }
    if (lapseBelow != null && threshold.isPresent()) {
      checkLapse(node, lapseBelow, threshold.get(), segments);
    }
    node.end(ELSEWHERE);
    return threshold.map(
        least ->
            new Mql(
                new Qualification(
                    least, segments, strictlyAbove, minimums, requalify, lapseBelow, disqualified),
                segment));
  }

  private static void checkLapse(
      Node node, long lapseBelow, long threshold, Map<String, Long> segments) {
    long least = segments.values().stream().mapToLong(Long::longValue).min().orElse(threshold);
    if (lapseBelow > Math.min(least, threshold)) {
      node.invalid(
          "lapse-below",
          "`" + node.pathOf("lapse-below") + "` is above the threshold",
          "write at most the threshold, else an MQL would lapse at once");
    }
  }

  private static Optional<Long> threshold(
      Node model, Node node, Optional<String> segment, Map<String, Long> segments) {
    if (node.isGroup("threshold")) {
      if (segment.isEmpty() && !node.has("segment") && !node.hasSlipOf("segment")) {
        node.invalid(
            "threshold",
            "`" + node.pathOf("threshold") + "` is per segment, but there is no `segment`",
            "say who is in which: segment = \"IF(is_customer, 'customer', 'prospect')\"");
      }
      return node.child("threshold").flatMap(child -> thresholds(child, segments));
    }
    if (!node.has("threshold") && !node.hasSlipOf("threshold")) {
      noThreshold(model, "`" + node.path() + "` has no `threshold`");
    }
    if (node.has("segment") && node.has("threshold")) {
      node.invalid(
          "segment",
          "`" + node.pathOf("segment") + "` is there, but one threshold for all",
          "write threshold { default = 100, customer = 200 }, or remove segment");
    }
    return node.parsed("threshold", QualificationReader::thresholdOrNone);
  }

  private static long thresholdOrNone(String text) throws InvalidValue {
    return text.equals("none") ? Qualification.NO_THRESHOLD : Values.points(text);
  }

  private static Optional<Long> thresholds(Node node, Map<String, Long> segments) {
    node.require(DEFAULT, "write what counts for everybody else: default = 100");
    Optional<Long> otherwise = node.parsed(DEFAULT, QualificationReader::thresholdOrNone);
    for (String name : node.keys()) {
      if (!name.equals(DEFAULT)) {
        node.parsed(name, Values::points).ifPresent(least -> segments.put(name, least));
      }
    }
    if (node.keys().equals(List.of(DEFAULT))) {
      node.invalid(
          DEFAULT,
          "`" + node.path() + "` names no segment",
          "add one: customer = 200, or write one threshold for all: threshold = 100");
    }
    return otherwise;
  }

  private static void noThreshold(Node model, String what) {
    model.invalid("mql", what, "say how many points make an MQL: mql { threshold = 50 }");
  }

  /** Least values by dimension. */
  static Map<String, Long> minimums(Node node, List<String> dimensions) {
    Map<String, Long> minimums = new TreeMap<>();
    for (String name : node.keys()) {
      Optional<Long> least = node.parsed(name, Values::points);
      Names.isDimension(
          node,
          name,
          name,
          dimensions,
          "`" + node.pathOf(name) + "` names a dimension that does not exist");
      least.ifPresent(points -> minimums.put(name, points));
    }
    node.end();
    return minimums;
  }
}
