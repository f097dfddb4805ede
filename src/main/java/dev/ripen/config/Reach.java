package dev.ripen.config;

import dev.ripen.config.Definition.Model;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Trigger;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How many points a model can give at most, in micro-points: never less than a person can reach,
 * infinite where nothing holds it. Pure.
 */
final class Reach {
  /** Ages are whole days at the last midnight, so an award may look up to two days younger. */
  private static final int LAG_DAYS = 2;

  private static final int MOST_TERMS = 100_000;
  private static final double NOTHING_LEFT = 1e-9;

  private final Model model;

  Reach(Model model) {
    this.model = model;
  }

  /** Of the total. */
  double total() {
    double sum = model.scoring().dimensions().stream().mapToDouble(this::dimension).sum();
    return within(model.scoring().total(), Math.min(sum, underStops()));
  }

  /** Of a dimension. */
  double dimension(Dimension dimension) {
    double sum =
        dimension.rules().stream()
            .filter(rule -> rule.group() == null)
            .mapToDouble(rule -> rule(rule, dimension))
            .sum();
    for (Group group : dimension.groups()) {
      double shared =
          dimension.rules().stream()
              .filter(rule -> group.name().equals(rule.group()))
              .mapToDouble(rule -> rule(rule, dimension))
              .sum();
      sum += within(group.limits(), shared);
    }
    // A correction stays when what it made up for has decayed or is true no more.
    boolean raised =
        dimension.limits().floorMode() == Limits.FloorMode.NIGHTLY && mayFall(dimension.rules());
    return within(dimension.limits(), raised ? Double.POSITIVE_INFINITY : sum);
  }

  /**
   * With {@code stop-above} an award finds the total at most there, so it lifts it by one award.
   * Deductions that decay or are true no more could lift it further.
   */
  private double underStops() {
    List<Dimension> dimensions = model.scoring().dimensions();
    boolean stopped = dimensions.stream().anyMatch(d -> d.stopAbove() != null);
    if (!stopped || mayFall(rules().toList())) {
      return Double.POSITIVE_INFINITY;
    }
    double highest = 0;
    double beside = 0;
    for (Dimension dimension : dimensions) {
      Long stopAbove = dimension.stopAbove();
      if (stopAbove == null) {
        beside += dimension(dimension);
        continue;
      }
      for (Rule rule : dimension.rules()) {
        if (rule.isAttribute()) {
          beside += Math.max(0, rule.microPoints());
        } else {
          highest = Math.max(highest, (double) stopAbove + oneAward(rule));
        }
      }
    }
    return highest + beside;
  }

  private Stream<Rule> rules() {
    return model.scoring().dimensions().stream().flatMap(dimension -> dimension.rules().stream());
  }

  private boolean mayFall(List<Rule> rules) {
    return rules.stream().anyMatch(rule -> rule.microPoints() < 0 || hasExpression(rule));
  }

  private boolean hasExpression(Rule rule) {
    Predicates asked = model.rules().get(rule.name());
    return asked != null && asked.points().isPresent();
  }

  private double oneAward(Rule rule) {
    double points =
        hasExpression(rule) ? Double.POSITIVE_INFINITY : Math.max(0, rule.microPoints());
    Long cap = rule.limits().cap();
    return cap == null ? points : Math.min(points, (double) Math.max(0, cap));
  }

  /** What a rule can be worth at one time. */
  double rule(Rule rule, Dimension dimension) {
    double points =
        hasExpression(rule) ? Double.POSITIVE_INFINITY : Math.max(0, rule.microPoints());
    boolean single = rule.isAttribute() || rule.frequency() instanceof Frequency.Once;
    boolean nothing = points == 0 || rule.trigger() instanceof Trigger.Inactivity;
    double most = nothing ? 0 : single ? points : points * awards(rule, dimension);
    return within(rule.limits(), most);
  }

  /** How many full awards those that count at one time add up to, at most. */
  private static double awards(Rule rule, Dimension dimension) {
    int times;
    int days;
    int lag = LAG_DAYS;
    if (rule.frequency() instanceof Frequency.Rolling rolling) {
      times = rolling.times();
      days = rolling.days();
    } else if (rule.frequency() instanceof Frequency.Calendar calendar) {
      times = calendar.times();
      days =
          switch (calendar.bucket()) {
            case DAY -> 1;
            case WEEK -> 7;
            case MONTH -> 28;
          };
      // The end of one bucket may touch the beginning of the next.
      lag += days;
    } else {
      return Double.POSITIVE_INFINITY;
    }
    Decay decay = Words.decayOf(rule, dimension);
    double sum = 0;
    for (int i = 0; i < MOST_TERMS; i++) {
      double factor = factor(decay, Math.max(0L, (long) i * days - lag));
      if (factor < NOTHING_LEFT) {
        return times * sum;
      }
      sum += factor;
    }
    return Double.POSITIVE_INFINITY;
  }

  private static double factor(Decay decay, long ageDays) {
    if (decay instanceof Decay.HalfLife half) {
      return Math.pow(2, -(double) ageDays / half.days());
    }
    if (decay instanceof Decay.Linear linear) {
      long steps = Math.floorDiv(ageDays, linear.days());
      return Math.max(0, 1 - linear.microFraction() / 1e6 * steps);
    }
    if (decay instanceof Decay.Expire expire) {
      return ageDays < expire.days() ? 1 : 0;
    }
    return 1;
  }

  private static double within(Limits limits, double sum) {
    @Nullable Long cap = limits.cap();
    @Nullable Long floor = limits.floor();
    double capped = cap == null ? sum : Math.min(cap, sum);
    return floor == null ? capped : Math.max(floor, capped);
  }
}
