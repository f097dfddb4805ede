package dev.ripen.scoring;

import dev.ripen.scoring.FoldState.SignalKey;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts after one instant and up to another, without copies, in the order in which the fold
 * takes them.
 */
final class History {
  static final Comparator<StatusChange> STATUS_ORDER =
      Comparator.comparingLong(StatusChange::occurredAtMicros)
          .thenComparing(StatusChange::status)
          .thenComparing(StatusChange::reason, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final List<Occurrence> signals = new ArrayList<>();
  private final List<StatusChange> statuses = new ArrayList<>();
  private int nextSignal;
  private int nextStatus;

  /** A signal that the model has a rule for. */
  record Occurrence(long atMicros, IndexedRule rule, Signal signal, long microPoints)
      implements Comparable<Occurrence> {
    static Occurrence ofCount(IndexedRule rule, long atMicros) {
      Signal signal = new Signal("", "", rule.rule().name(), atMicros, null);
      return new Occurrence(atMicros, rule, signal, rule.rule().microPoints());
    }

    SignalKey key() {
      return new SignalKey(rule.index(), signal.visitorId(), signal.eventId());
    }

    @Override
    public int compareTo(Occurrence other) {
      if (atMicros != other.atMicros) {
        return Long.compare(atMicros, other.atMicros);
      }
      if (rule.index() != other.rule.index()) {
        return Integer.compare(rule.index(), other.rule.index());
      }
      int order = compareUtf8(signal.eventId(), other.signal.eventId());
      if (order == 0) {
        order = compareUtf8(signal.visitorId(), other.signal.visitorId());
      }
      return order != 0 ? order : Long.compare(microPoints, other.microPoints);
    }
  }

  private History() {}

  /** What {@code state} has not seen, up to {@code untilMicros}; marks it as seen there. */
  static History after(FoldState state, IndexedModel model, Facts facts, long untilMicros) {
    History history = new History();
    List<Occurrence> occurrences = new ArrayList<>(facts.signals().size());
    for (Signal signal : facts.signals()) {
      if (signal.occurredAtMicros() > state.untilMicros
          && signal.occurredAtMicros() <= untilMicros) {
        Occurrence occurrence = match(signal, model, facts);
        if (occurrence != null) {
          occurrences.add(occurrence);
        }
      }
    }
    occurrences.sort(null);
    for (Occurrence occurrence : occurrences) {
      if (state.seenSignals.putIfAbsent(occurrence.key(), occurrence.atMicros) == null) {
        history.signals.add(occurrence);
      }
    }
    for (StatusChange status : facts.statuses()) {
      long at = status.occurredAtMicros();
      if (at > state.untilMicros && at <= untilMicros && state.seenStatuses.add(status)) {
        history.statuses.add(status);
      }
    }
    history.statuses.sort(STATUS_ORDER);
    return history;
  }

  /** Whether a fact belongs before the instant the state has reached, and the state missed it. */
  static boolean hasLateFacts(FoldState state, IndexedModel model, Facts facts) {
    for (Signal signal : facts.signals()) {
      if (signal.occurredAtMicros() <= state.untilMicros) {
        Occurrence occurrence = match(signal, model, facts);
        if (occurrence != null) {
          Long seenAt = state.seenSignals.get(occurrence.key());
          if (seenAt == null || occurrence.atMicros < seenAt) {
            return true;
          }
        }
      }
    }
    for (StatusChange status : facts.statuses()) {
      if (status.occurredAtMicros() <= state.untilMicros && !state.seenStatuses.contains(status)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Occurrence match(Signal signal, IndexedModel model, Facts facts) {
    IndexedRule rule = model.find(signal.rule());
    if (rule == null || !rule.rule().hasSignals()) {
      return null;
    }
    boolean holds =
        !rule.rule().conditions().lead() || facts.attributes().holds().contains(signal.rule());
    Long own = signal.microPoints();
    long points = own != null ? own : rule.rule().microPoints();
    return holds ? new Occurrence(signal.occurredAtMicros(), rule, signal, points) : null;
  }

  /** The earliest instant that has a fact not yet taken; {@code Long.MAX_VALUE} if none has. */
  long nextInstant() {
    long next = Long.MAX_VALUE;
    if (nextSignal < signals.size()) {
      next = signals.get(nextSignal).atMicros;
    }
    if (nextStatus < statuses.size()) {
      next = Math.min(next, statuses.get(nextStatus).occurredAtMicros());
    }
    return next;
  }

  /** Takes the signals of an instant. */
  List<Occurrence> takeSignals(long atMicros) {
    int from = nextSignal;
    while (nextSignal < signals.size() && signals.get(nextSignal).atMicros == atMicros) {
      nextSignal++;
    }
    return signals.subList(from, nextSignal);
  }

  /** Takes the status changes of an instant. */
  List<StatusChange> takeStatuses(long atMicros) {
    int from = nextStatus;
    while (nextStatus < statuses.size()
        && statuses.get(nextStatus).occurredAtMicros() == atMicros) {
      nextStatus++;
    }
    return statuses.subList(from, nextStatus);
  }

  /** The order of the UTF-8 bytes: as of chars, but surrogates come after all other chars. */
  static int compareUtf8(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean surrogateA = Character.isSurrogate(a);
        boolean surrogateB = Character.isSurrogate(b);
        if (surrogateA != surrogateB) {
          return surrogateA ? 1 : -1;
        }
        return Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
