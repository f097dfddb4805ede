package dev.ripen.config;

import dev.ripen.config.Definition.Predicates;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of one model as they are read: their names, so that they can name each other in any
 * order, and their predicates.
 */
final class RuleBook {
  private final Map<String, TriggerKind> kinds = new LinkedHashMap<>();
  private final Map<String, Predicates> predicates = new LinkedHashMap<>();
  private final Map<String, Node> places = new LinkedHashMap<>();
  private final List<Reference> references = new ArrayList<>();

  /**
   * A place that names other rules.
   *
   * @param owner the rule with that place; empty: none
   * @param allowed kinds of rules that it may name
   */
  private record Reference(
      Node node, String key, String owner, Collection<String> names, Set<TriggerKind> allowed) {}

  /** Notes a rule, whether or not the rest of it can be read. */
  void add(Node node, String name, TriggerKind kind) {
    if (kinds.putIfAbsent(name, kind) != null) {
      node.invalid("name", "two rules are called `" + name + "`", "give one of them another name");
    }
    places.putIfAbsent(name, node);
  }

  void ask(String name, Predicates asked) {
    predicates.putIfAbsent(name, asked);
  }

  /** By rule name, in the order of the configuration. */
  Map<String, Predicates> predicates() {
    return predicates;
  }

  /** Where each rule stands. */
  Map<String, Node> places() {
    return places;
  }

  /** The names of a list, which are looked up once all rules are known. */
  List<String> names(Node node, String key, String owner, Set<TriggerKind> allowed) {
    List<String> names = Names.atLeastOne(node, key, "[ sign-up ]");
    references.add(new Reference(node, key, owner, names, EnumSet.copyOf(allowed)));
    return names;
  }

  /** Reports every name that is not a rule, or not one that fits. */
  void checkReferences() {
    references.forEach(reference -> reference.names().forEach(name -> check(reference, name)));
  }

  private void check(Reference reference, String name) {
    Node node = reference.node();
    String path = "`" + node.pathOf(reference.key()) + "`";
    TriggerKind kind = kinds.get(name);
    if (name.equals(reference.owner())) {
      node.invalid(reference.key(), path + " names its own rule", "name other rules, or remove it");
    } else if (kind == null) {
      node.invalid(
          reference.key(),
          path + " names the rule `" + name + "`, which does not exist",
          Names.nearest(name, fitting(reference), "rules that fit: "));
    } else if (!reference.allowed().contains(kind)) {
      node.invalid(
          reference.key(),
          path + " names `" + name + "`, " + kind.words(),
          "name rules with " + TriggerKind.keys(reference.allowed()));
    }
  }

  private List<String> fitting(Reference reference) {
    return kinds.entrySet().stream()
        .filter(rule -> reference.allowed().contains(rule.getValue()))
        .map(Map.Entry::getKey)
        .filter(rule -> !rule.equals(reference.owner()))
        .toList();
  }
}
