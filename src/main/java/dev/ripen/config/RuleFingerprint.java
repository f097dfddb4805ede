package dev.ripen.config;

import dev.ripen.config.Definition.Predicates;
import dev.ripen.config.Definition.Source;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Rule.AutoQualify;
import dev.ripen.scoring.Trigger;
import org.jspecify.annotations.Nullable;

/** What of a rule goes into the fingerprint of its model. */
final class RuleFingerprint {
  private RuleFingerprint() {}

  static void write(Rule rule, @Nullable Predicates asked, Fingerprint fingerprint) {
    fingerprint.line(
        "rule",
        rule.name(),
        rule.label(),
        kind(rule),
        rule.microPoints(),
        rule.group() == null ? "" : rule.group(),
        Fingerprint.frequency(rule.frequency()),
        Fingerprint.decay(rule.decay()),
        Fingerprint.limits(rule.limits()));
    if (asked != null) {
      asked(asked, fingerprint);
    }
    trigger(rule.trigger(), fingerprint);
    conditions(rule.conditions(), fingerprint);
    if (rule.effects().autoQualify() != AutoQualify.NO) {
      fingerprint.line("auto-qualify", rule.effects().autoQualify());
    }
    fingerprint.names("resets", rule.effects().resets());
  }

  /** The words of the first three kinds are older than triggers, and in stored fingerprints. */
  private static String kind(Rule rule) {
    if (rule.trigger() instanceof Trigger.Event) {
      return rule.conditions().lead() ? "CONJUNCTION" : "EVENT";
    }
    return rule.isAttribute() ? "ATTRIBUTE" : rule.trigger().word();
  }

  private static void asked(Predicates asked, Fingerprint fingerprint) {
    fingerprint.line("event", asked.event().orElse(""));
    fingerprint.line("lead", asked.lead().orElse(""));
    if (asked.source() != Source.PERSON) {
      fingerprint.line("source", asked.source());
    }
    asked.points().ifPresent(sql -> fingerprint.line("points", sql));
    asked.autoQualify().ifPresent(sql -> fingerprint.line("auto-qualify-if", sql));
  }

  private static void trigger(Trigger trigger, Fingerprint fingerprint) {
    if (trigger instanceof Trigger.Status status) {
      fingerprint.names("statuses", status.statuses());
    } else if (trigger instanceof Trigger.Count count) {
      fingerprint.names("counted", count.rules());
      fingerprint.line(
          "count", count.atLeast(), count.unit(), String.valueOf(count.windowMicros()));
    } else if (trigger instanceof Trigger.AllOf allOf) {
      fingerprint.names("all-of", allOf.rules());
      fingerprint.ifThere("all-of-within", allOf.windowMicros());
    } else if (trigger instanceof Trigger.Inactivity silence) {
      fingerprint.names("silence-of", silence.rules());
      fingerprint.line(
          "inactive",
          silence.afterDays(),
          String.valueOf(silence.everyDays()),
          String.valueOf(silence.above()),
          String.valueOf(silence.upTo()));
    }
  }

  private static void conditions(Rule.Conditions conditions, Fingerprint fingerprint) {
    fingerprint.names("requires", conditions.requires());
    fingerprint.names("unless", conditions.unless());
    fingerprint.ifThere("within", conditions.withinMicros());
    fingerprint.names("while-status", conditions.whileStatus());
    fingerprint.minimums("rule-minimum", conditions.minimums());
  }
}
