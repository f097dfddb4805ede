package dev.ripen.cli;

import dev.ripen.scoring.Facts;
import dev.ripen.scoring.Missing;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.ScoreTimeline;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.TimelineEntry;
import dev.ripen.spark.LeadPerson.HeldDates;
import dev.ripen.spark.LeadPerson.Judged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one model says of one person at an instant. Pure.
 *
 * @param model as the version in force says it
 * @param label version and fingerprint of the definition in force
 * @param versions that have judged up to that instant, oldest first
 * @param ofCompany rules whose signals may be other people's
 * @param firstMqlAt and {@code mqlAt}: as the CRM is told, see {@link HeldDates}
 * @param held whether one of the dates is one that does not move
 */
record ModelStory(
    ScoringModel model,
    String label,
    List<Version> versions,
    Set<String> ofCompany,
    ScoreCard card,
    List<TimelineEntry> timeline,
    Optional<Missing> missing,
    @Nullable Instant firstMqlAt,
    @Nullable Instant mqlAt,
    boolean held) {
  /**
   * A version of the rules.
   *
   * @param from null: from the beginning
   */
  record Version(@Nullable Instant from, String label) {}

  /** Empty if the model was never about the person. */
  static Optional<ModelStory> of(Judged judged, Instant asOf) {
    return judged.facts().map(facts -> of(judged, facts, asOf));
  }

  private static ModelStory of(Judged judged, Facts facts, Instant asOf) {
    ScoreTimeline timeline = new ScoreTimeline(judged.versions());
    long micros = micros(asOf);
    ScoreCard card = timeline.score(facts, micros);
    int number = judged.versions().size() - 1;
    while (number > 0 && judged.versions().get(number).effectiveFromMicros() > micros) {
      number--;
    }
    Instant first = instant(card.firstMqlAtMicros());
    Instant latest = instant(card.mqlAtMicros());
    Instant heldFirst = first;
    Instant heldLatest = latest;
    HeldDates held = judged.held().orElse(null);
    if (held != null && card.excludedBecause() == null) {
      heldFirst = held.firstMqlAt() == null ? first : held.firstMqlAt();
      boolean isOld = latest == null || !latest.isAfter(held.from());
      heldLatest = isOld && held.mqlAt() != null ? held.mqlAt() : latest;
    }
    boolean differs = !Objects.equals(first, heldFirst) || !Objects.equals(latest, heldLatest);
    return new ModelStory(
        judged.versions().get(number).model(),
        judged.labels().get(number),
        versions(judged, number),
        judged.ofCompany(),
        card,
        timeline.explain(facts, micros),
        timeline.missing(facts, micros),
        heldFirst,
        heldLatest,
        differs);
  }

  private static List<Version> versions(Judged judged, int last) {
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      long from = judged.versions().get(i).effectiveFromMicros();
      versions.add(new Version(i == 0 ? null : instant(from), judged.labels().get(i)));
    }
    return List.copyOf(versions);
  }

  private static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), Points.MICRO), instant.getNano() / 1000);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, Points.MICRO), Math.floorMod(micros, Points.MICRO) * 1000);
  }

  static @Nullable Instant instant(@Nullable Long micros) {
    return micros == null ? null : instant(micros.longValue());
  }
}
