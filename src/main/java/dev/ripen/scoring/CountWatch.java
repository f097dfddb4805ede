package dev.ripen.scoring;

import dev.ripen.scoring.FoldState.SignalKey;
import dev.ripen.scoring.History.Occurrence;
import dev.ripen.scoring.IndexedModel.IndexedRule;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts the signals that one count rule waits for. */
final class CountWatch {
  private final IndexedRule rule;
  private final Trigger.Count count;
  private final ZoneId zone;

  /** In time order. */
  private final List<Long> times = new ArrayList<>();

  private CountWatch(IndexedRule rule, Trigger.Count count, ZoneId zone) {
    this.rule = rule;
    this.count = count;
    this.zone = zone;
  }

  /** One per count rule that can award, in rule order, with the signals that were seen before. */
  static List<CountWatch> resume(IndexedModel model, FoldState state, Facts facts) {
    List<CountWatch> watches = new ArrayList<>();
    for (IndexedRule rule : model.countRules) {
      boolean holds =
          !rule.rule().conditions().lead()
              || facts.attributes().holds().contains(rule.rule().name());
      if (rule.rule().trigger() instanceof Trigger.Count count && holds) {
        CountWatch watch = new CountWatch(rule, count, model.model.zone());
        watch.recall(model, state);
        watches.add(watch);
      }
    }
    return watches;
  }

  private void recall(IndexedModel model, FoldState state) {
    for (Map.Entry<SignalKey, Long> seen : state.seenSignals.entrySet()) {
      if (count.rules().contains(model.rules.get(seen.getKey().rule()).rule().name())) {
        times.add(seen.getValue());
      }
    }
    Collections.sort(times);
  }

  IndexedRule rule() {
    return rule;
  }

  /** Takes the signals of an instant; whether with them, and not without, there are enough. */
  boolean becomesEnough(long atMicros, List<Occurrence> signals) {
    int size = times.size();
    for (Occurrence signal : signals) {
      if (count.rules().contains(signal.rule().rule().name())) {
        times.add(atMicros);
      }
    }
    return times.size() > size
        && isEnough(times, atMicros)
        && !isEnough(times.subList(0, size), atMicros);
  }

  private boolean isEnough(List<Long> until, long atMicros) {
    long from = atMicros - count.windowMicros();
    int first = until.size();
    while (first > 0 && until.get(first - 1) > from) {
      first--;
    }
    List<Long> inWindow = until.subList(first, until.size());
    if (count.unit() == Trigger.Count.Unit.SIGNALS) {
      return inWindow.size() >= count.atLeast();
    }
    Set<LocalDate> dates = new HashSet<>();
    inWindow.forEach(time -> dates.add(LocalDay.of(time, zone).date()));
    return dates.size() >= count.atLeast();
  }
}
