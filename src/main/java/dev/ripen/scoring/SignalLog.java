package dev.ripen.scoring;

import dev.ripen.scoring.FoldState.SignalKey;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All signals so far in time order, for rules that count them. */
final class SignalLog {
  private final ZoneId zone;
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(long atMicros, int name, long visitor) {}

  private SignalLog(ZoneId zone) {
    this.zone = zone;
  }

  /** With what a state has seen. */
  static SignalLog of(FoldState state, ZoneId zone) {
    SignalLog log = new SignalLog(zone);
    SeenSignals seen = state.seenSignals;
    for (int i = 0; i < seen.size(); i++) {
      log.entries.add(new Entry(seen.at(i), seen.name(i), seen.visitor(i)));
    }
    log.entries.sort(Comparator.comparingLong(Entry::atMicros));
    return log;
  }

  void add(long atMicros, SignalKey signal) {
    entries.add(new Entry(atMicros, signal.name(), signal.visitor()));
  }

  int size() {
    return entries.size();
  }

  /**
   * Whether there is enough for a count at an instant.
   *
   * @param names of the rules that count
   * @param size how many entries to look at, from the oldest
   */
  boolean isEnough(Trigger.Count count, List<Integer> names, int size, long atMicros) {
    Long window = count.windowMicros();
    long from = window == null ? Long.MIN_VALUE : atMicros - window;
    Set<Object> distinct = new HashSet<>();
    int found = 0;
    for (int i = size - 1; i >= 0 && entries.get(i).atMicros > from; i--) {
      Entry entry = entries.get(i);
      if (names.contains(entry.name)) {
        found++;
        distinct.add(
            switch (count.unit()) {
              case LOCAL_DAYS -> LocalDay.of(entry.atMicros, zone).date();
              case PEOPLE -> entry.visitor;
              case SIGNALS -> found;
            });
      }
    }
    return distinct.size() >= count.atLeast();
  }
}
