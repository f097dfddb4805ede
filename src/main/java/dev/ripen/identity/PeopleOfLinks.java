package dev.ripen.identity;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the people in links, in memory. The order of the links changes nothing. Whole components
 * may be left out: each is decided by its own links alone.
 *
 * <ol>
 *   <li>Ids that change hands left aside, ids that links join are one: a known person if there is
 *       an id of a CRM or an address among them, else anonymous.
 *   <li>A shared id that was seen with more known people than allowed is nobody's, and joins
 *       nothing. Any other goes to the known person with whom it was seen last.
 *   <li>Shared ids and anonymous ones that links join form a group. What of it has no known person
 *       of its own goes to the one whom any shared id of the group saw last. A group that has seen
 *       nobody known is one anonymous person.
 * </ol>
 *
 * Of instants that are equal, the least person id wins.
 */
public final class PeopleOfLinks {
  private final IdentityRules rules;
  private final List<JudgedLink> links;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> ids = new ArrayList<>();
  private final boolean[] shared;
  private final DisjointSets components;
  private final DisjointSets unshared;
  private final DisjointSets groups;
  private final Map<Integer, String> known = new HashMap<>();
  private final Map<Integer, Map<String, Seen>> seenBy = new HashMap<>();

  /** A known person, and when a shared id was seen with him last. */
  private record Seen(String personId, @Nullable Long atMicros) {
    static Seen later(Seen left, Seen right) {
      int order = Link.BY_TIME.compare(left.atMicros, right.atMicros);
      if (order == 0) {
        return Link.BY_BYTES.compare(left.personId, right.personId) <= 0 ? left : right;
      }
      return order > 0 ? left : right;
    }
  }

  private PeopleOfLinks(Collection<JudgedLink> judged, IdentityRules rules) {
    this.rules = rules;
    links = List.copyOf(judged);
    for (JudgedLink link : links) {
      number(link.link().id());
      number(link.link().otherId());
    }
    shared = new boolean[ids.size()];
    for (int i = 0; i < shared.length; i++) {
      shared[i] = rules.isShared(ids.get(i));
    }
    components = new DisjointSets(ids.size());
    unshared = new DisjointSets(ids.size());
    groups = new DisjointSets(ids.size());
  }

  /** Everybody: each id once, by the order of UTF-8 bytes. */
  public static List<PersonId> of(Collection<JudgedLink> links, IdentityRules rules) {
    return new PeopleOfLinks(links, rules).people();
  }

  private int number(String id) {
    return numbers.computeIfAbsent(
        id,
        unseen -> {
          ids.add(unseen);
          return ids.size() - 1;
        });
  }

  private interface Ends {
    void accept(int id, int other, Link link);
  }

  private void forEachThatCounts(Ends action) {
    for (JudgedLink judged : links) {
      if (judged.counts()) {
        Link link = judged.link();
        action.accept(number(link.id()), number(link.otherId()), link);
      }
    }
  }

  private List<PersonId> people() {
    forEachThatCounts(
        (id, other, link) -> {
          components.join(id, other);
          if (!shared[id] && !shared[other]) {
            unshared.join(id, other);
          }
        });
    nameKnownPeople();
    forEachThatCounts(this::identify);
    forEachThatCounts(
        (id, other, link) -> {
          if (isOfGroup(id) && isOfGroup(other)) {
            groups.join(id, other);
          }
        });
    return assign();
  }

  private void nameKnownPeople() {
    for (int i = 0; i < shared.length; i++) {
      if (rules.isKnown(ids.get(i))) {
        known.merge(unshared.setOf(i), ids.get(i), BinaryOperator.minBy(rules.byPreference()));
      }
    }
  }

  private void identify(int id, int other, Link link) {
    if (shared[id] == shared[other]) {
      return;
    }
    String person = known.get(unshared.setOf(shared[id] ? other : id));
    if (person != null) {
      seenBy
          .computeIfAbsent(shared[id] ? id : other, unseen -> new HashMap<>())
          .merge(person, new Seen(person, link.seenAtMicros()), Seen::later);
    }
  }

  private boolean isNobodys(int number) {
    return seenBy.getOrDefault(number, Map.of()).size() > rules.maxPeople();
  }

  private boolean isOfGroup(int number) {
    return shared[number] ? !isNobodys(number) : !known.containsKey(unshared.setOf(number));
  }

  private List<PersonId> assign() {
    Map<Integer, Seen> lastSeen = new HashMap<>();
    Map<Integer, String> anonymous = new HashMap<>();
    Map<Integer, String> least = new HashMap<>();
    for (int i = 0; i < shared.length; i++) {
      least.merge(components.setOf(i), ids.get(i), BinaryOperator.minBy(Link.BY_BYTES));
      if (isOfGroup(i)) {
        int group = groups.setOf(i);
        anonymous.merge(group, ids.get(i), BinaryOperator.minBy(rules.byPreference()));
        for (Seen seen : seenBy.getOrDefault(i, Map.of()).values()) {
          lastSeen.merge(group, seen, Seen::later);
        }
      }
    }
    List<PersonId> people = new ArrayList<>();
    for (int i = 0; i < shared.length; i++) {
      String component = requireNonNull(least.get(components.setOf(i)));
      people.add(new PersonId(ids.get(i), person(i, lastSeen, anonymous), component));
    }
    people.sort(Comparator.comparing(PersonId::id, Link.BY_BYTES));
    return people;
  }

  private @Nullable String person(
      int number, Map<Integer, Seen> lastSeen, Map<Integer, String> anonymous) {
    if (!isOfGroup(number)) {
      return shared[number] ? null : known.get(unshared.setOf(number));
    }
    int group = groups.setOf(number);
    return seenBy.getOrDefault(number, Map.of()).values().stream()
        .reduce(Seen::later)
        .or(() -> Optional.ofNullable(lastSeen.get(group)))
        .map(Seen::personId)
        .orElseGet(() -> anonymous.get(group));
  }
}
