package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.config.Definition;
import dev.ripen.config.Definition.Model;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.config.Definition.Source;
import dev.ripen.config.DefinitionText;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Rule.AutoQualify;
import dev.ripen.scoring.Trigger;
import dev.ripen.scoring.Window;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A definition for programs. Fields are added, never renamed; what a rule or model does not have is
 * left out. Durations are in seconds, unless their name says days. Pure.
 */
final class DefinitionJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DefinitionJson() {}

  static ObjectNode of(Definition definition) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", "ripen.definition/1");
    node.put("version", definition.version());
    node.put("fingerprint", definition.fingerprint());
    threshold(node, definition.models().get(0).scoring().qualification());
    definition.apply().ifPresent(apply -> node.put("apply", word(apply)));
    node.put("restate", definition.restate());
    ArrayNode models = node.putArray("models");
    definition.models().forEach(model -> model(models.addObject(), model));
    ArrayNode rules = node.putArray("rules");
    for (Model model : definition.models()) {
      for (Dimension dimension : model.scoring().dimensions()) {
        dimension.rules().forEach(rule -> rule(rules.addObject(), model, dimension, rule));
      }
    }
    node.put("text", DefinitionText.sentences(definition));
    node.put("markdown", DefinitionText.markdown(definition));
    return node;
  }

  /** Null where points alone make nobody an MQL. */
  private static void threshold(ObjectNode node, Qualification qualification) {
    node.put("threshold", qualification.hasThreshold() ? points(qualification.threshold()) : null);
  }

  private static void model(ObjectNode node, Model model) {
    Qualification qualification = model.scoring().qualification();
    node.put("name", model.name());
    node.put("fingerprint", model.scoring().fingerprint());
    threshold(node, qualification);
    pointsByName(node, "segment_thresholds", qualification.segmentThresholds());
    model.segment().ifPresent(sql -> node.put("segment", sql));
    node.put("strictly_above", qualification.strictlyAbove());
    pointsByName(node, "minimum", qualification.minimums());
    node.put("re_qualify", word(qualification.requalify()));
    points(node, "lapse_below", qualification.lapseBelow());
    node.put("disqualified", word(qualification.disqualified()));
    model.population().ifPresent(sql -> node.put("population", sql));
    texts(node, "levels", model.scoring().levels().names());
    window(node, model.scoring().window());
    texts(node, "suspend_statuses", model.scoring().statusEffects().suspending());
    ObjectNode resets = node.putObject("resets");
    new TreeMap<>(model.scoring().statusEffects().resets())
        .forEach((status, dimensions) -> texts(resets, status, dimensions));
    texts(node, "dimensions", model.scoring().dimensions().stream().map(Dimension::name).toList());
  }

  private static void window(ObjectNode node, Window window) {
    if (window.hasOpening()) {
      ObjectNode opening = node.putObject("window");
      texts(opening, "rules", window.openingRules());
      texts(opening, "statuses", window.openingStatuses());
      seconds(opening, "for_seconds", window.lengthMicros());
    }
    if (window.exitOnMql() || !window.exitStatuses().isEmpty()) {
      ObjectNode exit = node.putObject("exit");
      exit.put("on_mql", window.exitOnMql());
      texts(exit, "statuses", window.exitStatuses());
    }
  }

  private static void rule(ObjectNode node, Model model, Dimension dimension, Rule rule) {
    node.put("name", rule.name()).put("label", rule.label());
    node.put("model", model.name());
    node.put("dimension", dimension.name());
    if (rule.group() != null) {
      node.put("group", rule.group());
    }
    boolean conjunction = rule.hasSignals() && rule.conditions().lead();
    node.put("kind", conjunction ? "conjunction" : rule.trigger().word());
    node.put("points", points(rule.microPoints()));
    Predicates asked = model.rules().get(rule.name());
    if (asked != null) {
      asked(node, asked);
    }
    trigger(node, rule.trigger());
    Rule.Conditions conditions = rule.conditions();
    texts(node, "requires", conditions.requires());
    texts(node, "unless", conditions.unless());
    seconds(node, "within_seconds", conditions.withinMicros());
    texts(node, "while_status", conditions.whileStatus());
    if (rule.effects().autoQualify() == AutoQualify.ALWAYS) {
      node.put("auto_qualify", true);
    }
    texts(node, "resets", rule.effects().resets());
  }

  private static void asked(ObjectNode node, Predicates asked) {
    asked.event().ifPresent(event -> node.put("event", event));
    if (asked.source() != Source.PERSON) {
      node.put("source", word(asked.source()));
    }
    asked.lead().ifPresent(lead -> node.put("lead", lead));
    asked.points().ifPresent(sql -> node.put("points_sql", sql));
    asked.autoQualify().ifPresent(sql -> node.put("auto_qualify", sql));
  }

  private static void trigger(ObjectNode node, Trigger trigger) {
    if (trigger instanceof Trigger.Status status) {
      texts(node, "statuses", status.statuses());
    } else if (trigger instanceof Trigger.Count count) {
      ObjectNode counted = node.putObject("count");
      texts(counted, "rules", count.rules());
      counted.put("at_least", count.atLeast());
      counted.put(
          "of", count.unit() == Trigger.Count.Unit.LOCAL_DAYS ? "days" : word(count.unit()));
      seconds(counted, "within_seconds", count.windowMicros());
    } else if (trigger instanceof Trigger.AllOf all) {
      texts(node, "all_of", all.rules());
      seconds(node, "within_seconds", all.windowMicros());
    } else if (trigger instanceof Trigger.Inactivity silence) {
      ObjectNode inactive = node.putObject("inactive");
      if (!silence.rules().isEmpty()) {
        texts(inactive, "rules", silence.rules());
      }
      inactive.put("after_days", silence.afterDays());
      if (silence.everyDays() != null) {
        inactive.put("every_days", silence.everyDays());
      }
      points(inactive, "above", silence.above());
      points(inactive, "up_to", silence.upTo());
    }
  }

  private static void texts(ObjectNode node, String field, Collection<String> texts) {
    if (!texts.isEmpty()) {
      // Lists keep their order; sets have none.
      ArrayNode array = node.putArray(field);
      (texts instanceof Set ? texts.stream().sorted() : texts.stream()).forEach(array::add);
    }
  }

  private static void pointsByName(ObjectNode node, String field, Map<String, Long> byName) {
    if (!byName.isEmpty()) {
      ObjectNode object = node.putObject(field);
      new TreeMap<>(byName).forEach((name, micro) -> object.put(name, points(micro)));
    }
  }

  private static void points(ObjectNode node, String field, @Nullable Long micro) {
    if (micro != null) {
      node.put(field, points(micro));
    }
  }

  private static void seconds(ObjectNode node, String field, @Nullable Long micros) {
    if (micros != null) {
      node.put(field, micros / 1_000_000L);
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static BigDecimal points(long micro) {
    BigDecimal points = BigDecimal.valueOf(micro, 6);
    return points.signum() == 0
        ? BigDecimal.ZERO
        : new BigDecimal(points.stripTrailingZeros().toPlainString());
  }
}
