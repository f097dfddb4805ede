package dev.ripen.scoring;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of a model, its names turned into the numbers of {@link ModelTimeline}. It holds also
 * the rules that older versions had and this one has not: their awards stay, in a dimension of the
 * old name, and they make no new ones.
 */
final class IndexedModel {
  final ScoringModel model;

  /** In the order of reading; retired ones come last. */
  final List<IndexedDimension> dimensions = new ArrayList<>();

  /** In the order of awards; retired ones come last in their dimension. */
  final List<IndexedRule> rules = new ArrayList<>();

  final List<IndexedGroup> groups = new ArrayList<>();

  /** Count rules and conjunctions of rules, in the order of awards. */
  final List<IndexedRule> derivedRules = new ArrayList<>();

  final List<IndexedRule> statusRules = new ArrayList<>();
  final List<IndexedRule> silenceRules = new ArrayList<>();

  /** Whether an award may depend on the sums at its instant. */
  final boolean readsSumsAtAwards;

  final boolean hasNightlyFloors;

  private final Map<String, IndexedRule> rulesByName = new HashMap<>();
  private final ModelTimeline timeline;

  /**
   * A rule with its place.
   *
   * @param order among all rules of the version
   * @param name number of its name
   * @param group −1: directly in the dimension
   * @param curve of new awards; −1: they never decay
   * @param members names of the rules that it counts, joins or waits for
   */
  record IndexedRule(
      int order,
      int slot,
      int name,
      Rule rule,
      boolean isRetired,
      int dimension,
      int group,
      int curve,
      List<Integer> resets,
      List<Integer> members,
      List<Integer> requires,
      List<Integer> unless) {
    boolean isAttribute() {
      return rule.isAttribute();
    }
  }

  /** A group with its place. */
  record IndexedGroup(Group group, int dimension) {}

  /**
   * A dimension with its number.
   *
   * @param minimum of the total's condition; null for none
   */
  record IndexedDimension(int number, Dimension dimension, @Nullable Long minimum) {
    String name() {
      return dimension.name();
    }
  }

  /** A rule as the last version that had it says it. */
  record RetiredRule(int slot, String dimension, Rule rule) {}

  IndexedModel(ModelTimeline timeline, ScoringModel model, List<RetiredRule> older) {
    this.timeline = timeline;
    this.model = model;
    for (Dimension dimension : model.dimensions()) {
      if (model.dimensions().stream().filter(d -> d.name().equals(dimension.name())).count() > 1) {
        throw new IllegalArgumentException("two dimensions have the name " + dimension.name());
      }
      add(dimension, older);
    }
    older.stream()
        .filter(rule -> !hasDimension(rule.dimension()))
        .map(RetiredRule::dimension)
        .distinct()
        .toList()
        .forEach(name -> add(retired(name), older));
    model.qualification().minimums().keySet().forEach(this::number);
    readsSumsAtAwards = readsSumsAtAwards();
    hasNightlyFloors =
        isNightly(model.total())
            || model.dimensions().stream().anyMatch(d -> isNightly(d.limits()));
  }

  /** Null if no rule that is in force has that name. */
  @Nullable IndexedRule find(String rule) {
    return rulesByName.get(rule);
  }

  /** Of a dimension that the model must have. */
  int number(String dimension) {
    if (!hasDimension(dimension)) {
      throw new IllegalArgumentException("the model has no dimension " + dimension);
    }
    return timeline.dimension(dimension);
  }

  String nameOfDimension(int number) {
    for (IndexedDimension dimension : dimensions) {
      if (dimension.number() == number) {
        return dimension.name();
      }
    }
    throw new IllegalArgumentException("the version has no dimension " + number);
  }

  static boolean isNightly(Limits limits) {
    return limits.floor() != null && limits.floorMode() == Limits.FloorMode.NIGHTLY;
  }

  private boolean hasDimension(String name) {
    return model.dimensions().stream().anyMatch(dimension -> dimension.name().equals(name));
  }

  private static Dimension retired(String name) {
    return new Dimension(name, new Decay.None(), Limits.NONE, List.of(), List.of());
  }

