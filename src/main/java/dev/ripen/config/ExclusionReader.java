package dev.ripen.config;

import dev.ripen.config.Definition.Exclusions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code exclude { … }}: who gets no score. */
final class ExclusionReader {
  static final Exclusions NOBODY =
      new Exclusions(List.of(), List.of(), false, List.of(), Optional.empty());

  private ExclusionReader() {}

  static Exclusions read(Node parent) {
    return parent.child("exclude").map(ExclusionReader::exclusions).orElse(NOBODY);
  }

  private static Exclusions exclusions(Node node) {
    Exclusions exclusions =
        new Exclusions(
            domains(node, "domains"),
            domains(node, "domains-containing"),
            node.flag("disposable-mail", false),
            node.texts("statuses"),
            node.text("lead"));
    node.end();
    return exclusions;
  }

  private static List<String> domains(Node node, String key) {
    List<String> domains = new ArrayList<>();
    for (String domain : node.texts(key)) {
      if (domain.contains("@") || domain.contains("/") || domain.contains("*")) {
        node.invalid(
            key,
            "`" + node.pathOf(key) + "` holds an entry that is not a domain",
            "write the domain alone: acme.com");
      }
      domains.add(domain.toLowerCase(Locale.ROOT));
    }
    return domains;
  }

  /** Whom either excludes. */
  static Exclusions both(Exclusions all, Exclusions own) {
    Optional<String> lead =
        all.lead().isPresent() && own.lead().isPresent()
            ? Optional.of("(" + all.lead().get() + ") OR (" + own.lead().get() + ")")
            : all.lead().or(own::lead);
    return new Exclusions(
        union(all.domains(), own.domains()),
        union(all.domainsContaining(), own.domainsContaining()),
        all.disposableMail() || own.disposableMail(),
        union(all.statuses(), own.statuses()),
        lead);
  }

  private static List<String> union(List<String> first, List<String> second) {
    Set<String> union = new LinkedHashSet<>(first);
    union.addAll(second);
    return List.copyOf(union);
  }
}
