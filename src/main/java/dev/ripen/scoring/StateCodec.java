package dev.ripen.scoring;

import dev.ripen.scoring.FoldState.Known;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes and reads {@link FoldState} as bytes. A change of the form needs a new number. */
final class StateCodec {
  static final int FORMAT = 3;

  private StateCodec() {}

  static byte[] encode(FoldState state) {
    StateOutput out = new StateOutput();
    out.integer(FORMAT);
    out.text(state.fingerprint);
    out.integer(state.awards.length);
    out.integer(state.recent.length);
    out.integer(state.corrections.length);
    out.number(state.untilMicros);
    writeKnown(out, state.known);
    writeStanding(out, state);
    for (Awards awards : state.awards) {
      writeAwards(out, awards);
    }
    for (int i = 0; i < state.recent.length; i++) {
      writeRecent(out, state.recent[i]);
      out.number(state.lastAt[i]);
    }
    for (long correction : state.corrections) {
      out.number(correction);
    }
    state.seenSignals.write(out);
    writeStatuses(out, state.seenStatuses);
    out.integer(state.episodes.size());
    for (ScoreCard.Episode episode : state.episodes) {
      writeEpisode(out, episode);
    }
    return out.toBytes();
  }

  static FoldState decode(byte[] encoded) {
    StateInput in = new StateInput(encoded);
    int format = in.integer();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "a timeline state of format "
              + format
              + " cannot be read: this version of ripen reads format "
              + FORMAT);
    }
    return read(in);
  }

  private static FoldState read(StateInput in) {
    String fingerprint = in.text();
    FoldState state = new FoldState(fingerprint, in.size(1), in.size(10), in.size(8));
    state.untilMicros = in.number();
    state.known = readKnown(in);
    readStanding(in, state);
    for (int i = 0; i < state.awards.length; i++) {
      state.awards[i] = readAwards(in);
    }
    for (int i = 0; i < state.recent.length; i++) {
      state.recent[i] = readRecent(in);
      state.lastAt[i] = in.number();
    }
    for (int i = 0; i < state.corrections.length; i++) {
      state.corrections[i] = in.number();
    }
    state.seenSignals.read(in);
    readStatuses(in, state.seenStatuses);
    int episodes = in.integer();
    for (int i = 0; i < episodes; i++) {
      state.episodes.add(readEpisode(in));
    }
    return state;
  }

  private static void writeStanding(StateOutput out, FoldState state) {
    out.flag(state.begun);
    out.optional(state.createdAtMicros);
    out.optional(state.lastActivityAtMicros);
    out.optionalText(state.status);
    out.number(state.totalCorrection);
    out.flag(state.autoQualified);
    out.flag(state.mayLapse);
    out.flag(state.missedSinceClosing);
    out.number(state.windowOpenedAt);
    out.flag(state.exited);
  }

  private static void readStanding(StateInput in, FoldState state) {
    state.begun = in.flag();
    state.createdAtMicros = in.optional();
    state.lastActivityAtMicros = in.optional();
    state.status = in.optionalText();
    state.totalCorrection = in.number();
    state.autoQualified = in.flag();
    state.mayLapse = in.flag();
    state.missedSinceClosing = in.flag();
    state.windowOpenedAt = in.number();
    state.exited = in.flag();
  }

  private static void writeKnown(StateOutput out, @Nullable Known known) {
    out.flag(known != null);
    if (known != null) {
      out.optional(known.createdAtMicros());
      writeAttributes(out, known.attributes());
      out.integer(known.changes().size());
      for (Attributes.Change change : known.changes()) {
        out.number(change.occurredAtMicros());
        writeAttributes(out, change.attributes());
      }
    }
  }

  private static @Nullable Known readKnown(StateInput in) {
    if (!in.flag()) {
      return null;
    }
    Long createdAt = in.optional();
    Attributes attributes = readAttributes(in);
    int size = in.integer();
    if (size == 0) {
      return new Known(createdAt, attributes, List.of());
    }
    List<Attributes.Change> changes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      changes.add(new Attributes.Change(in.number(), readAttributes(in)));
    }
    return new Known(createdAt, attributes, List.copyOf(changes));
  }

  private static void writeAttributes(StateOutput out, Attributes attributes) {
    String[] holds = attributes.holds().toArray(new String[0]);
    Arrays.sort(holds);
    out.integer(holds.length);
    for (String rule : holds) {
      out.text(rule);
    }
    writePoints(out, attributes.points());
    out.optionalText(attributes.excludedBecause());
    out.optionalText(attributes.segment());
    out.flag(attributes.inPopulation());
  }

  private static void writePoints(StateOutput out, Map<String, Long> points) {
    out.integer(points.size());
    if (points.isEmpty()) {
      return;
    }
    for (Map.Entry<String, Long> entry : new TreeMap<>(points).entrySet()) {
      out.text(entry.getKey());
      out.number(entry.getValue());
    }
  }

  private static Attributes readAttributes(StateInput in) {
    return new Attributes(
        readTexts(in), in.numbersByText(), in.optionalText(), in.optionalText(), in.flag());
  }

  private static Set<String> readTexts(StateInput in) {
    int size = in.integer();
    if (size == 0) {
      return Set.of();
    }
    Set<String> texts = new HashSet<>();
    for (int i = 0; i < size; i++) {
      texts.add(in.text());
    }
    return texts;
  }

  private static void writeAwards(StateOutput out, Awards awards) {
    out.integer(awards.size());
    long last = 0;
    for (int i = 0; i < awards.size(); i++) {
      out.difference(awards.at(i) - last);
      out.difference(awards.microPoints(i));
      out.integer(awards.curve(i) + 1);
      last = awards.at(i);
    }
  }

  private static Awards readAwards(StateInput in) {
    int size = in.size(3);
    Awards awards = size == 0 ? new Awards() : new Awards(size + 1);
    long last = 0;
    for (int i = 0; i < size; i++) {
      last += in.difference();
      awards.add(last, in.difference(), in.integer() - 1);
    }
    return awards;
  }

  private static void writeRecent(StateOutput out, RecentAwards recent) {
    out.integer(recent.limit());
    out.integer(recent.count());
    for (int i = 0; i < recent.count(); i++) {
      out.number(recent.at(i));
    }
  }

  private static RecentAwards readRecent(StateInput in) {
    RecentAwards recent = new RecentAwards(in.integer());
    int size = in.size(Long.BYTES);
    for (int i = 0; i < size; i++) {
      recent.add(in.number());
    }
    return recent;
  }

  private static void writeStatuses(StateOutput out, Set<StatusChange> seen) {
    StatusChange[] statuses = seen.toArray(new StatusChange[0]);
    Arrays.sort(statuses, History.STATUS_ORDER);
    out.integer(statuses.length);
    for (StatusChange status : statuses) {
      writeStatus(out, status);
    }
  }

  private static void readStatuses(StateInput in, Set<StatusChange> seen) {
    int size = in.integer();
    for (int i = 0; i < size; i++) {
      seen.add(new StatusChange(in.text(), in.number(), in.optionalText()));
    }
  }

  private static void writeStatus(StateOutput out, StatusChange status) {
    out.text(status.status());
    out.number(status.occurredAtMicros());
    out.optionalText(status.reason());
  }

  private static void writeEpisode(StateOutput out, ScoreCard.Episode episode) {
    out.integer(episode.number());
    out.number(episode.openedAtMicros());
    out.number(episode.scoreAtMql());
    out.integer(episode.dimensionsAtMql().size());
    for (Map.Entry<String, Long> dimension : episode.dimensionsAtMql().entrySet()) {
      out.text(dimension.getKey());
      out.number(dimension.getValue());
    }
    out.optionalText(episode.levelAtMql());
    out.text(episode.reasonsAtMql());
    out.text(episode.versionAtMql());
    out.optional(episode.acceptedAtMicros());
    out.optional(episode.closedAtMicros());
    out.optionalText(episode.closedBy());
    out.optionalText(episode.reason());
  }

  private static ScoreCard.Episode readEpisode(StateInput in) {
    return new ScoreCard.Episode(
        in.integer(),
        in.number(),
        in.number(),
        in.numbersByText(),
        in.optionalText(),
        in.text(),
        in.text(),
        in.optional(),
        in.optional(),
        in.optionalText(),
        in.optionalText());
  }
}
