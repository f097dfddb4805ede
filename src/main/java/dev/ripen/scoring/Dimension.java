package dev.ripen.scoring;

import java.io.Serializable;
import java.util.List;

/**
 * A named sub-score.
 *
 * @param decay of its event awards, unless a group or rule says otherwise
 * @param rules in the order of the configuration, which is the order of awards at one instant
 */
public record Dimension(
    String name, Decay decay, Limits limits, List<Group> groups, List<Rule> rules)
    implements Serializable {
  public Dimension {
    groups = List.copyOf(groups);
    rules = List.copyOf(rules);
  }
}
