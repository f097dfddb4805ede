package dev.ripen.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which signals the state holds: rules by id, and the UTC days from–through that were read.
 *
 * @param rules ids as {@code name@fingerprint}
 */
record SignalCoverage(LocalDate from, LocalDate through, Set<String> rules) {
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
   */
  record Work(
      LocalDate historyFrom,
      LocalDate from,
      LocalDate through,
      boolean full,
      Set<String> fresh,
      Set<String> stale) {}

  /** Decides what to read. Pure. */
  static Work plan(
      Optional<SignalCoverage> stored,
      Collection<String> rules,
      LocalDate today,
      int historyDays,
      int lookBackDays) {
    LocalDate historyFrom = today.minusDays(historyDays - 1L);
    Set<String> wanted = new TreeSet<>(rules);
    if (stored.isEmpty()) {
      return new Work(historyFrom, historyFrom, today, true, wanted, Set.of());
    }
    SignalCoverage have = stored.get();
    boolean nothingInCommon = wanted.stream().noneMatch(have.rules()::contains);
    boolean gap = have.through().isBefore(historyFrom);
    boolean longer =
        historyFrom.isBefore(have.from()) && today.isAfter(have.through().minusDays(1));
    boolean grown = have.from().minusDays(historyDays).isAfter(historyFrom);
    if (nothingInCommon || gap || (longer && grown)) {
      return new Work(historyFrom, historyFrom, today, true, wanted, Set.of());
    }
    LocalDate newest = today.isBefore(have.through()) ? today : have.through();
    LocalDate from = newest.minusDays(lookBackDays);
    Set<String> fresh = new TreeSet<>(wanted);
    fresh.removeAll(have.rules());
    Set<String> stale = new TreeSet<>(have.rules());
    stale.removeAll(wanted);
    return new Work(
        have.from(), from.isBefore(have.from()) ? have.from() : from, today, false, fresh, stale);
  }

  String toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("from", from.toString()).put("through", through.toString());
    new TreeSet<>(rules).forEach(node.putArray("rules")::add);
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
              rules));
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
