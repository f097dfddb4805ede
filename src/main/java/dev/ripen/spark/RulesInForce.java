package dev.ripen.spark;

import dev.ripen.config.Definition;
import dev.ripen.config.Definition.Source;
import dev.ripen.config.DefinitionVersions;
import dev.ripen.config.DefinitionVersions.InForce;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.RulesVersion;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.sqlmodel.ModelGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every model of today with its versions: what the engine has to ask, and when. Pure.
 *
 * @param models in the order of the definition
 */
public record RulesInForce(List<ModelRules> models) {
  private static final Definition.Exclusions NOBODY =
      new Definition.Exclusions(List.of(), List.of(), false, List.of(), Optional.empty());

  public RulesInForce {
    models = List.copyOf(models);
  }

  /**
   * One model.
   *
   * @param versions oldest first, at least one
   */
  public record ModelRules(String name, List<VersionRules> versions) {
    public ModelRules {
      versions = List.copyOf(versions);
    }

    /** As the definition of today says. */
    public Definition.Model today() {
      return versions.get(versions.size() - 1).model();
    }

    boolean hasPopulation() {
      return versions.stream().anyMatch(version -> version.model().population().isPresent());
    }

    /** For the fold. */
    List<RulesVersion> timeline() {
      return versions.stream()
          .map(version -> new RulesVersion(version.fromMicros(), version.model().scoring()))
          .toList();
    }

    List<SignalRule> signalRules() {
      return versions.stream().flatMap(version -> version.signals().stream()).toList();
    }
  }

  /**
   * A model for as long as it is in force.
   *
   * @param fromMicros {@code Long.MIN_VALUE} for the first
   * @param untilMicros exclusive; {@code Long.MAX_VALUE} for the last
   * @param label version and fingerprint of the definition, for people
   * @param signals its rules that look at events
   */
  public record VersionRules(
      long fromMicros,
      long untilMicros,
      Definition.Model model,
      String label,
      List<SignalRule> signals) {
    public VersionRules {
      signals = List.copyOf(signals);
    }
  }

  /** A definition that judges all time. */
  public static RulesInForce of(
      Definition definition, ModelGraph graph, Map<String, Object> parameters) {
    return of(DefinitionVersions.only(definition), graph, parameters);
  }

  /**
   * The definitions that are in force, one after the other.
   *
   * @param parameters the project's own
   */
  public static RulesInForce of(
      DefinitionVersions versions, ModelGraph graph, Map<String, Object> parameters) {
    String events = graph.closureText("events");
    String accountEvents =
        graph.findModel("account_events").map(model -> graph.closureText(model.name())).orElse("");
    List<InForce> inForce = versions.inForce();
    List<ModelRules> models = new ArrayList<>();
    for (Definition.Model today : inForce.get(inForce.size() - 1).definition().models()) {
      List<VersionRules> rules = new ArrayList<>();
      for (int i = 0; i < inForce.size(); i++) {
        Definition definition = inForce.get(i).definition();
        Definition.Model model =
            definition.find(today.name()).orElseGet(() -> silent(today, definition));
        rules.add(
            new VersionRules(
                i == 0 ? Long.MIN_VALUE : startOf(inForce.get(i)),
                i == inForce.size() - 1 ? Long.MAX_VALUE : startOf(inForce.get(i + 1)),
                model,
                definition.version() + " (" + definition.fingerprint() + ")",
                signals(model, events, accountEvents, parameters)));
      }
      models.add(new ModelRules(today.name(), rules));
    }
    return new RulesInForce(models);
  }

  private static long startOf(InForce version) {
    return ScoreFunction.micros(version.from().orElseThrow());
  }

  private static List<SignalRule> signals(
      Definition.Model model, String events, String accountEvents, Map<String, Object> parameters) {
    List<SignalRule> rules = new ArrayList<>();
    model
        .rules()
        .forEach(
            (name, asked) -> {
              if (asked.event().isPresent()) {
                String text = asked.source() == Source.ACCOUNT ? accountEvents : events;
                rules.add(SignalRule.of(name, asked, text, parameters));
              }
            });
    return rules;
  }

  /** A model before there was one: the definition of that time awarded nothing in its name. */
  private static Definition.Model silent(Definition.Model later, Definition then) {
    ScoringModel model = later.scoring();
    List<Dimension> dimensions =
        model.dimensions().stream()
            .map(d -> new Dimension(d.name(), d.decay(), Limits.NONE, List.of(), List.of()))
            .toList();
    ScoringModel silent =
        new ScoringModel(
            model.name(),
            then.version(),
            then.fingerprint(),
            model.zone(),
            dimensions,
            Limits.NONE,
            model.qualification(),
            Levels.NONE);
    return new Definition.Model(silent, Map.of(), NOBODY, Optional.of("false"), Optional.empty());
  }

  /** All rules that look at events, each id once, in the order of the models and their rules. */
  public List<SignalRule> signalRules() {
    Map<String, SignalRule> rules = new LinkedHashMap<>();
    models.forEach(model -> model.signalRules().forEach(rule -> rules.put(rule.id(), rule)));
    return List.copyOf(rules.values());
  }

  /** Whether a stored signal is of a rule that is in force at its time. */
  String signalsInForce() {
    List<VersionRules> versions = new ArrayList<>();
    for (int i = 0; i < models.get(0).versions().size(); i++) {
      int number = i;
      VersionRules first = models.get(0).versions().get(i);
      List<SignalRule> signals =
          models.stream()
              .flatMap(model -> model.versions().get(number).signals().stream())
              .distinct()
              .toList();
      versions.add(
          new VersionRules(
              first.fromMicros(), first.untilMicros(), first.model(), first.label(), signals));
    }
    return SignalSql.inForce(versions);
  }

  List<String> signalIds() {
    return signalRules().stream().map(SignalRule::id).toList();
  }

  /** Whether there is more than one version. */
  boolean hasPast() {
    return models.get(0).versions().size() > 1;
  }

  /** Whether a rule says its points by an expression. */
  boolean hasPoints() {
    return signalRules().stream().anyMatch(rule -> rule.points().isPresent());
  }

  /** Whether a rule looks at more than the person's own events. */
  boolean looksAt(Source source) {
    return signalRules().stream().anyMatch(rule -> rule.source() == source);
  }
}
