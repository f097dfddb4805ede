package dev.ripen.notify;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one channel was told: troubles that are open, and how far its digests reach.
 *
 * @param open by topic, what exactly: a change of it is told again
 * @param digestThrough new MQLs up to this moment are told
 */
record Told(Map<Topic, String> open, Optional<Instant> digestThrough) {
  static final Told NOTHING = new Told(Map.of(), Optional.empty());

  Told {
    open = Map.copyOf(open);
  }

  Told with(Topic topic, String what) {
    EnumMap<Topic, String> changed = new EnumMap<>(Topic.class);
    changed.putAll(open);
    changed.put(topic, what);
    return new Told(changed, digestThrough);
  }

  Told without(Topic topic) {
    EnumMap<Topic, String> changed = new EnumMap<>(Topic.class);
    changed.putAll(open);
    changed.remove(topic);
    return new Told(changed, digestThrough);
  }

  Told digestedThrough(Instant instant) {
    return new Told(open, Optional.of(instant));
  }
}
