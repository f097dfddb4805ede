package dev.ripen.identity;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A link and whether it counts.
 *
 * @param ignored why it joins nothing; null: it counts
 */
public record JudgedLink(Link link, @Nullable Ignored ignored) {
  public JudgedLink {
    requireNonNull(link);
  }

  /** Why a link joins nothing; the first that holds. */
  public enum Ignored {
    /** One of its ends is an address that a department reads. */
    ROLE_ADDRESS,
    /** One of its ends was seen with too many ids. */
    TOO_MANY_IDS
  }

  boolean counts() {
    return ignored == null;
  }

  /**
   * Judges links that are all there is: how many partners an id has is not known from some of them.
   *
   * @param links each pair once
   */
  public static List<JudgedLink> all(List<Link> links, IdentityRules rules) {
    Map<String, Integer> partners = new HashMap<>();
    for (Link link : links) {
      if (!link.isAlone()) {
        partners.merge(link.id(), 1, Integer::sum);
        partners.merge(link.otherId(), 1, Integer::sum);
      }
    }
    Predicate<String> role = Pattern.compile(rules.rolePattern()).asPredicate();
    Predicate<String> wide = id -> partners.getOrDefault(id, 0) > rules.maxIds();
    List<JudgedLink> judged = new ArrayList<>();
    for (Link link : links) {
      judged.add(new JudgedLink(link, ignored(link, role, wide)));
    }
    return judged;
  }

  private static @Nullable Ignored ignored(
      Link link, Predicate<String> role, Predicate<String> wide) {
    if (link.isAlone()) {
      return null;
    }
    if (role.test(link.id()) || role.test(link.otherId())) {
      return Ignored.ROLE_ADDRESS;
    }
    return wide.test(link.id()) || wide.test(link.otherId()) ? Ignored.TOO_MANY_IDS : null;
  }
}
