package dev.ripen.scoring;

import dev.ripen.scoring.IndexedModel.IndexedDimension;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down where a fold stands. */
final class Cards {
  private final Episodes.Standing standing;
  private final IndexedModel model;
  private final FoldState state;

  /** The totals must have been read. */
  Cards(Episodes.Standing standing, FoldState state) {
    this.standing = standing;
    this.state = state;
    model = standing.model();
  }

  ScoreCard write() {
    String excluded = standing.attributes().excludedBecause();
    if (excluded != null) {
      return new ScoreCard(
          0, Map.of(), false, null, null, null, 0, List.of(), List.of(), List.of(), "", null,
          excluded);
    }
    List<ScoreCard.Adjustment> adjustments = new ArrayList<>();
    standing.totals().read(adjustments);
    List<ScoreCard.Contribution> contributions = contributions();
    ScoreCard.Episode latest = state.latestEpisode();
    return new ScoreCard(
        standing.totals().total(),
        dimensions(),
        state.hasOpenEpisode(),
        level(),
        latest == null ? null : (Long) state.episodes.get(0).openedAtMicros(),
        latest == null ? null : (Long) latest.openedAtMicros(),
        state.episodes.size(),
        state.episodes,
        contributions,
        adjustments,
        Reasons.of(contributions),
        state.lastActivityAtMicros,
        null);
  }

  /** In the model's order. */
  List<ScoreCard.Contribution> contributions() {
    List<ScoreCard.Contribution> contributions = new ArrayList<>();
    for (IndexedRule rule : model.rules) {
      ScoreCard.Contribution contribution =
          rule.isAttribute() ? ofAttribute(rule) : ofAwards(rule, state.awards[rule.slot()]);
      if (contribution != null) {
        contributions.add(contribution);
      }
    }
    return contributions;
  }

  Map<String, Long> dimensions() {
    Map<String, Long> values = new LinkedHashMap<>();
    for (IndexedDimension dimension : model.dimensions) {
      values.put(dimension.name(), standing.totals().dimension(dimension.number()));
    }
    return Collections.unmodifiableMap(values);
  }

  @Nullable String level() {
    if (model.model.levels() instanceof Levels.Matrix matrix) {
      String letter = band(matrix.letterDimension(), matrix.letters());
      String digit = band(matrix.digitDimension(), matrix.digits());
      return letter == null || digit == null ? null : letter + digit;
    }
    for (Level level : ((Levels.Grades) model.model.levels()).levels()) {
      if (holds(level)) {
        return level.name();
      }
    }
    return null;
  }

  private @Nullable String band(String dimension, List<Levels.Band> bands) {
    long value = standing.totals().dimension(model.number(dimension));
    for (Levels.Band band : bands) {
      if (value >= band.fromMicroPoints()) {
        return band.name();
      }
    }
    return null;
  }

  private boolean holds(Level level) {
    return standing.totals().total() >= level.fromMicroPoints()
        && (level.minimums().isEmpty() || reaches(level.minimums()))
        && (level.allOf().isEmpty() || level.allOf().stream().allMatch(this::contributes));
  }

  private boolean reaches(Map<String, Long> minimums) {
    return minimums.entrySet().stream()
        .allMatch(
            least -> standing.totals().dimension(model.number(least.getKey())) >= least.getValue());
  }

  private boolean contributes(String name) {
    IndexedRule rule = model.find(name);
    if (rule == null) {
      return false;
    }
    if (rule.isAttribute()) {
      return standing.attributes().holds().contains(name);
    }
    boolean isWithoutPoints =
        rule.rule().microPoints() == 0
            && !(rule.rule().trigger() instanceof Trigger.Event event
                && event.signalsCarryPoints());
    return isWithoutPoints
        ? state.lastAt[rule.name()] != FoldState.NEVER
        : state.awards[rule.slot()].size() > 0;
  }

  private ScoreCard.@Nullable Contribution ofAttribute(IndexedRule rule) {
    long points = standing.sums()[rule.slot()];
    Long since = state.createdAtMicros;
    return points == 0
        ? null
        : contribution(rule, points, points, 1, since == null ? state.untilMicros : since);
  }

  private ScoreCard.@Nullable Contribution ofAwards(IndexedRule rule, Awards awards) {
    int size = awards.size();
    return size == 0
        ? null
        : contribution(
            rule, standing.sums()[rule.slot()], awards.awardedSum(), size, awards.at(size - 1));
  }

  private ScoreCard.Contribution contribution(
      IndexedRule rule, long microPoints, long awarded, int times, long lastAt) {
    return new ScoreCard.Contribution(
        rule.rule().name(),
        rule.rule().label(),
        model.nameOfDimension(rule.dimension()),
        microPoints,
        awarded,
        times,
        lastAt);
  }
}
