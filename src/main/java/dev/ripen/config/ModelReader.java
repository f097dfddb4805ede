package dev.ripen.config;

import dev.ripen.config.Definition.Exclusions;
import dev.ripen.config.QualificationReader.Mql;
import dev.ripen.problem.Problem;
import dev.ripen.problem.SourceSpan;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.ScoringModel.StatusEffects;
import dev.ripen.scoring.Window;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One model: at the top of the file, or one of {@code models { … }}. */
final class ModelReader {
  /** The keys of a model. */
  static final Set<String> KEYS =
      Set.of(
          "mql",
          "levels",
          "exclude",
          "population",
          "window",
          "exit",
          "suspend",
          "resets",
          "total",
          "dimensions");

  private static final Map<String, String> TOTAL_ELSEWHERE =
      Map.of(
          "stop-above", "write it in a dimension: dimensions { engagement { stop-above = 300 } }");

  private final Node node;
  private final RuleBook book = new RuleBook();

  ModelReader(Node node) {
    this.node = node;
  }

  /**
   * The model, if it can be made out; does not end the node.
   *
   * @param common who gets no score in any model
   */
  Optional<Definition.Model> read(String name, String version, ZoneId zone, Exclusions common) {
    node.require("dimensions", "write at least one dimension with rules: see ripen init");
    Optional<Node> given = node.child("dimensions");
    List<String> names = given.map(Node::keys).orElse(List.of());
    DimensionReader reader = new DimensionReader(new RuleReader(book, names));
    List<Dimension> dimensions = given.map(reader::dimensions).orElse(List.of());
    Optional<Mql> mql = QualificationReader.read(node, names);
    LevelReader levelReader = new LevelReader(names, book);
    Levels levels = levelReader.read(node);
    Exclusions exclusions = ExclusionReader.both(common, ExclusionReader.read(node));
    Optional<String> population = node.text("population");
    FlowReader flow = new FlowReader(names, book);
    Window window = flow.window(node);
    StatusEffects statusEffects = flow.statusEffects(node, dimensions);
    Limits total = node.child("total").map(ModelReader::total).orElse(Limits.NONE);
    book.checkReferences();
    Optional<Definition.Model> model =
        mql.map(
            read ->
                Fingerprint.stamp(
                    new Definition.Model(
                        new ScoringModel(
                            name,
                            version,
                            "",
                            zone,
                            dimensions,
                            total,
                            read.qualification(),
                            levels,
                            statusEffects,
                            window),
                        book.predicates(),
                        exclusions,
                        population,
                        read.segment())));
    if (node.reading().problems().isEmpty()) {
      model.ifPresent(read -> warn(read, levelReader.places()));
    }
    return model;
  }

  /** Only of a definition that is right: what is wrong would look odd too. */
  private void warn(Definition.Model model, List<Node> levels) {
    List<Lint> found = new ArrayList<>(RuleLint.look(model));
    found.addAll(ReachLint.look(model));
    found.addAll(StatusLint.look(model));
    node.reading().heard().ifPresent(heard -> found.addAll(HeardLint.look(model, heard)));
    for (Lint lint : found) {
      Node place =
          lint.rule() != null
              ? book.places().getOrDefault(lint.rule(), node)
              : lint.level() >= 0 ? levels.get(lint.level()) : node;
      node.reading().warn(Problem.at(at(place, lint.key()), lint.code(), lint.what(), lint.fix()));
    }
  }

  /** Where the last part of a dotted key is that exists. */
  private static SourceSpan at(Node node, String dotted) {
    int dot = dotted.indexOf('.');
    if (dot < 0) {
      return node.at(node.has(dotted) ? dotted : "name");
    }
    String first = dotted.substring(0, dot);
    return node.isGroup(first)
        ? node.child(first).map(child -> at(child, dotted.substring(dot + 1))).orElse(node.place())
        : node.at(first);
  }

  private static Limits total(Node node) {
    Limits limits = LimitReader.limits(node);
    node.end(TOTAL_ELSEWHERE);
    return limits;
  }
}
