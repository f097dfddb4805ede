package dev.ripen.scoring;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The score of one person under one model at one instant. Contributions and adjustments add up to
 * {@code score}, exactly. An excluded person has no score: everything is zero or empty but the
 * reason.
 *
 * @param score exact, in micro-points
 * @param dimensions value per dimension after its limits, in the model's order
 * @param reasons one line for people, at most 250 characters, biggest first
 */
public record ScoreCard(
    long score,
    Map<String, Long> dimensions,
    boolean isMql,
    @Nullable String level,
    @Nullable Long firstMqlAtMicros,
    @Nullable Long mqlAtMicros,
    int mqlCount,
    List<Episode> episodes,
    List<Contribution> contributions,
    List<Adjustment> adjustments,
    String reasons,
    @Nullable Long lastActivityAtMicros,
    @Nullable String excludedBecause) {
  public ScoreCard {
    episodes = List.copyOf(episodes);
    contributions = List.copyOf(contributions);
    adjustments = List.copyOf(adjustments);
  }

  /**
   * What the CRM gets: whole points, rounded down, so that nobody sees 50 and is not an MQL at 50.
   */
  public long publishedScore() {
    return Math.floorDiv(score, Points.MICRO);
  }

  /**
   * What one rule adds now.
   *
   * @param microPoints after decay
   * @param awardedMicroPoints before decay
   * @param times awards that count
   */
  public record Contribution(
      String rule,
      String label,
      String dimension,
      long microPoints,
      long awardedMicroPoints,
      int times,
      long lastAtMicros) {}

  /**
   * What limits and resets take or give.
   *
   * @param where the rule, group or dimension, or {@code total}
   */
  public record Adjustment(String kind, String where, long microPoints) {}

  /**
   * One time as an MQL. Score, dimensions, level and reasons are as they were at its opening.
   *
   * @param number from 1
   * @param acceptedAtMicros null if sales has not taken it
   * @param closedAtMicros null while it is open
   */
  public record Episode(
      int number,
      long openedAtMicros,
      long scoreAtMql,
      Map<String, Long> dimensionsAtMql,
      @Nullable String levelAtMql,
      String reasonsAtMql,
      String versionAtMql,
      @Nullable Long acceptedAtMicros,
      @Nullable Long closedAtMicros,
      @Nullable String closedBy,
      @Nullable String reason) {}
}
