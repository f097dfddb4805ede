package dev.ripen.config;

import dev.ripen.scoring.Rule.AutoQualify;
import dev.ripen.scoring.Rule.Effects;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a rule does besides awarding. */
final class EffectReader {
  private static final Set<TriggerKind> RESETTING =
      EnumSet.of(TriggerKind.EVENT, TriggerKind.ACCOUNT_EVENT, TriggerKind.STATUS);

  private EffectReader() {}

  /**
   * The effects of a rule.
   *
   * @param autoQualify what {@link #autoQualify} read
   * @param dimensions of the model
   */
  static Effects effects(
      Node node, TriggerKind kind, Optional<String> autoQualify, List<String> dimensions) {
    if (kind.isState() && autoQualify.isPresent()) {
      node.invalid(
          "auto-qualify",
          "`" + node.pathOf("auto-qualify") + "`: " + kind.words() + " cannot make an MQL at once",
          kind == TriggerKind.LEAD
              ? "name the rule in an all-of rule with auto-qualify = true"
              : "remove it");
    }
    List<String> resets = Names.dimensions(node, "resets", dimensions);
    if (node.has("resets") && !RESETTING.contains(kind)) {
      node.invalid(
          "resets",
          "`" + node.pathOf("resets") + "`: " + kind.words() + " cannot reset",
          "write resets on rules with " + TriggerKind.keys(RESETTING));
    }
    Effects effects =
        new Effects(
            autoQualify.map(EffectReader::autoQualify).orElse(AutoQualify.NO), Set.copyOf(resets));
    return effects.equals(Effects.NONE) ? Effects.NONE : effects;
  }

  private static AutoQualify autoQualify(String text) {
    if (isFlag(text)) {
      return text.equals("true") ? AutoQualify.ALWAYS : AutoQualify.NO;
    }
    return AutoQualify.WHEN_HELD;
  }

  static boolean isFlag(String text) {
    return text.equals("true") || text.equals("false");
  }

  /** A flag, or a predicate over the lead that must hold to auto-qualify. */
  static Optional<String> autoQualify(Node node) {
    return node.parsed(
        "auto-qualify",
        text -> {
          if (Set.of("yes", "no", "on", "off", "always", "never").contains(text)) {
            throw InvalidValue.of(
                "neither true nor SQL over the lead",
                "write true, or for example auto-qualify = \"is_business_mail\"");
          }
          return text;
        });
  }
}
