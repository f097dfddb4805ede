package dev.ripen.scoring;

import static java.util.Objects.requireNonNull;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes and reads {@link FoldState} as bytes. A change of the form needs a new number. */
final class StateCodec {
  static final int FORMAT = 3;

  private static final Comparator<Map.Entry<SignalKey, Long>> SEEN_ORDER =
      Comparator.<Map.Entry<SignalKey, Long>>comparingLong(Map.Entry::getValue)
          .thenComparing(entry -> entry.getKey().name())
          .thenComparing(entry -> entry.getKey().event())
          .thenComparing(entry -> entry.getKey().visitor());

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
    long last = 0;
    for (int i = 0; i < awards.size(); i++) {
      out.difference(awards.at(i) - last);
      out.difference(awards.microPoints(i));
      out.integer(awards.curve(i) + 1);
      last = awards.at(i);
    }
  }

  private static Awards readAwards(StateInput in) throws IOException {
    Awards awards = new Awards();
    int size = in.integer();
    long last = 0;
    for (int i = 0; i < size; i++) {
      last += in.difference();
      awards.add(last, in.difference(), in.integer() - 1);
    }
    return awards;
  }

  private static void writeSeen(StateOutput out, FoldState state) throws IOException {
    List<Map.Entry<SignalKey, Long>> seen = new ArrayList<>(state.seenSignals.entrySet());
    seen.sort(SEEN_ORDER);
    Map<Long, Integer> visitors = new LinkedHashMap<>();
    seen.forEach(entry -> visitors.putIfAbsent(entry.getKey().visitor(), visitors.size()));
    out.integer(visitors.size());
    for (long visitor : visitors.keySet()) {
      out.number(visitor);
    }
    out.integer(seen.size());
    long last = 0;
    for (Map.Entry<SignalKey, Long> entry : seen) {
      out.integer(entry.getKey().name());
      out.integer(requireNonNull(visitors.get(entry.getKey().visitor())));
      out.number(entry.getKey().event());
      out.difference(entry.getValue() - last);
      last = entry.getValue();
    }
    List<StatusChange> statuses = new ArrayList<>(state.seenStatuses);
    statuses.sort(History.STATUS_ORDER);
    out.integer(statuses.size());
    for (StatusChange status : statuses) {
      writeStatus(out, status);
    }
  }

  private static void writeStatus(StateOutput out, StatusChange status) throws IOException {
    out.text(status.status());
    out.number(status.occurredAtMicros());
    out.optionalText(status.reason());
  }

  private static void readSeen(StateInput in, FoldState state) throws IOException {
    List<Long> visitors = new ArrayList<>();
    int size = in.integer();
    for (int i = 0; i < size; i++) {
      visitors.add(in.number());
    }
    int signals = in.integer();
    long last = 0;
    for (int i = 0; i < signals; i++) {
      int name = in.integer();
      int visitor = in.integer();
      if (visitor >= size) {
        throw new IOException("a visitor is missing");
      }
      SignalKey key = new SignalKey(name, visitors.get(visitor), in.number());
      last += in.difference();
      state.seenSignals.put(key, last);
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
