package dev.ripen.identity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The definition of a person, straight from the text and slow: the second opinion of the tests. */
public final class NaivePeople {
  private final List<Link> links;
  private final IdentityRules rules;

  private NaivePeople(List<Link> links, IdentityRules rules) {
    this.links = links;
    this.rules = rules;
  }

  /**
   * Everybody, sorted.
   *
   * @param links in any order, repeated or not
   */
  public static List<PersonId> of(List<Link> links, IdentityRules rules) {
    NaivePeople people = new NaivePeople(links, rules);
    TreeMap<String, PersonId> all = new TreeMap<>(Link.BY_BYTES);
    for (Link link : links) {
      for (String id : List.of(link.id(), link.otherId())) {
        all.put(id, new PersonId(id, people.person(id), people.component(id)));
      }
    }
    return List.copyOf(all.values());
  }

  private String component(String id) {
    return least(reach(id, link -> true), Link.BY_BYTES::compare);
  }

  private @Nullable String person(String id) {
    if (!rules.shared().contains(kind(id)) && isKnown(id)) {
      return name(id);
    }
    if (isNobodys(id)) {
      return null;
    }
    String own = lastKnown(Set.of(id));
    if (own != null) {
      return own;
    }
    Set<String> group = group(id);
    String ofGroup = lastKnown(group);
    return ofGroup != null ? ofGroup : least(group, this::byPreference);
  }

  private boolean counts(Link link) {
    for (String id : List.of(link.id(), link.otherId())) {
      Set<String> partners = new HashSet<>();
      for (Link each : links) {
        if (each.id().equals(id) || each.otherId().equals(id)) {
          partners.add(each.id());
          partners.add(each.otherId());
        }
      }
      partners.remove(id);
      boolean role =
          kind(id).equals("email")
              && id.contains("@")
              && rules
                  .roleAddresses()
                  .contains(id.substring(6, id.indexOf('@')).strip().toLowerCase(Locale.ROOT));
      if (role || partners.size() > rules.maxIds()) {
        return false;
      }
    }
    return true;
  }

  /** All ids that can be reached over links that count and that are wanted. */
  private Set<String> reach(String from, Predicate<Link> wanted) {
    Set<String> reached = new HashSet<>(Set.of(from));
    boolean more = true;
    while (more) {
      more = false;
      for (Link link : links) {
        boolean touches = reached.contains(link.id()) || reached.contains(link.otherId());
        if (touches && wanted.test(link) && counts(link)) {
          more |= reached.add(link.id());
          more |= reached.add(link.otherId());
        }
      }
    }
    return reached;
  }

  private Set<String> sameWithoutShared(String id) {
    return reach(
        id,
        link ->
            !rules.shared().contains(kind(link.id()))
                && !rules.shared().contains(kind(link.otherId())));
  }

  private boolean isKnown(String id) {
    List<String> kinds = rules.prefer().subList(0, rules.prefer().indexOf("email") + 1);
    return sameWithoutShared(id).stream().anyMatch(each -> kinds.contains(kind(each)));
  }

  private String name(String id) {
    return least(sameWithoutShared(id), this::byPreference);
  }

  private Set<String> group(String id) {
    return reach(id, link -> isOfGroup(link.id()) && isOfGroup(link.otherId()));
  }

  private boolean isOfGroup(String id) {
    return rules.shared().contains(kind(id)) ? !isNobodys(id) : !isKnown(id);
  }

  private boolean isNobodys(String id) {
    Set<String> people = new TreeSet<>();
    sightings(Set.of(id)).forEach(link -> people.add(name(knownEnd(link))));
    return people.size() > rules.maxPeople();
  }

  /** Links between one of these, where it is shared, and somebody known. */
  private List<Link> sightings(Set<String> ids) {
    List<Link> sightings = new ArrayList<>();
    for (Link link : links) {
      boolean shared = rules.shared().contains(kind(link.id()));
      boolean otherShared = rules.shared().contains(kind(link.otherId()));
      String sharedEnd = shared ? link.id() : link.otherId();
      if (shared != otherShared
          && ids.contains(sharedEnd)
          && counts(link)
          && isKnown(knownEnd(link))) {
        sightings.add(link);
      }
    }
    return sightings;
  }

  private String knownEnd(Link link) {
    return rules.shared().contains(kind(link.id())) ? link.otherId() : link.id();
  }

  private @Nullable String lastKnown(Set<String> ids) {
    String best = null;
    long bestAt = 0;
    for (Link link : sightings(ids)) {
      long at = link.seenAtMicros() == null ? Long.MIN_VALUE : link.seenAtMicros();
      String person = name(knownEnd(link));
      if (best == null
          || at > bestAt
          || (at == bestAt && Link.BY_BYTES.compare(person, best) < 0)) {
        best = person;
        bestAt = at;
      }
    }
    return best;
  }

  private int byPreference(String left, String right) {
    int a = rules.prefer().indexOf(kind(left));
    int b = rules.prefer().indexOf(kind(right));
    int last = rules.prefer().size();
    int order = Integer.compare(a < 0 ? last : a, b < 0 ? last : b);
    return order != 0 ? order : Link.BY_BYTES.compare(left, right);
  }

  private interface Order {
    int compare(String left, String right);
  }

  private static String least(Set<String> ids, Order order) {
    String least = ids.iterator().next();
    for (String id : ids) {
      least = order.compare(id, least) < 0 ? id : least;
    }
    return least;
  }

  private static String kind(String id) {
    return id.split(":", -1)[0];
  }
}
