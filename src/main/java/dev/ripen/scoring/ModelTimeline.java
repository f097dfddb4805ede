package dev.ripen.scoring;

import dev.ripen.scoring.IndexedModel.RetiredRule;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The versions of a model in time order, with one numbering of dimensions and rules for all of
 * them: a number means the same in every version, and a version added at the end moves none.
 */
final class ModelTimeline {
  final List<IndexedModel> models = new ArrayList<>();
  final List<DecayCurve> curves = new ArrayList<>();
  final String fingerprint;
  final ZoneId zone;
  final LocalDays days;

  /** Whether any version has rules that look at the signals of others. */
  final boolean hasDerivedRules;

  private final List<RulesVersion> versions;
  private final Map<Decay, Integer> curveNumbers = new LinkedHashMap<>();
  private final Map<String, Integer> dimensionNumbers = new LinkedHashMap<>();
  private final Map<String, Integer> names = new LinkedHashMap<>();
  private final Map<Slot, RetiredRule> slots = new LinkedHashMap<>();
  private final Map<Integer, Integer> rememberedAwards = new LinkedHashMap<>();

  /** Where a rule's awards are kept: a rule that moves to another dimension starts anew there. */
  private record Slot(String dimension, String rule, boolean isAttribute) {}

  ModelTimeline(List<RulesVersion> versions) {
    if (versions.isEmpty() || versions.get(0).effectiveFromMicros() != Long.MIN_VALUE) {
      throw new IllegalArgumentException("the first version must be in force from the beginning");
    }
    this.versions = List.copyOf(versions);
    zone = versions.get(0).model().zone();
    days = new LocalDays(zone);
    fingerprint =
        versions.stream()
            .map(v -> v.effectiveFromMicros() + ":" + v.model().fingerprint())
            .collect(Collectors.joining(" "));
    long last = Long.MIN_VALUE;
    for (RulesVersion version : versions) {
      if (!models.isEmpty() && version.effectiveFromMicros() <= last) {
        throw new IllegalArgumentException("the versions are not in the order of their starts");
      }
      if (!version.model().zone().equals(zone)) {
        throw new IllegalArgumentException("all versions of a model need the same time zone");
      }
      last = version.effectiveFromMicros();
      models.add(new IndexedModel(this, version.model(), List.copyOf(slots.values())));
    }
    hasDerivedRules = models.stream().anyMatch(model -> !model.derivedRules.isEmpty());
  }

  /** Number of places for awards. */
  int slots() {
    return slots.size();
  }

  int names() {
    return names.size();
  }

  int dimensions() {
    return dimensionNumbers.size();
  }

  /** How many of the latest awards of a rule any version's frequency looks at. */
  int remembered(int name) {
    return rememberedAwards.getOrDefault(name, 0);
  }

  /** The version in force at an instant. */
  int versionAt(long micros) {
    int version = versions.size() - 1;
    while (version > 0 && versions.get(version).effectiveFromMicros() > micros) {
      version--;
    }
    return version;
  }

  /** {@code Long.MAX_VALUE} after the last. */
  long startOf(int version) {
    return version < versions.size() ? versions.get(version).effectiveFromMicros() : Long.MAX_VALUE;
  }

  int dimension(String name) {
    return number(dimensionNumbers, name);
  }

  int name(String rule) {
    return number(names, rule);
  }

  int slot(Dimension dimension, Rule rule) {
    Slot slot = new Slot(dimension.name(), rule.name(), rule.isAttribute());
    RetiredRule before = slots.get(slot);
    int number = before == null ? slots.size() : before.slot();
    slots.put(slot, new RetiredRule(number, dimension.name(), rule));
    int times = RecentAwards.timesOf(rule.frequency());
    rememberedAwards.merge(name(rule.name()), times, Math::max);
    return number;
  }

  /** −1: never decays. */
  int curve(Decay decay) {
    if (decay instanceof Decay.None) {
      return -1;
    }
    return curveNumbers.computeIfAbsent(
        decay,
        missing -> {
          curves.add(DecayCurve.of(missing));
          return curves.size() - 1;
        });
  }

  private static int number(Map<String, Integer> numbers, String name) {
    Integer known = numbers.putIfAbsent(name, numbers.size());
    return known == null ? numbers.size() - 1 : known;
  }
}
