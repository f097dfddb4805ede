package dev.ripen.scoring;

import dev.ripen.scoring.FoldState.Attributes;
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

/** Writes and reads {@link FoldState} as bytes. A change of the form needs a new number. */
final class StateCodec {
  static final int FORMAT = 1;

  private static final Comparator<Map.Entry<SignalKey, Long>> SEEN_ORDER =
      Comparator.<Map.Entry<SignalKey, Long>>comparingLong(Map.Entry::getValue)
          .thenComparing(entry -> entry.getKey().rule())
          .thenComparing(entry -> entry.getKey().eventId())
          .thenComparing(entry -> entry.getKey().visitorId());

  private StateCodec() {}

  static byte[] encode(FoldState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (StateOutput out = new StateOutput(new DataOutputStream(bytes))) {
      out.integer(FORMAT);
      out.text(state.fingerprint);
      out.integer(state.awards.length);
      out.number(state.untilMicros);
      writeAttributes(out, state);
      out.optional(state.createdAtMicros);
      out.optional(state.lastActivityAtMicros);
      out.optionalText(state.status);
      out.flag(state.autoQualified);
      out.flag(state.mayLapse);
      out.flag(state.missedSinceClosing);
      for (int i = 0; i < state.awards.length; i++) {
        writeAwards(out, state.awards[i]);
        out.numbers(state.recent[i].limit(), state.recent[i].times());
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
    FoldState state = new FoldState(in.text(), in.integer());
    state.untilMicros = in.number();
    if (in.flag()) {
      state.attributes =
          new Attributes(in.optional(), readHolds(in), in.optionalText(), in.optionalText());
    }
    state.createdAtMicros = in.optional();
    state.lastActivityAtMicros = in.optional();
    state.status = in.optionalText();
    state.autoQualified = in.flag();
    state.mayLapse = in.flag();
    state.missedSinceClosing = in.flag();
    for (int i = 0; i < state.awards.length; i++) {
      state.awards[i] = readAwards(in);
      state.recent[i] = new RecentAwards(in.integer());
      for (long time : in.numbers()) {
        state.recent[i].add(time);
      }
    }
    readSeen(in, state);
    int episodes = in.integer();
    for (int i = 0; i < episodes; i++) {
      state.episodes.add(readEpisode(in));
    }
    return state;
  }

  private static void writeAttributes(StateOutput out, FoldState state) throws IOException {
    Attributes attributes = state.attributes;
    out.flag(attributes != null);
    if (attributes != null) {
      out.optional(attributes.createdAtMicros());
      out.integer(attributes.holds().size());
      for (String rule : attributes.holds().stream().sorted().toList()) {
        out.text(rule);
      }
      out.optionalText(attributes.excludedBecause());
      out.optionalText(attributes.segment());
    }
  }

  private static Set<String> readHolds(StateInput in) throws IOException {
    Set<String> holds = new HashSet<>();
    int size = in.integer();
    for (int i = 0; i < size; i++) {
      holds.add(in.text());
    }
    return Set.copyOf(holds);
  }

  private static void writeAwards(StateOutput out, Awards awards) throws IOException {
    out.integer(awards.size());
    for (int i = 0; i < awards.size(); i++) {
      out.number(awards.at(i));
      out.number(awards.microPoints(i));
    }
  }

  private static Awards readAwards(StateInput in) throws IOException {
    Awards awards = new Awards();
    int size = in.integer();
    for (int i = 0; i < size; i++) {
      awards.add(in.number(), in.number());
    }
    return awards;
  }

  private static void writeSeen(StateOutput out, FoldState state) throws IOException {
    List<Map.Entry<SignalKey, Long>> seen = new ArrayList<>(state.seenSignals.entrySet());
    seen.sort(SEEN_ORDER);
    out.integer(seen.size());
    for (Map.Entry<SignalKey, Long> entry : seen) {
      out.integer(entry.getKey().rule());
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
