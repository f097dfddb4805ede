package dev.ripen.config;

import dev.ripen.identity.IdentityRules;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code identity { … }}: how ids become people. */
final class IdentityReader {
  private final Node node;

  private IdentityReader(Node node) {
    this.node = node;
  }

  static IdentityRules read(Node node) {
    return new IdentityReader(node).read();
  }

  private IdentityRules read() {
    IdentityRules defaults = IdentityRules.DEFAULT;
    List<String> prefer = kinds("prefer", defaults.prefer());
    if (!prefer.contains(IdentityRules.EMAIL)) {
      node.invalid(
          "prefer",
          "`" + node.pathOf("prefer") + "` does not name email",
          "write the CRM's kinds, then email, then the others: [ hubspot, email, user, device ]");
      prefer = defaults.prefer();
    }
    Set<String> known = Set.copyOf(prefer.subList(0, prefer.indexOf(IdentityRules.EMAIL) + 1));
    Set<String> shared = new HashSet<>(kinds("shared", List.copyOf(defaults.shared())));
    for (String kind : List.copyOf(shared)) {
      if (known.contains(kind)) {
        node.invalid(
            "shared",
            "`" + node.pathOf("shared") + "` names " + kind + ", which makes a person known",
            "an id of the CRM and an e-mail address belong to one person: take it out, or move it"
                + " behind email in prefer");
        shared.remove(kind);
      }
    }
    IdentityRules rules =
        new IdentityRules(
            prefer,
            shared,
            node.integer("max-people", defaults.maxPeople(), 1),
            node.integer("max-ids", defaults.maxIds(), 1),
            addresses(defaults.roleAddresses()));
    node.end();
    return rules;
  }

  private List<String> kinds(String key, List<String> otherwise) {
    if (!node.has(key)) {
      return otherwise;
    }
    return node.texts(key).stream()
        .flatMap(text -> node.parsed(key, text, IdentityReader::kind).stream())
        .distinct()
        .toList();
  }

  private static String kind(String text) throws InvalidValue {
    if (text.matches("[^\\s:]+")) {
      return text;
    }
    throw InvalidValue.of(
        "not the kind of an id", "write what stands before the colon: of user:51, user");
  }

  private Set<String> addresses(Set<String> otherwise) {
    if (!node.has("role-addresses")) {
      return otherwise;
    }
    Set<String> addresses = new HashSet<>();
    for (String text : node.texts("role-addresses")) {
      node.parsed("role-addresses", text, IdentityReader::localPart).ifPresent(addresses::add);
    }
    return addresses;
  }

  private static String localPart(String text) throws InvalidValue {
    if (text.contains("@")) {
      throw InvalidValue.of("a whole address", "write what stands before the @: info");
    }
    return text.toLowerCase(Locale.ROOT);
  }
}
