package dev.ripen.sqlmodel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts names into an order in which everything comes after what it reads. */
final class ModelOrder {
  private final Map<String, Set<String>> reads;

  /**
   * An order over a graph.
   *
   * @param reads by name; names that are no keys are left out
   */
  ModelOrder(Map<String, Set<String>> reads) {
    this.reads = new TreeMap<>();
    reads.forEach((name, others) -> this.reads.put(name, new TreeSet<>(others)));
    this.reads.values().forEach(others -> others.retainAll(this.reads.keySet()));
  }

  /** Those that can be ordered; among equals the lesser name first. */
  List<String> sorted() {
    Map<String, Set<String>> waiting = new HashMap<>();
    reads.forEach((name, others) -> waiting.put(name, new HashSet<>(others)));
    TreeSet<String> ready = new TreeSet<>();
    waiting.forEach((name, others) -> addIfReady(ready, name, others));
    List<String> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      String next = ready.pollFirst();
      order.add(next);
      waiting.forEach(
          (name, others) -> {
            if (others.remove(next)) {
              addIfReady(ready, name, others);
            }
          });
    }
    return order;
  }

  private static void addIfReady(Set<String> ready, String name, Set<String> others) {
    if (others.isEmpty()) {
      ready.add(name);
    }
  }

  /** Each cycle once, as a path that starts and ends with its least name. */
  List<List<String>> cycles() {
    Set<List<String>> cycles = new LinkedHashSet<>();
    Set<String> told = new HashSet<>();
    for (String start : reads.keySet()) {
      if (told.contains(start)) {
        continue;
      }
      List<String> path = shortestWayBack(start);
      if (!path.isEmpty()) {
        told.addAll(path);
        cycles.add(path);
      }
    }
    return List.copyOf(cycles);
  }

  /** Everything that a name reads, directly or not; the name itself only in a cycle. */
  Set<String> transitive(String name) {
    Set<String> found = new TreeSet<>();
    List<String> open = new ArrayList<>(reads.getOrDefault(name, Set.of()));
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      if (found.add(next)) {
        open.addAll(reads.getOrDefault(next, Set.of()));
      }
    }
    return found;
  }

  private List<String> shortestWayBack(String start) {
    List<List<String>> paths = new ArrayList<>(List.of(List.of(start)));
    Set<String> visited = new HashSet<>();
    for (int i = 0; i < paths.size(); i++) {
      List<String> path = paths.get(i);
      for (String next : reads.getOrDefault(path.get(path.size() - 1), Set.of())) {
        List<String> longer = new ArrayList<>(path);
        longer.add(next);
        if (next.equals(start)) {
          return List.copyOf(longer);
        }
        if (visited.add(next)) {
          paths.add(longer);
        }
      }
    }
    return List.of();
  }
}
