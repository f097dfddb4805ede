package dev.ripen.config;

import dev.ripen.config.Definition.Exclusions;
import dev.ripen.config.QualificationReader.Mql;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.ScoringModel.StatusEffects;
import dev.ripen.scoring.Window;
import java.time.ZoneId;
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
    Levels levels = new LevelReader(names, book).read(node);
    Exclusions exclusions = ExclusionReader.both(common, ExclusionReader.read(node));
    Optional<String> population = node.text("population");
    FlowReader flow = new FlowReader(names, book);
    Window window = flow.window(node);
    StatusEffects statusEffects = flow.statusEffects(node, dimensions);
    Limits total = node.child("total").map(ModelReader::total).orElse(Limits.NONE);
    book.checkReferences();
    return mql.map(
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
  }

  private static Limits total(Node node) {
    Limits limits = LimitReader.limits(node);
    node.end(TOTAL_ELSEWHERE);
    return limits;
  }
}
