package dev.ripen.config;

import java.util.Set;

/**
 * Which rules have had events lately.
 *
 * @param rules names of rules with an event that matched
 * @param days how far back was looked
 */
public record Heard(Set<String> rules, int days) {
  public Heard {
    rules = Set.copyOf(rules);
  }
}
