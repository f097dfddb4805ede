package dev.ripen.config;

import dev.ripen.config.Definition.Exclusions;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Qualification.Requalify;
import dev.ripen.scoring.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The pieces of a definition in plain English. Pure, and the same in every locale. */
final class Words {
  private Words() {}

  static String points(long microPoints) {
    String number = Points.text(microPoints);
    return number.equals("1") || number.equals("-1") ? number + " point" : number + " points";
  }

  static String threshold(Qualification qualification) {
    if (!qualification.hasThreshold() && qualification.segmentThresholds().isEmpty()) {
      return "Points alone make nobody an MQL.";
    }
    List<String> conditions = new ArrayList<>();
    conditions.add(
        "the score "
            + (qualification.strictlyAbove() ? "rises above " : "reaches ")
            + (qualification.hasThreshold()
                ? points(qualification.threshold())
                : "the threshold of a segment")
            + segments(qualification));
    new TreeMap<>(qualification.minimums())
        .forEach((name, least) -> conditions.add(name + " is at least " + points(least)));
    return "A person becomes an MQL at the moment when " + and(conditions) + ".";
  }

  private static String segments(Qualification qualification) {
    List<String> segments = new ArrayList<>();
    new TreeMap<>(qualification.segmentThresholds())
        .forEach((name, least) -> segments.add(points(least) + " in the segment " + name));
    return segments.isEmpty() ? "" : " (" + String.join(", ", segments) + ")";
  }

  static String requalify(Requalify requalify) {
    return switch (requalify) {
      case AFTER_RECYCLE ->
          "After sales has recycled a person, the person can become an MQL again.";
      case ON_CROSSING ->
          "A person who has lapsed becomes an MQL again by reaching the threshold again.";
      case NEVER -> "Nobody becomes an MQL a second time.";
    };
  }

  static List<String> exclusions(Exclusions exclusions) {
    List<String> who = new ArrayList<>();
    if (!exclusions.domains().isEmpty()) {
      who.add("whose e-mail address is at " + or(exclusions.domains()));
    }
    if (!exclusions.domainsContaining().isEmpty()) {
      who.add("whose e-mail domain contains " + or(exclusions.domainsContaining()));
    }
    if (exclusions.disposableMail()) {
      who.add("whose e-mail address is a disposable one");
    }
    if (!exclusions.statuses().isEmpty()) {
      who.add("whose latest status is " + or(exclusions.statuses()));
    }
    exclusions.lead().ifPresent(predicate -> who.add("for whom " + oneLine(predicate)));
    return who;
  }

  static String from(long microPoints) {
    return microPoints == Long.MIN_VALUE ? "for all others" : "from " + points(microPoints);
  }

  /** Empty without limits, else for example {@code at most 40 points, never below 0 points}. */
  static String limits(Limits limits) {
    List<String> bounds = new ArrayList<>();
    if (limits.cap() != null) {
      bounds.add(
          "at most "
              + points(limits.cap())
              + (limits.capMode() == Limits.CapMode.STOP ? " (what goes beyond is lost)" : ""));
    }
    if (limits.floor() != null) {
      bounds.add(
          limits.floorMode() == Limits.FloorMode.NIGHTLY
              ? "raised to " + points(limits.floor()) + " each night if below"
              : "never below " + points(limits.floor()));
    }
    return String.join(", ", bounds);
  }

  static String decay(Decay decay) {
    if (decay instanceof Decay.HalfLife half) {
      return "halves every " + period(half.days());
    }
    if (decay instanceof Decay.Linear linear) {
      return "loses " + percent(linear.microFraction()) + " every " + period(linear.days());
    }
    if (decay instanceof Decay.Expire expire) {
      return "ends after " + days(expire.days());
    }
    return "never decays";
  }

  /** The decay in force: the nearest of rule, group and dimension. */
  static Decay decayOf(Rule rule, Dimension dimension) {
    if (rule.decay() != null) {
      return rule.decay();
    }
    for (Group group : dimension.groups()) {
      if (group.name().equals(rule.group()) && group.decay() != null) {
        return group.decay();
      }
    }
    return dimension.decay();
  }

  static String frequency(Frequency frequency) {
    if (frequency instanceof Frequency.Rolling rolling) {
      return "at most " + times(rolling.times()) + " in " + days(rolling.days());
    }
    if (frequency instanceof Frequency.Calendar calendar) {
      String bucket = calendar.bucket().name().toLowerCase(Locale.ROOT);
      return "at most " + times(calendar.times()) + " per calendar " + bucket;
    }
    return frequency instanceof Frequency.Once ? "once per person" : "every time";
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  private static String times(int times) {
    return times == 1 ? "once" : times + " times";
  }

  static String days(int days) {
    return days == 1 ? "1 day" : days + " days";
  }

  static String period(int days) {
    return days == 1 ? "day" : days + " days";
  }

  private static String percent(long microFraction) {
    return BigDecimal.valueOf(microFraction, 4).stripTrailingZeros().toPlainString() + " %";
  }

  static String and(List<String> parts) {
    return joined(parts, " and ");
  }

  static String or(List<String> parts) {
    return joined(parts, " or ");
  }

  private static String joined(List<String> parts, String last) {
    int end = parts.size() - 1;
    return end < 1
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, end)) + last + parts.get(end);
  }
}
