package dev.ripen.config;

import dev.ripen.config.Definition.Exclusions;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.ScoringModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A short hash of everything that can change a score or its reasons: comments, spaces and the
 * version's name do not. The rendering is a contract with stored states: a change of it would make
 * every definition look changed.
 */
final class Fingerprint {
  private static final int DIGITS = 6;

  private final StringBuilder text = new StringBuilder();

  private Fingerprint() {}

  static String of(ScoringModel model, Map<String, Predicates> predicates, Exclusions exclusions) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.model(model, predicates);
    fingerprint.exclusions(exclusions);
    return hash(fingerprint.text.toString());
  }

  private static String hash(String canonical) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private void model(ScoringModel model, Map<String, Predicates> predicates) {
    line("zone", model.zone().getId());
    line("threshold", model.qualification().threshold(), model.qualification().strictlyAbove());
    line("re-qualify", model.qualification().requalify());
    new TreeMap<>(model.qualification().minimums())
        .forEach((dimension, least) -> line("minimum", dimension, least));
    line("total", limits(model.total()));
    for (Level level : ((Levels.Grades) model.levels()).levels()) {
      line("level", level.name(), level.fromMicroPoints());
    }
    for (Dimension dimension : model.dimensions()) {
      line("dimension", dimension.name(), decay(dimension.decay()), limits(dimension.limits()));
      dimension.groups().stream()
          .map(Group::name)
          .sorted()
          .forEach(name -> group(dimension.groups(), name));
      for (Rule rule : dimension.rules()) {
        rule(rule, predicates.get(rule.name()));
      }
    }
  }

  private void group(List<Group> groups, String name) {
    for (Group group : groups) {
      if (group.name().equals(name)) {
        line("group", name, decay(group.decay()), limits(group.limits()));
      }
    }
  }

  private void rule(Rule rule, @Nullable Predicates asked) {
    line(
        "rule",
        rule.name(),
        rule.label(),
        rule.trigger(),
        rule.microPoints(),
        rule.group() == null ? "" : rule.group(),
        frequency(rule.frequency()),
        decay(rule.decay()),
        limits(rule.limits()));
    if (asked != null) {
      line("event", asked.event().orElse(""));
      line("lead", asked.lead().orElse(""));
    }
  }

  private void exclusions(Exclusions exclusions) {
    exclusions.domains().stream().sorted().distinct().forEach(d -> line("domain", d));
    exclusions.domainsContaining().stream().sorted().distinct().forEach(d -> line("contains", d));
    exclusions.statuses().stream().sorted().distinct().forEach(s -> line("status", s));
    line("disposable", exclusions.disposableMail());
    line("exclude", exclusions.lead().orElse(""));
  }

  /** Parts are counted, so that no text can pass for two. */
  private void line(Object... parts) {
    for (Object part : parts) {
      String shown = String.valueOf(part);
      text.append(shown.length()).append(':').append(shown).append(' ');
    }
    text.append('\n');
  }

  private static String limits(Limits limits) {
    return Optional.ofNullable(limits.cap()).map(String::valueOf).orElse("-")
        + "/"
        + Optional.ofNullable(limits.floor()).map(String::valueOf).orElse("-");
  }

  private static String decay(@Nullable Decay decay) {
    if (decay instanceof Decay.HalfLife half) {
      return "half-life " + half.days();
    }
    if (decay instanceof Decay.Linear linear) {
      return "linear " + linear.microFraction() + " " + linear.days();
    }
    if (decay instanceof Decay.Expire expire) {
      return "expire " + expire.days();
    }
    return decay == null ? "" : "none";
  }

  private static String frequency(Frequency frequency) {
    if (frequency instanceof Frequency.Rolling rolling) {
      return "rolling " + rolling.times() + " " + rolling.days();
    }
    if (frequency instanceof Frequency.Calendar calendar) {
      return "calendar "
          + calendar.times()
          + " "
          + calendar.bucket().name().toLowerCase(Locale.ROOT);
    }
    return frequency instanceof Frequency.Once ? "once" : "always";
  }
}
