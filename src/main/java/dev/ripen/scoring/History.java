package dev.ripen.scoring;

import dev.ripen.scoring.FoldState.SignalKey;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The facts after one instant and up to another, in the order in which the fold takes them. Signals
 * may be copies of one another, and their conditions are not judged yet.
 */
final class History {
  static final Comparator<StatusChange> STATUS_ORDER =
      Comparator.comparingLong(StatusChange::occurredAtMicros)
          .thenComparing(StatusChange::status)
          .thenComparing(StatusChange::reason, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final List<Occurrence> signals = new ArrayList<>();
  private final List<StatusChange> statuses = new ArrayList<>();
  private final List<Attributes.Change> changes = new ArrayList<>();
  private int nextSignal;
  private int nextStatus;
  private int nextChange;

  /** Something that a rule may award for. */
  record Occurrence(
      long atMicros, IndexedRule rule, String visitorId, String eventId, long microPoints)
      implements Comparable<Occurrence> {
    /** Of a rule without signals of its own. */
    static Occurrence of(IndexedRule rule, long atMicros) {
      return new Occurrence(atMicros, rule, "", "", rule.rule().microPoints());
    }

    SignalKey key() {
      return SignalKey.of(rule.name(), visitorId, eventId);
    }

    @Override
    public int compareTo(Occurrence other) {
      if (atMicros != other.atMicros) {
        return Long.compare(atMicros, other.atMicros);
      }
      if (rule.order() != other.rule.order()) {
        return Integer.compare(rule.order(), other.rule.order());
      }
      int order = compareUtf8(eventId, other.eventId);
      if (order == 0) {
        order = compareUtf8(visitorId, other.visitorId);
      }
      return order != 0 ? order : Long.compare(microPoints, other.microPoints);
    }
  }

  private History() {}

  /** What comes after the state's instant, up to {@code untilMicros}. */
  static History after(FoldState state, ModelTimeline models, Facts facts, long untilMicros) {
    History history = new History();
    long from = state.untilMicros;
    for (Signal signal : facts.signals()) {
      if (signal.occurredAtMicros() > from && signal.occurredAtMicros() <= untilMicros) {
        Occurrence occurrence = match(signal, models);
        if (occurrence != null) {
          history.signals.add(occurrence);
        }
      }
    }
    history.signals.sort(null);
    for (StatusChange status : facts.statuses()) {
      long at = status.occurredAtMicros();
      if (at > from && at <= untilMicros && state.seenStatuses.add(status)) {
        history.statuses.add(status);
      }
    }
    history.statuses.sort(STATUS_ORDER);
    for (Attributes.Change change : FoldState.Known.of(facts, untilMicros).changes()) {
      if (change.occurredAtMicros() > from) {
        history.changes.add(change);
      }
    }
    return history;
  }

  /** Whether a fact belongs before the instant the state has reached, and the state missed it. */
  static boolean hasLateFacts(FoldState state, ModelTimeline models, Facts facts) {
    for (Signal signal : facts.signals()) {
      if (signal.occurredAtMicros() <= state.untilMicros && isLate(signal, state, models, facts)) {
        return true;
      }
    }
    for (StatusChange status : facts.statuses()) {
      if (status.occurredAtMicros() <= state.untilMicros && !state.seenStatuses.contains(status)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLate(Signal signal, FoldState state, ModelTimeline models, Facts facts) {
    Occurrence occurrence = match(signal, models);
    if (occurrence == null
        || !holds(occurrence.rule(), attributesAt(facts, occurrence.atMicros()))) {
      return false;
    }
    int seen = state.seenSignals.find(occurrence.key());
    return seen < 0 || occurrence.atMicros() < state.seenSignals.at(seen);
  }

  private static Attributes attributesAt(Facts facts, long atMicros) {
    Attributes attributes = facts.attributes();
    for (Attributes.Change change : FoldState.Known.of(facts, atMicros).changes()) {
      attributes = change.attributes();
    }
    return attributes;
  }

  /** Whether a rule's predicate over the lead holds, if it has one. */
  static boolean holds(IndexedRule rule, Attributes attributes) {
    return !rule.rule().conditions().lead() || attributes.holds().contains(rule.rule().name());
  }

  private static @Nullable Occurrence match(Signal signal, ModelTimeline models) {
    long at = signal.occurredAtMicros();
    IndexedRule rule = models.models.get(models.versionAt(at)).find(signal.rule());
    if (rule == null || !rule.rule().hasSignals()) {
      return null;
    }
    Long own = signal.microPoints();
    long points = own != null ? own : rule.rule().microPoints();
    return new Occurrence(at, rule, signal.visitorId(), signal.eventId(), points);
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
    if (nextChange < changes.size()) {
      next = Math.min(next, changes.get(nextChange).occurredAtMicros());
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

  /** Takes the change of attributes at an instant; null if there is none. */
  @Nullable Attributes takeAttributes(long atMicros) {
    Attributes attributes = null;
    while (nextChange < changes.size() && changes.get(nextChange).occurredAtMicros() == atMicros) {
      attributes = changes.get(nextChange).attributes();
      nextChange++;
    }
    return attributes;
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
