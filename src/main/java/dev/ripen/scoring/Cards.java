package dev.ripen.scoring;

import dev.ripen.scoring.IndexedModel.IndexedRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down where a fold stands. */
final class Cards {
  private final IndexedModel model;
  private final FoldState state;
  private final long[] sums;

  Cards(IndexedModel model, FoldState state, long[] sums) {
    this.model = model;
    this.state = state;
    this.sums = sums;
  }

  ScoreCard write() {
    String excluded = state.attributes == null ? null : state.attributes.excludedBecause();
    if (excluded != null) {
      return new ScoreCard(
          0, Map.of(), false, null, null, null, 0, List.of(), List.of(), List.of(), "", null,
          excluded);
    }
    List<ScoreCard.Adjustment> adjustments = new ArrayList<>();
    Totals totals = new Totals(model);
    totals.read(sums, adjustments);
    List<ScoreCard.Contribution> contributions = contributions();
    ScoreCard.Episode latest = state.latestEpisode();
    return new ScoreCard(
        totals.total(),
        dimensions(totals),
        state.hasOpenEpisode(),
        level(totals.total()),
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
          rule.isAttribute() ? ofAttribute(rule) : ofAwards(rule, state.awards[rule.index()]);
      if (contribution != null) {
        contributions.add(contribution);
      }
    }
    return contributions;
  }

  Map<String, Long> dimensions(Totals totals) {
    Map<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < model.dimensions.size(); i++) {
      values.put(model.dimensions.get(i).name(), totals.dimension(i));
    }
    return Collections.unmodifiableMap(values);
  }

  @Nullable String level(long total) {
    for (Level level : ((Levels.Grades) model.model.levels()).levels()) {
      if (total >= level.fromMicroPoints()) {
        return level.name();
      }
    }
    return null;
  }

  private ScoreCard.@Nullable Contribution ofAttribute(IndexedRule rule) {
    long points = sums[rule.index()];
    Long since = state.createdAtMicros;
    return points == 0
        ? null
        : contribution(rule, points, points, 1, since == null ? state.untilMicros : since);
  }

  private ScoreCard.@Nullable Contribution ofAwards(IndexedRule rule, Awards awards) {
    int size = awards.size();
    return size == 0
        ? null
        : contribution(rule, sums[rule.index()], awards.awardedSum(), size, awards.at(size - 1));
  }

  private ScoreCard.Contribution contribution(
      IndexedRule rule, long microPoints, long awarded, int times, long lastAt) {
    return new ScoreCard.Contribution(
        rule.rule().name(),
        rule.rule().label(),
        model.dimensions.get(rule.dimension()).name(),
        microPoints,
        awarded,
        times,
        lastAt);
  }
}
