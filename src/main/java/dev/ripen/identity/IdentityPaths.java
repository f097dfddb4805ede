package dev.ripen.identity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds how each id of a person came to the one that names the person. The ways are short, and lead
 * over what was seen last.
 */
public final class IdentityPaths {
  private final IdentityRules rules;
  private final Map<String, @Nullable String> people;
  private final String person;
  private final Map<String, List<Link>> links = new HashMap<>();

  /** The next id on the way to the person, by id; empty steps: the person's own. */
  private final TreeMap<String, IdentityPath.@Nullable Step> next = new TreeMap<>(Link.BY_BYTES);

  private IdentityPaths(
      Collection<Link> links,
      Map<String, @Nullable String> people,
      String person,
      IdentityRules rules) {
    this.rules = rules;
    this.people = people;
    this.person = person;
    for (Link link : links) {
      this.links.computeIfAbsent(link.id(), id -> new ArrayList<>()).add(link);
      this.links.computeIfAbsent(link.otherId(), id -> new ArrayList<>()).add(link);
    }
  }

  /**
   * The ways of all ids of a person, by the order of their UTF-8 bytes.
   *
   * @param links that count, at least all of the person's component
   * @param people the person of each id of that component; null: nobody's
   */
  public static List<IdentityPath> of(
      Collection<Link> links,
      Map<String, @Nullable String> people,
      String person,
      IdentityRules rules) {
    return new IdentityPaths(links, people, person, rules).paths();
  }

  private List<IdentityPath> paths() {
    next.put(person, null);
    walk(id -> isOfPerson(id) && !rules.isShared(id));
    if (rules.isKnown(person)) {
      identify();
    }
    walk(this::isOfPerson);
    // Somebody else's device can be what an anonymous id and this person have in common.
    walk(id -> isOfPerson(id) || (rules.isShared(id) && people.get(id) != null));
    return next.keySet().stream().filter(this::isOfPerson).map(this::path).toList();
  }

  private boolean isOfPerson(String id) {
    return person.equals(people.get(id));
  }

  /** From everything that was reached on, one step further at a time. */
  private void walk(Predicate<String> allowed) {
    TreeSet<String> edge = new TreeSet<>(next.navigableKeySet());
    while (!edge.isEmpty()) {
      TreeMap<String, Link> found = new TreeMap<>(Link.BY_BYTES);
      for (String from : edge) {
        for (Link link : links.getOrDefault(from, List.of())) {
          String id = link.other(from);
          if (!next.containsKey(id) && allowed.test(id)) {
            found.merge(id, link, (a, b) -> later(id, a, b));
          }
        }
      }
      edge = new TreeSet<>(Link.BY_BYTES);
      edge.addAll(found.keySet());
      found.forEach((id, link) -> reach(id, link, false));
    }
  }

  /** Shared ids that were seen with the person go by what was seen last, not by what is nearest. */
  private void identify() {
    Map<String, Link> latest = new HashMap<>();
    for (String from : next.keySet()) {
      for (Link link : links.getOrDefault(from, List.of())) {
        String id = link.other(from);
        if (rules.isShared(id) && isOfPerson(id)) {
          latest.merge(id, link, (a, b) -> later(id, a, b));
        }
      }
    }
    latest.forEach((id, link) -> reach(id, link, true));
  }

  private void reach(String id, Link link, boolean identifies) {
    next.put(id, new IdentityPath.Step(link.other(id), link.seenAtMicros(), identifies));
  }

  private static Link later(String id, Link left, Link right) {
    int order = Link.BY_TIME.compare(left.seenAtMicros(), right.seenAtMicros());
    if (order != 0) {
      return order > 0 ? left : right;
    }
    return Link.BY_BYTES.compare(left.other(id), right.other(id)) <= 0 ? left : right;
  }

  private IdentityPath path(String id) {
    List<IdentityPath.Step> steps = new ArrayList<>();
    for (var step = next.get(id); step != null; step = next.get(step.to())) {
      steps.add(step);
    }
    return new IdentityPath(id, steps);
  }
}
