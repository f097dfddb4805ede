package dev.ripen.identity;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How ids become people.
 *
 * @param prefer kinds; the first that a person has names the person, kinds that are not listed come
 *     last. Kinds up to {@code email} are those of known people
 * @param shared kinds that change hands
 * @param maxPeople a shared id that was identified with more known people is nobody's
 * @param maxIds an id that was seen with more ids joins nothing
 * @param roleAddresses what stands before the @ of addresses that join nothing, in lower case
 */
public record IdentityRules(
    List<String> prefer, Set<String> shared, int maxPeople, int maxIds, Set<String> roleAddresses) {
  /** The kind of e-mail addresses. */
  public static final String EMAIL = "email";

  /** What an id looks like, {@code kind:value} with something on both sides; to be found in it. */
  public static final String ID_PATTERN = "(?s)^[^:]+:.*\\S";

  private static final String NOTHING = "(?!)";

  /** What holds where a project says nothing. */
  public static final IdentityRules DEFAULT =
      new IdentityRules(
          List.of("hubspot", "salesforce", EMAIL, "user", "device"),
          Set.of("device"),
          5,
          1_000,
          Set.of(
              "info",
              "sales",
              "support",
              "admin",
              "office",
              "contact",
              "hello",
              "team",
              "billing",
              "noreply",
              "no-reply",
              "postmaster",
              "webmaster"));

  public IdentityRules {
    prefer = List.copyOf(prefer);
    shared = Set.copyOf(shared);
    roleAddresses = Set.copyOf(roleAddresses);
    if (knownKinds(prefer).stream().anyMatch(shared::contains)) {
      throw new IllegalArgumentException("A kind that changes hands cannot make a person known");
    }
  }

  /** What stands before the first colon. */
  public static String kind(String id) {
    return id.substring(0, id.indexOf(':'));
  }

  /** Whether an id changes hands. */
  public boolean isShared(String id) {
    return shared.contains(kind(id));
  }

  /** Kinds of ids that make a person known. */
  public List<String> knownKinds() {
    return knownKinds(prefer);
  }

  private static List<String> knownKinds(List<String> prefer) {
    return prefer.subList(0, prefer.indexOf(EMAIL) + 1);
  }

  /** Whether whoever has this id is a known person: an id of a CRM, or an address. */
  public boolean isKnown(String id) {
    return knownKinds().contains(kind(id));
  }

  /** What the ids of addresses look like that a department reads; to be found in it. */
  public String rolePattern() {
    return roleAddresses.isEmpty()
        ? NOTHING
        : roleAddresses.stream()
            .sorted()
            .map(Pattern::quote)
            .collect(Collectors.joining("|", "(?i)^" + EMAIL + ":\\s*(", ")\\s*@"));
  }

  /** The place of an id's kind among the preferred ones; lower is better. */
  public int rank(String id) {
    int index = prefer.indexOf(kind(id));
    return index < 0 ? prefer.size() : index;
  }

  /** Everything, always in the same words: other words, other people. */
  public String text() {
    return String.join(
        " ",
        String.join(",", prefer),
        String.join(",", new TreeSet<>(shared)),
        Integer.toString(maxPeople),
        Integer.toString(maxIds),
        String.join(",", new TreeSet<>(roleAddresses)));
  }

  /** The id that names a person comes first. */
  public Comparator<String> byPreference() {
    return Comparator.<String>comparingInt(this::rank).thenComparing(Link.BY_BYTES);
  }
}
