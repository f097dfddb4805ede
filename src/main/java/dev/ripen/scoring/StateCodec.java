package dev.ripen.scoring;

import dev.ripen.scoring.FoldState.Known;
import dev.ripen.scoring.FoldState.SignalKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes and reads {@link FoldState} as bytes. A change of the form needs a new number. */
final class StateCodec {
  static final int FORMAT = 2;

  private static final Comparator<Map.Entry<SignalKey, Long>> SEEN_ORDER =
      Comparator.<Map.Entry<SignalKey, Long>>comparingLong(Map.Entry::getValue)
          .thenComparing(entry -> entry.getKey().name())
          .thenComparing(entry -> entry.getKey().eventId())
          .thenComparing(entry -> entry.getKey().visitorId());

  private StateCodec() {}

  static byte[] encode(FoldState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (StateOutput out = new StateOutput(new DataOutputStream(bytes))) {
      out.integer(FORMAT);
      out.text(state.fingerprint);
      out.integer(state.awards.length);
      out.integer(state.recent.length);
      out.integer(state.corrections.length);
      out.number(state.untilMicros);
      writeKnown(out, state.known);
      writeStanding(out, state);
      for (int i = 0; i < state.awards.length; i++) {
        writeAwards(out, state.awards[i]);
      }
      for (int i = 0; i < state.recent.length; i++) {
        out.numbers(state.recent[i].limit(), state.recent[i].times());
        out.number(state.lastAt[i]);
      }
      for (long correction : state.corrections) {
        out.number(correction);
      }
      writeSeen(out, state);
      out.integer(state.episodes.size());
      for (ScoreCard.Episode episode : state.episodes) {
        writeEpisode(out, episode);
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  static FoldState decode(byte[] encoded) {
    try (StateInput in = new StateInput(new DataInputStream(new ByteArrayInputStream(encoded)))) {
      int format = in.integer();
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "a timeline state of format "
                + format
                + " cannot be read: this version of ripen reads format "
                + FORMAT);
      }
      return read(in);
    } catch (IOException e) {
      throw new IllegalArgumentException("a timeline state is damaged", e);
    }
  }

  private static FoldState read(StateInput in) throws IOException {
    FoldState state = new FoldState(in.text(), in.integer(), in.integer(), in.integer());
    state.untilMicros = in.number();
    state.known = readKnown(in);
    readStanding(in, state);
    for (int i = 0; i < state.awards.length; i++) {
      state.awards[i] = readAwards(in);
    }
    for (int i = 0; i < state.recent.length; i++) {
      state.recent[i] = new RecentAwards(in.integer());
      for (long time : in.numbers()) {
        state.recent[i].add(time);
      }
      state.lastAt[i] = in.number();
    }
    for (int i = 0; i < state.corrections.length; i++) {
      state.corrections[i] = in.number();
    }
    readSeen(in, state);
    int episodes = in.integer();
    for (int i = 0; i < episodes; i++) {
      state.episodes.add(readEpisode(in));
    }
    return state;
  }

  private static void writeStanding(StateOutput out, FoldState state) throws IOException {
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

  private static void readStanding(StateInput in, FoldState state) throws IOException {
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

  private static void writeKnown(StateOutput out, @Nullable Known known) throws IOException {
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

  private static @Nullable Known readKnown(StateInput in) throws IOException {
    if (!in.flag()) {
      return null;
    }
    Long createdAt = in.optional();
    Attributes attributes = readAttributes(in);
    List<Attributes.Change> changes = new ArrayList<>();
    int size = in.integer();
    for (int i = 0; i < size; i++) {
      changes.add(new Attributes.Change(in.number(), readAttributes(in)));
    }
    return new Known(createdAt, attributes, List.copyOf(changes));
  }

  private static void writeAttributes(StateOutput out, Attributes attributes) throws IOException {
    out.integer(attributes.holds().size());
    for (String rule : attributes.holds().stream().sorted().toList()) {
      out.text(rule);
    }
    out.integer(attributes.points().size());
    for (Map.Entry<String, Long> points : new TreeMap<>(attributes.points()).entrySet()) {
      out.text(points.getKey());
      out.number(points.getValue());
    }
    out.optionalText(attributes.excludedBecause());
    out.optionalText(attributes.segment());
    out.flag(attributes.inPopulation());
  }

  private static Attributes readAttributes(StateInput in) throws IOException {
    Set<String> holds = new HashSet<>();
    int size = in.integer();
    for (int i = 0; i < size; i++) {
      holds.add(in.text());
    }
    return new Attributes(
        holds, in.numbersByText(), in.optionalText(), in.optionalText(), in.flag());
  }

  private static void writeAwards(StateOutput out, Awards awards) throws IOException {
    out.integer(awards.size());
    for (int i = 0; i < awards.size(); i++) {
      out.number(awards.at(i));
      out.number(awards.microPoints(i));
      out.integer(awards.curve(i) + 1);
    }
  }

  private static Awards readAwards(StateInput in) throws IOException {
    Awards awards = new Awards();
    int size = in.integer();
    for (int i = 0; i < size; i++) {
      awards.add(in.number(), in.number(), in.integer() - 1);
    }
    return awards;
  }

  private static void writeSeen(StateOutput out, FoldState state) throws IOException {
    List<Map.Entry<SignalKey, Long>> seen = new ArrayList<>(state.seenSignals.entrySet());
    seen.sort(SEEN_ORDER);
    out.integer(seen.size());
    for (Map.Entry<SignalKey, Long> entry : seen) {
      out.integer(entry.getKey().name());
      out.text(entry.getKey().visitorId());
      out.text(entry.getKey().eventId());
      out.number(entry.getValue());
    }
    List<StatusChange> statuses = new ArrayList<>(state.seenStatuses);
    statuses.sort(History.STATUS_ORDER);
    out.integer(statuses.size());
    for (StatusChange status : statuses) {
      out.text(status.status());
      out.number(status.occurredAtMicros());
      out.optionalText(status.reason());
    }
  }

  private static void readSeen(StateInput in, FoldState state) throws IOException {
    int signals = in.integer();
    for (int i = 0; i < signals; i++) {
      SignalKey key = new SignalKey(in.integer(), in.text(), in.text());
      state.seenSignals.put(key, in.number());
    }
    int statuses = in.integer();
    for (int i = 0; i < statuses; i++) {
      state.seenStatuses.add(new StatusChange(in.text(), in.number(), in.optionalText()));
    }
  }

  private static void writeEpisode(StateOutput out, ScoreCard.Episode episode) throws IOException {
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

  private static ScoreCard.Episode readEpisode(StateInput in) throws IOException {
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
