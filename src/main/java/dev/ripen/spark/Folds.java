package dev.ripen.spark;

import dev.ripen.scoring.RulesVersion;
import dev.ripen.scoring.ScoreTimeline;
import dev.ripen.spark.RulesInForce.VersionRules;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models of a definition as Spark's tasks fold with them. Not thread-safe: one per task. */
final class Folds implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Model> models;
  private transient @Nullable Map<String, ScoreTimeline> timelines;

  /**
   * A model with what the rows name its versions.
   *
   * @param labels as many as versions
   */
  private record Model(String name, List<RulesVersion> versions, List<String> labels)
      implements Serializable {}

  Folds(RulesInForce rules) {
    models =
        rules.models().stream()
            .map(
                model ->
                    new Model(
                        model.name(),
                        List.copyOf(model.timeline()),
                        model.versions().stream().map(VersionRules::label).toList()))
            .toList();
  }

  /** The name of the version that is in force at an instant. */
  String labelAt(@Nullable String name, long micros) {
    Model model = find(name);
    int number = model.versions().size() - 1;
    while (number > 0 && model.versions().get(number).effectiveFromMicros() > micros) {
      number--;
    }
    return model.labels().get(number);
  }

  ScoreTimeline timeline(@Nullable String name) {
    if (timelines == null) {
      timelines = new HashMap<>();
    }
    Model model = find(name);
    return timelines.computeIfAbsent(model.name(), key -> new ScoreTimeline(model.versions()));
  }

  private Model find(@Nullable String name) {
    for (Model model : models) {
      if (model.name().equals(name)) {
        return model;
      }
    }
    throw new IllegalArgumentException(
        "score_timeline knows the models "
            + String.join(", ", models.stream().map(Model::name).toList())
            + ", not "
            + name);
  }
}
