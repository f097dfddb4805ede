package dev.ripen.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model with its rules, groups and dimensions numbered, and its decay curves worked out. */
final class IndexedModel {
  final ScoringModel model;
  final List<Dimension> dimensions;
  final List<IndexedRule> rules = new ArrayList<>();
  final List<IndexedGroup> groups = new ArrayList<>();
  final List<IndexedRule> countRules = new ArrayList<>();

  /** Per dimension; null for none. */
  final @Nullable Long[] minimums;

  /** Whether an award may depend on the sums at its instant. */
  final boolean readsSumsAtAwards;

  private final Map<String, IndexedRule> rulesByName = new HashMap<>();
  private final Map<Decay, DecayCurve> curves = new HashMap<>();

  /**
   * A rule with its place.
   *
   * @param group −1: directly in the dimension
   * @param curve null: never decays
   */
  record IndexedRule(
      int index,
      Rule rule,
      int dimension,
      int group,
      @Nullable DecayCurve curve,
      List<Integer> resets) {
    boolean isAttribute() {
      return rule.isAttribute();
    }
  }

  /** A group with its place. */
  record IndexedGroup(Group group, int dimension) {}

  IndexedModel(ScoringModel model) {
    this.model = model;
    dimensions = model.dimensions();
    for (int i = 0; i < dimensions.size(); i++) {
      add(dimensions.get(i), i);
    }
    rules.stream()
        .filter(rule -> rule.rule().trigger() instanceof Trigger.Count)
        .forEach(this::addCountRule);
    readsSumsAtAwards = readsSumsAtAwards();
    minimums = new @Nullable Long[dimensions.size()];
    model.qualification().minimums().forEach(this::setMinimum);
  }

  /** Null if no rule has that name. */
  @Nullable IndexedRule find(String rule) {
    return rulesByName.get(rule);
  }

  private void add(Dimension dimension, int number) {
    Map<String, Integer> groupsByName = new HashMap<>();
    for (Group group : dimension.groups()) {
      groupsByName.put(group.name(), groups.size());
      groups.add(new IndexedGroup(group, number));
    }
    for (Rule rule : dimension.rules()) {
      int group = rule.group() == null ? -1 : groupsByName.getOrDefault(rule.group(), -2);
      if (group == -2) {
        throw new IllegalArgumentException("rule " + rule.name() + " is in an unknown group");
      }
      Decay decay = nearestDecay(rule, group, dimension);
      IndexedRule indexed =
          new IndexedRule(rules.size(), rule, number, group, curve(rule, decay), resets(rule));
      rules.add(indexed);
      if (rulesByName.put(rule.name(), indexed) != null) {
        throw new IllegalArgumentException("two rules have the name " + rule.name());
      }
    }
  }

  private Decay nearestDecay(Rule rule, int group, Dimension dimension) {
    if (rule.decay() != null) {
      return rule.decay();
    }
    Decay ofGroup = group < 0 ? null : groups.get(group).group().decay();
    return ofGroup != null ? ofGroup : dimension.decay();
  }

  private @Nullable DecayCurve curve(Rule rule, Decay decay) {
    if (rule.isAttribute() || decay instanceof Decay.None) {
      return null;
    }
    return curves.computeIfAbsent(decay, DecayCurve::of);
  }

  private void setMinimum(String dimension, Long least) {
    minimums[number(dimension)] = least;
  }

  private void addCountRule(IndexedRule rule) {
    if (rule.isAttribute() || !rule.resets().isEmpty()) {
      throw new IllegalArgumentException(
          "rule " + rule.rule().name() + " counts signals: it can only award");
    }
    countRules.add(rule);
  }

  private List<Integer> resets(Rule rule) {
    return rule.effects().resets().stream().map(this::number).sorted().toList();
  }

  private int number(String dimension) {
    for (int i = 0; i < dimensions.size(); i++) {
      if (dimensions.get(i).name().equals(dimension)) {
        return i;
      }
    }
    throw new IllegalArgumentException("the model has no dimension " + dimension);
  }

  private boolean readsSumsAtAwards() {
    return stops(model.total())
        || groups.stream().anyMatch(group -> stops(group.group().limits()))
        || rules.stream().anyMatch(rule -> stops(rule.rule().limits()))
        || dimensions.stream().anyMatch(d -> stops(d.limits()) || d.stopAbove() != null);
  }

  private static boolean stops(Limits limits) {
    return limits.capMode() == Limits.CapMode.STOP;
  }
}
