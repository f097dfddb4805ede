package dev.ripen.config;

import com.typesafe.config.ConfigObject;
import dev.ripen.config.Definition.Exclusions;
import dev.ripen.problem.NearestName;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Qualification.Requalify;
import dev.ripen.scoring.ScoringModel;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code conf/scoring.conf} to a {@link Definition}. */
final class ScoringReader {
  private static final String MODEL = "default";

  /** The top keys; {@code --set} sends these to the definition, all others to the project. */
  static final Set<String> KEYS =
      Set.of("version", "mql", "levels", "exclude", "dimensions", "total");

  private static final Map<String, String> TOP_LATER =
      Map.ofEntries(
          Map.entry("models", "write one model at the top of the file"),
          Map.entry("versions", "write the rules as they are; they count for all events"),
          Map.entry("effective-from", "write the rules as they are; they count for all events"),
          Map.entry("segments", "write one threshold; use a rule with lead for a head start"),
          Map.entry("segment", "write one threshold; use a rule with lead for a head start"),
          Map.entry("population", "exclude the others: exclude { lead = \"…\" }"),
          Map.entry("inactivity", "use a decay: decay { half-life = 14d }"),
          Map.entry("suspend", "exclude by status: exclude { statuses = [ … ] }"),
          Map.entry("reset", "remove it; recycling does not change points in this version"),
          Map.entry("resets", "remove it; recycling does not change points in this version"),
          Map.entry("auto-qualify", "give a rule as many points as the threshold"),
          Map.entry("attribute-changes", "remove it; attributes count as they are today"));

  private static final Map<String, String> MQL_LATER =
      Map.of(
          "lapse-below", "remove it; an MQL stays one until sales closes it",
          "auto-qualify", "give a rule as many points as the threshold",
          "segments", "write one threshold; use a rule with lead for a head start",
          "segment", "write one threshold; use a rule with lead for a head start",
          "population", "exclude the others: exclude { lead = \"…\" }");

  private static final Map<String, String> LEVEL_LATER =
      Map.of(
          "when", "write the band by its total: from = 65",
          "minimum", "write the band by its total: from = 65",
          "dimensions", "write the band by its total: from = 65",
          "dimension", "write the band by its total: from = 65");

  private final Node root;
  private final ZoneId zone;
  private final String text;

  ScoringReader(Node root, ZoneId zone, String text) {
    this.root = root;
    this.zone = zone;
    this.text = text;
  }

  Optional<Definition> read() {
    root.refuse(TOP_LATER);
    Optional<String> version =
        root.requiredText("version", "name the state of the rules: version = \"2026-11\"");
    DimensionReader reader = new DimensionReader();
    root.require("dimensions", "write at least one dimension with rules: see ripen init");
    List<Dimension> dimensions = root.child("dimensions").map(reader::dimensions).orElse(List.of());
    Optional<Qualification> qualification = qualification(dimensions);
    List<Level> levels = levels();
    Exclusions exclusions = exclusions();
    Limits total = root.child("total").map(ScoringReader::total).orElse(Limits.NONE);
    root.end();
    if (version.isEmpty() || qualification.isEmpty()) {
      return Optional.empty();
    }
    ScoringModel nameless =
        new ScoringModel(
            MODEL,
            version.get(),
            "",
            zone,
            dimensions,
            total,
            qualification.get(),
            new Levels.Grades(levels));
    String fingerprint = Fingerprint.of(nameless, reader.predicates(), exclusions);
    ScoringModel model =
        new ScoringModel(
            MODEL,
            version.get(),
            fingerprint,
            zone,
            dimensions,
            total,
            qualification.get(),
            new Levels.Grades(levels));
    return Optional.of(
        new Definition(
            version.get(),
            fingerprint,
            Optional.empty(),
            false,
            List.of(
                new Definition.Model(
                    model, reader.predicates(), exclusions, Optional.empty(), Optional.empty())),
            text));
  }

  private static Limits total(Node node) {
    node.refuse(Map.of("stop-above", "use a cap: cap = 300"));
    Limits limits = LimitReader.limits(node);
    node.end();
    return limits;
  }

