package dev.ripen.scoring;

import dev.ripen.scoring.Missing.Obstacle;
import dev.ripen.scoring.Missing.Step;
import dev.ripen.scoring.Missing.Suggestion;
import dev.ripen.scoring.Qualification.Disqualified;
import dev.ripen.scoring.Qualification.Requalify;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what would make an MQL by imagining events right after an instant and folding again.
 * First one rule alone, then mixtures, each time the event that comes nearest.
 */
final class MissingSearch {
  /** Nobody plans more than that many events. */
  private static final int MOST_EVENTS = 10;

  /** A visitor that no project has: copies of real events would not count. */
  private static final String IMAGINED = "ripen:imagined";

  private final ScoreTimeline timeline;
  private final ModelTimeline models;
  private final Facts known;
  private final long asOfMicros;

  MissingSearch(ScoreTimeline timeline, ModelTimeline models, Facts facts, long asOfMicros) {
    this.timeline = timeline;
    this.models = models;
    this.known = until(facts, asOfMicros);
    this.asOfMicros = asOfMicros;
  }

  /** Of somebody who is no MQL. */
  Missing search(Fold fold) {
    Episodes.Standing standing = fold.standing();
    Qualification qualification = standing.qualification();
    long points = Math.subtractExact(standing.threshold(), standing.totals().total());
    Map<String, Long> minimums = new LinkedHashMap<>();
    for (IndexedModel.IndexedDimension dimension : standing.model().dimensions) {
      Long least = dimension.minimum();
      long value = standing.totals().dimension(dimension.number());
      if (least != null && value < least) {
        minimums.put(dimension.name(), Math.subtractExact(least.longValue(), value));
      }
    }
    List<Suggestion> suggestions = suggestions();
    Obstacle obstacle = obstacle(fold);
    boolean isMet = standing.isMet(fold.state(), asOfMicros);
    if (obstacle == null && isMet && suggestions.isEmpty()) {
      obstacle = Obstacle.MUST_FALL_FIRST;
    }
    return new Missing(
        obstacle,
        because(obstacle, fold),
        points,
        qualification.strictlyAbove(),
        minimums,
        suggestions);
  }

  private static @Nullable String because(@Nullable Obstacle obstacle, Fold fold) {
    if (obstacle == Obstacle.EXCLUDED) {
      return fold.standing().attributes().excludedBecause();
    }
    return obstacle == Obstacle.SUSPENDED ? fold.state().status : null;
  }

  private @Nullable Obstacle obstacle(Fold fold) {
    Episodes.Standing standing = fold.standing();
    FoldState state = fold.state();
    ScoringModel model = standing.model().model;
    if (standing.isExcluded()) {
      return Obstacle.EXCLUDED;
    }
    if (!standing.attributes().inPopulation()) {
      return Obstacle.OUTSIDE_POPULATION;
    }
    Long created = known.createdAtMicros();
    if (created != null && created > asOfMicros) {
      return Obstacle.NOT_CREATED;
    }
    Obstacle again = again(state.latestEpisode(), standing.qualification());
    if (again != null) {
      return again;
    }
    if (!state.isInWindow(model.window(), asOfMicros)) {
      return Obstacle.OUTSIDE_WINDOW;
    }
    boolean isSuspended =
        state.status != null && model.statusEffects().suspending().contains(state.status);
    return isSuspended ? Obstacle.SUSPENDED : null;
  }

  private static @Nullable Obstacle again(
      ScoreCard.@Nullable Episode latest, Qualification qualification) {
    if (latest == null || Episodes.mayFollow(latest, qualification)) {
      return null;
    }
    boolean byNo =
        "disqualified".equals(latest.closedBy())
            && qualification.requalify() != Requalify.NEVER
            && qualification.disqualified() == Disqualified.STAYS;
    return byNo ? Obstacle.DISQUALIFIED : Obstacle.NOT_AGAIN;
  }

  private List<Suggestion> suggestions() {
    List<Rule> rules = rules();
    List<Suggestion> found = new ArrayList<>();
    for (Rule rule : rules) {
      List<Rule> events = new ArrayList<>();
      while (events.size() < MOST_EVENTS) {
        events.add(rule);
        if (after(events).isMql()) {
          found.add(suggestion(events));
          break;
        }
      }
    }
    if (found.isEmpty()) {
      mixture(rules).ifPresent(found::add);
    }
    found.sort(Comparator.comparingInt(Suggestion::times));
    return found.subList(0, Math.min(found.size(), Missing.MOST_SUGGESTIONS));
  }

  /** Event rules of the version in force that give something, in the model's order. */
  private List<Rule> rules() {
    return models.models.get(models.versionAt(asOfMicros)).rules.stream()
        .filter(rule -> !rule.isRetired())
        .map(IndexedModel.IndexedRule::rule)
        .filter(Rule::hasSignals)
        .toList();
  }

  private Optional<Suggestion> mixture(List<Rule> rules) {
    List<Rule> events = new ArrayList<>();
    long distance = distance(events);
    while (events.size() < MOST_EVENTS) {
      Rule nearest = null;
      for (Rule rule : rules) {
        events.add(rule);
        if (after(events).isMql()) {
          return Optional.of(suggestion(events));
        }
        long now = distance(events);
        if (now < distance) {
          distance = now;
          nearest = rule;
        }
        events.remove(events.size() - 1);
      }
      if (nearest == null) {
        return Optional.empty();
      }
      events.add(nearest);
    }
    return Optional.empty();
  }

  /** How far the total and the dimensions are below what they must be, after these events. */
  private long distance(List<Rule> events) {
    Episodes.Standing standing =
        timeline.folded(with(events), asOfMicros + events.size(), null).standing();
    long distance = Math.max(0, standing.threshold() - standing.totals().total());
    for (IndexedModel.IndexedDimension dimension : standing.model().dimensions) {
      Long least = dimension.minimum();
      if (least != null) {
        distance += Math.max(0, least - standing.totals().dimension(dimension.number()));
      }
    }
    return distance;
  }

  private ScoreCard after(List<Rule> events) {
    return timeline.score(with(events), asOfMicros + events.size());
  }

  private Facts with(List<Rule> events) {
    List<Signal> signals = new ArrayList<>(known.signals());
    for (int i = 0; i < events.size(); i++) {
      String name = events.get(i).name();
      long at = asOfMicros + 1 + i;
      signals.add(new Signal(IMAGINED, IMAGINED + ":" + i, name, at, null));
    }
    return new Facts(
        known.createdAtMicros(),
        signals,
        known.statuses(),
        known.attributes(),
        known.attributeChanges());
  }

  private static Suggestion suggestion(List<Rule> events) {
    Map<String, Step> steps = new LinkedHashMap<>();
    for (Rule rule : events) {
      steps.merge(
          rule.name(),
          new Step(rule.name(), rule.label(), 1),
          (before, one) -> new Step(before.rule(), before.label(), before.times() + 1));
    }
    return new Suggestion(List.copyOf(steps.values()));
  }

  /** What is to come must not help. */
  private static Facts until(Facts facts, long untilMicros) {
    return new Facts(
        facts.createdAtMicros(),
        facts.signals().stream().filter(s -> s.occurredAtMicros() <= untilMicros).toList(),
        facts.statuses().stream().filter(s -> s.occurredAtMicros() <= untilMicros).toList(),
        facts.attributes(),
        facts.attributeChanges().stream()
            .filter(c -> c.occurredAtMicros() <= untilMicros)
            .toList());
  }
}
