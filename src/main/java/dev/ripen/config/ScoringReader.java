package dev.ripen.config;

import dev.ripen.config.Definition.Apply;
import dev.ripen.config.Definition.Exclusions;
import dev.ripen.config.Definition.Model;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code conf/scoring.conf} to a {@link Definition}. */
final class ScoringReader {
  private static final String ONLY_MODEL = "default";

  private static final Set<String> TOP = Set.of("version", "apply", "restate", "models");

  /** The top keys; {@code --set} sends these to the definition, all others to the project. */
  static final Set<String> KEYS =
      Stream.concat(TOP.stream(), ModelReader.KEYS.stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final String IN_MQL = "write it in mql: mql { … }";
  private static final String IN_DIMENSION = "write it in a dimension: dimensions { … { … } }";
  private static final String VERSIONS =
      "write the rules as they are and change `version`; ripen keeps the older ones, see apply";

  private static final Map<String, String> ELSEWHERE =
      Map.ofEntries(
          Map.entry("threshold", IN_MQL),
          Map.entry("minimum", IN_MQL),
          Map.entry("strictly-above", IN_MQL),
          Map.entry("re-qualify", IN_MQL),
          Map.entry("lapse-below", IN_MQL),
          Map.entry("disqualified", IN_MQL),
          Map.entry("segment", IN_MQL),
          Map.entry("segments", IN_MQL),
          Map.entry("decay", IN_DIMENSION),
          Map.entry("groups", IN_DIMENSION),
          Map.entry("rules", IN_DIMENSION),
          Map.entry("stop-above", IN_DIMENSION),
          Map.entry("cap", "write it in total: total { cap = 300 }"),
          Map.entry("floor", "write it in total: total { floor = 0 }"),
          Map.entry("inactive", "write it in a rule: inactive { after = 30d }"),
          Map.entry("inactivity", "write it in a rule: inactive { after = 30d }"),
          Map.entry("auto-qualify", "write it in a rule: auto-qualify = true"),
          Map.entry("versions", VERSIONS),
          Map.entry("effective-from", VERSIONS));

  private final Node root;
  private final ZoneId zone;
  private final String text;

  ScoringReader(Node root, ZoneId zone, String text) {
    this.root = root;
    this.zone = zone;
    this.text = text;
  }

  Optional<Definition> read() {
    Optional<String> version =
        root.requiredText("version", "name the state of the rules: version = \"2026-11\"");
    Optional<Apply> apply = root.parsed("apply", given -> Values.choice(given, Apply.class));
    boolean restate = root.flag("restate", false);
    String named = version.orElse("");
    List<Model> models = root.has("models") ? several(named) : one(named);
    if (version.isEmpty() || models.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Definition(
            named, Fingerprint.of(models, apply, restate), apply, restate, models, text));
  }

  private List<Model> one(String version) {
    Optional<Model> model =
        new ModelReader(root).read(ONLY_MODEL, version, zone, ExclusionReader.NOBODY);
    root.end(ELSEWHERE);
    return model.stream().toList();
  }

  private List<Model> several(String version) {
    Exclusions common = ExclusionReader.read(root);
    List<Model> models = new ArrayList<>();
    root.child("models").ifPresent(node -> models(node, version, common, models));
    Map<String, String> elsewhere = new HashMap<>(ELSEWHERE);
    ModelReader.KEYS.forEach(
        key -> elsewhere.put(key, "write it in a model: models { person { " + key + " … } }"));
    root.end(elsewhere);
    return models;
  }

  private void models(Node node, String version, Exclusions common, List<Model> models) {
    for (String name : node.keys()) {
      if (!name.matches("[a-z][a-z0-9_]*")) {
        node.invalid(
            name,
            "a model is called `" + name + "`",
            "use lower-case letters, digits and _, beginning with a letter");
      }
      Optional<Node> child = node.child(name);
      child
          .flatMap(given -> new ModelReader(given).read(name, version, zone, common))
          .ifPresent(models::add);
      child.ifPresent(given -> given.end(inModel()));
    }
    if (node.keys().isEmpty()) {
      root.invalid("models", "`models` has no model", "write models { person { mql … } }");
    }
    node.end();
  }

  private static Map<String, String> inModel() {
    Map<String, String> elsewhere = new HashMap<>(ELSEWHERE);
    TOP.forEach(key -> elsewhere.put(key, "write it at the top of the file, for all models"));
    return elsewhere;
  }
}