  private Optional<Qualification> qualification(List<Dimension> dimensions) {
    Optional<Node> mql = root.child("mql");
    if (mql.isEmpty()) {
      if (!root.has("mql") && !root.hasSlipOf("mql")) {
        noThreshold("scoring.conf has no `mql`");
      }
      return Optional.empty();
    }
    Node node = mql.get();
    node.refuse(MQL_LATER);
    Optional<Long> threshold = threshold(node);
    boolean strictlyAbove = node.flag("strictly-above", false);
    Map<String, Long> minimums =
        node.child("minimum").map(child -> minimums(child, dimensions)).orElse(Map.of());
    Requalify requalify =
        node.parsed("re-qualify", ScoringReader::requalify).orElse(Requalify.AFTER_RECYCLE);
    node.end();
    return threshold.map(least -> new Qualification(least, strictlyAbove, minimums, requalify));
  }

  private Optional<Long> threshold(Node node) {
    if (node.find("threshold").filter(ConfigObject.class::isInstance).isPresent()) {
      node.notSupportedYet("threshold", "write one threshold for all: threshold = 50");
      return Optional.empty();
    }
    if (!node.has("threshold") && !node.hasSlipOf("threshold")) {
      noThreshold("`mql` has no `threshold`");
    }
    return node.parsed("threshold", Values::points);
  }

  private void noThreshold(String what) {
    root.invalid("mql", what, "say how many points make an MQL: mql { threshold = 50 }");
  }

  private static Requalify requalify(String given) throws InvalidValue {
    if (given.equals("on-crossing")) {
      throw InvalidValue.notSupportedYet("not supported yet", "write after-recycle or never");
    }
    if (given.equals("after-recycle")) {
      return Requalify.AFTER_RECYCLE;
    }
    if (given.equals("never")) {
      return Requalify.NEVER;
    }
    throw InvalidValue.of("not one of after-recycle, never", "write after-recycle or never");
  }

  private static Map<String, Long> minimums(Node node, List<Dimension> dimensions) {
    List<String> names = dimensions.stream().map(Dimension::name).toList();
    Map<String, Long> minimums = new TreeMap<>();
    for (String name : node.keys()) {
      Optional<Long> least = node.parsed(name, Values::points);
      if (!names.contains(name)) {
        node.invalid(
            name,
            "`" + node.pathOf(name) + "` names a dimension that does not exist",
            NearestName.of(name, names)
                .map(near -> "did you mean `" + near + "`?")
                .orElse("dimensions: " + String.join(", ", names)));
      }
      least.ifPresent(points -> minimums.put(name, points));
    }
    return minimums;
  }

  private List<Level> levels() {
    if (root.find("levels").filter(ConfigObject.class::isInstance).isPresent()) {
      root.notSupportedYet(
          "levels", "write bands of the total: levels = [ { name = hot, from = 65 } ]");
      return List.of();
    }
    List<Level> levels = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<Node> items = root.items("levels");
    for (int i = 0; i < items.size(); i++) {
      Node node = items.get(i);
      node.refuse(LEVEL_LATER);
      Optional<String> name = node.requiredText("name", "name the level: name = hot");
      if (i < items.size() - 1) {
        node.require("from", "only the lowest level, the last, goes without: from = 65");
      }
      long from = node.parsed("from", Values::points).orElse(Long.MIN_VALUE);
      node.end();
      if (!levels.isEmpty()
          && node.has("from")
          && from >= levels.get(levels.size() - 1).fromMicroPoints()) {
        node.invalid(
            "from",
            "`" + node.pathOf("from") + "` is not below the level before it",
            "list the levels from the highest to the lowest");
      }
      if (name.isPresent() && !names.add(name.get())) {
        node.invalid("name", "two levels are called `" + name.get() + "`", "rename one of them");
      }
      name.ifPresent(given -> levels.add(new Level(given, from)));
    }
    return levels;
  }

  private Exclusions exclusions() {
    Optional<Node> given = root.child("exclude");
    if (given.isEmpty()) {
      return new Exclusions(List.of(), List.of(), false, List.of(), Optional.empty());
    }
    Node node = given.get();
    Exclusions exclusions =
        new Exclusions(
            domains(node, "domains"),
            domains(node, "domains-containing"),
            node.flag("disposable-mail", false),
            node.texts("statuses"),
            node.text("lead"));
    node.end();
    return exclusions;
  }

  private static List<String> domains(Node node, String key) {
    List<String> domains = new ArrayList<>();
    for (String domain : node.texts(key)) {
      if (domain.contains("@") || domain.contains("/") || domain.contains("*")) {
        node.invalid(
            key,
            "`" + node.pathOf(key) + "` holds an entry that is not a domain",
            "write the domain alone: acme.com");
      }
      domains.add(domain.toLowerCase(Locale.ROOT));
    }
    return domains;
  }
}