  private void add(Dimension dimension, List<RetiredRule> older) {
    int number = timeline.dimension(dimension.name());
    Long minimum = model.qualification().minimums().get(dimension.name());
    dimensions.add(new IndexedDimension(number, dimension, minimum));
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
      add(indexed(rule, dimension, number, group));
    }
    for (RetiredRule rule : older) {
      if (rule.dimension().equals(dimension.name()) && !rule.rule().isAttribute()) {
        addRetired(rule, number, groupsByName);
      }
    }
  }

  private IndexedRule indexed(Rule rule, Dimension dimension, int number, int group) {
    Decay decay = nearestDecay(rule, group, dimension);
    boolean decays = !(rule.trigger() instanceof Trigger.Inactivity) && !rule.isAttribute();
    return new IndexedRule(
        rules.size(),
        timeline.slot(dimension, rule),
        timeline.name(rule.name()),
        rule,
        false,
        number,
        group,
        decays ? timeline.curve(decay) : -1,
        rule.effects().resets().stream().map(this::number).sorted().toList(),
        names(members(rule.trigger())),
        names(rule.conditions().requires()),
        names(rule.conditions().unless()));
  }

  private void add(IndexedRule rule) {
    rules.add(rule);
    if (rulesByName.put(rule.rule().name(), rule) != null) {
      throw new IllegalArgumentException("two rules have the name " + rule.rule().name());
    }
    Trigger trigger = rule.rule().trigger();
    boolean isDerived = trigger instanceof Trigger.Count || trigger instanceof Trigger.AllOf;
    if (isDerived) {
      derivedRules.add(rule);
    } else if (trigger instanceof Trigger.Status) {
      statusRules.add(rule);
    } else if (trigger instanceof Trigger.Inactivity) {
      silenceRules.add(rule);
    }
    boolean mayReset = rule.rule().hasSignals() || trigger instanceof Trigger.Status;
    if (!mayReset && !rule.resets().isEmpty()) {
      throw new IllegalArgumentException(
          "rule " + rule.rule().name() + " has no signals of its own: it can only award");
    }
  }

  private void addRetired(RetiredRule old, int dimension, Map<String, Integer> groupsByName) {
    if (rules.stream().anyMatch(rule -> rule.slot() == old.slot())) {
      return;
    }
    int group = groupsByName.getOrDefault(old.rule().group() == null ? "" : old.rule().group(), -1);
    rules.add(
        new IndexedRule(
            rules.size(),
            old.slot(),
            timeline.name(old.rule().name()),
            old.rule(),
            true,
            dimension,
            group,
            -1,
            List.of(),
            List.of(),
            List.of(),
            List.of()));
  }

  private static Set<String> members(Trigger trigger) {
    if (trigger instanceof Trigger.Count count) {
      return count.rules();
    }
    if (trigger instanceof Trigger.Inactivity silence) {
      return silence.rules();
    }
    return trigger instanceof Trigger.AllOf all ? all.rules() : Set.of();
  }

  private List<Integer> names(Set<String> ruleNames) {
    return ruleNames.stream().sorted().map(timeline::name).toList();
  }

  private Decay nearestDecay(Rule rule, int group, Dimension dimension) {
    if (rule.decay() != null) {
      return rule.decay();
    }
    Decay ofGroup = group < 0 ? null : groups.get(group).group().decay();
    return ofGroup != null ? ofGroup : dimension.decay();
  }

  private boolean readsSumsAtAwards() {
    return stops(model.total())
        || groups.stream().anyMatch(group -> stops(group.group().limits()))
        || rules.stream().anyMatch(IndexedModel::readsSums)
        || model.dimensions().stream().anyMatch(d -> stops(d.limits()) || d.stopAbove() != null);
  }

  private static boolean readsSums(IndexedRule rule) {
    return stops(rule.rule().limits()) || !rule.rule().conditions().minimums().isEmpty();
  }

  private static boolean stops(Limits limits) {
    return limits.capMode() == Limits.CapMode.STOP;
  }
}
