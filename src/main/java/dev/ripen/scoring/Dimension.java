package dev.ripen.scoring;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named sub-score.
 *
 * @param decay of its event awards, unless a group or rule says otherwise
 * @param stopAbove its awards are refused while the total is above; null for never
 * @param rules in the order of the configuration, which is the order of awards at one instant
 */
public record Dimension(
    String name,
    Decay decay,
    Limits limits,
    @Nullable Long stopAbove,
    List<Group> groups,
    List<Rule> rules)
    implements Serializable {
  public Dimension {
    groups = List.copyOf(groups);
    rules = List.copyOf(rules);
  }

  /** One that always awards. */
  public Dimension(String name, Decay decay, Limits limits, List<Group> groups, List<Rule> rules) {
    this(name, decay, limits, null, groups, rules);
  }
}
