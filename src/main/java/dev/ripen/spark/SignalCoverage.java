package dev.ripen.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which signals the state holds: rules by id, and the UTC days from–through that were read.
 *
 * @param rules ids as {@code name@fingerprint}
 * @param loadedThrough the latest {@code loaded_at} of the events; empty where they have none
 * @param firstEvent the day of the earliest event that was read, whether a rule matched or not
 */
record SignalCoverage(
    LocalDate from,
    LocalDate through,
    Set<String> rules,
    Optional<Instant> loadedThrough,
    Optional<LocalDate> firstEvent) {
  private static final ObjectMapper JSON = new ObjectMapper();

  SignalCoverage {
    rules = Set.copyOf(rules);
  }

  /**
   * What a night has to read.
   *
   * @param from first day to read for all rules
   * @param full whether everything stored is replaced
   * @param fresh rules that must also be read for the days before {@code from}
   * @param stale rules whose stored signals are of no use any more
   * @param late days before {@code from} for which events have come since, to be read again
   */
  record Work(
      LocalDate historyFrom,
      LocalDate from,
      LocalDate through,
      boolean full,
      Set<String> fresh,
      Set<String> stale,
      Set<LocalDate> late) {
    Work withLate(Set<LocalDate> days) {
      Set<LocalDate> all = new TreeSet<>(late);
      all.addAll(days);
      return new Work(historyFrom, from, through, full, fresh, stale, all);
    }
  }

  /** With what was known before of what was not read now. */
  SignalCoverage after(SignalCoverage before) {
    return new SignalCoverage(
        from,
        through,
        rules,
        Stream.concat(loadedThrough.stream(), before.loadedThrough.stream())
            .max(Comparator.naturalOrder()),
        Stream.concat(firstEvent.stream(), before.firstEvent.stream())
            .min(Comparator.naturalOrder()));
  }

  /** The same days, as if no rule's signals were stored: they are all read again. */
  SignalCoverage forgettingRules() {
    return new SignalCoverage(from, through, Set.of(), loadedThrough, firstEvent);
  }

  /** What a definition wants, and how far a night looks back. */
  record Wanted(Collection<String> rules, LocalDate today, int historyDays, int lookBackDays) {
    LocalDate historyFrom() {
      return today.minusDays(historyDays - 1L);
    }
  }

  /** Decides what to read. Pure. */
  static Work plan(Optional<SignalCoverage> stored, Wanted wanted, ReadAgain again) {
    Set<String> rules = new TreeSet<>(wanted.rules());
    LocalDate historyFrom = wanted.historyFrom();
    if (stored.isEmpty()) {
      LocalDate from = again.from().orElse(historyFrom);
      return rebuild(from, wanted.today(), rules);
    }
    SignalCoverage have = stored.get();
    LocalDate through = have.through();
    boolean nothingInCommon = rules.stream().noneMatch(have.rules()::contains);
    boolean gap = through.isBefore(historyFrom);
    boolean longer =
        historyFrom.isBefore(have.from()) && wanted.today().isAfter(through.minusDays(1));
    boolean grown = have.from().minusDays(wanted.historyDays()).isAfter(historyFrom);
    if (again.everything() || nothingInCommon || gap || (longer && grown)) {
      LocalDate kept = have.from().isBefore(historyFrom) ? have.from() : historyFrom;
      return rebuild(again.everything() ? again.from().orElse(kept) : kept, wanted.today(), rules);
    }
    LocalDate newest = wanted.today().isBefore(through) ? wanted.today() : through;
    LocalDate recent = newest.minusDays(wanted.lookBackDays());
    LocalDate from = recent.isBefore(have.from()) ? have.from() : recent;
    Set<String> fresh = new TreeSet<>(rules);
    fresh.removeAll(have.rules());
    Set<String> stale = new TreeSet<>(have.rules());
    stale.removeAll(rules);
    Set<LocalDate> late = new TreeSet<>();
    again
        .from()
        .filter(first -> first.isBefore(from))
        .ifPresent(
            first -> {
              LocalDate end = again.to().map(last -> last.plusDays(1)).orElse(from);
              first.datesUntil(end.isAfter(from) ? from : end).forEach(late::add);
            });
    LocalDate start = again.from().filter(first -> first.isBefore(have.from())).orElse(have.from());
    return new Work(start, from, wanted.today(), false, fresh, stale, late);
  }

  private static Work rebuild(LocalDate from, LocalDate today, Set<String> rules) {
    return new Work(from, from, today, true, rules, Set.of(), Set.of());
  }

  String toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("from", from.toString()).put("through", through.toString());
    new TreeSet<>(rules).forEach(node.putArray("rules")::add);
    loadedThrough.ifPresent(instant -> node.put("loaded_through", instant.toString()));
    firstEvent.ifPresent(day -> node.put("first_event", day.toString()));
    return node.toString();
  }

  static Optional<SignalCoverage> parse(String json) {
    if (json.isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode node = JSON.readTree(json);
      Set<String> rules = new TreeSet<>();
      node.get("rules").forEach(rule -> rules.add(rule.asText()));
      return Optional.of(
          new SignalCoverage(
              LocalDate.parse(node.get("from").asText()),
              LocalDate.parse(node.get("through").asText()),
              rules,
              Optional.ofNullable(node.get("loaded_through"))
                  .map(text -> Instant.parse(text.asText())),
              Optional.ofNullable(node.get("first_event"))
                  .map(text -> LocalDate.parse(text.asText()))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read the signal coverage of the state", e);
    }
  }

  /** Names without fingerprints, for people. */
  static String names(Collection<String> ruleIds) {
    return ruleIds.stream()
        .map(id -> id.substring(0, id.lastIndexOf('@')))
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
