package dev.ripen.config;

import dev.ripen.config.Definition.Apply;
import dev.ripen.config.Definition.Exclusions;
import dev.ripen.config.Definition.Model;
import dev.ripen.scoring.Decay;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Frequency;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Qualification;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.ScoringModel;
import dev.ripen.scoring.ScoringModel.StatusEffects;
import dev.ripen.scoring.Window;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
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

  /** The model with its fingerprint. */
  static Model stamp(Model model) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.model(model);
    ScoringModel scoring = model.scoring();
    return new Model(
        new ScoringModel(
            scoring.name(),
            scoring.version(),
            hash(fingerprint.text.toString()),
            scoring.zone(),
            scoring.dimensions(),
            scoring.total(),
            scoring.qualification(),
            scoring.levels(),
            scoring.statusEffects(),
            scoring.window()),
        model.rules(),
        model.exclusions(),
        model.population(),
        model.segment());
  }

  /** Of a whole definition: that of its model, if there is only one and nothing around it. */
  static String of(List<Model> models, Optional<Apply> apply, boolean restate) {
    Fingerprint fingerprint = new Fingerprint();
    models.forEach(m -> fingerprint.line("model", m.name(), m.scoring().fingerprint()));
    apply.ifPresent(given -> fingerprint.line("apply", given));
    if (restate) {
      fingerprint.line("restate");
    }
    boolean plain = models.size() == 1 && models.get(0).name().equals("default");
    return plain && apply.isEmpty() && !restate
        ? models.get(0).scoring().fingerprint()
        : hash(fingerprint.text.toString());
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

  private void model(Model model) {
    ScoringModel scoring = model.scoring();
    line("zone", scoring.zone().getId());
    qualification(scoring.qualification());
    line("total", limits(scoring.total()));
    levels(scoring.levels());
    for (Dimension dimension : scoring.dimensions()) {
      line("dimension", dimension.name(), decay(dimension.decay()), limits(dimension.limits()));
      ifThere("stop-above", dimension.stopAbove());
      dimension.groups().stream()
          .map(Group::name)
          .sorted()
          .forEach(name -> group(dimension.groups(), name));
      for (Rule rule : dimension.rules()) {
        RuleFingerprint.write(rule, model.rules().get(rule.name()), this);
      }
    }
    exclusions(model.exclusions());
    model.population().ifPresent(sql -> line("population", sql));
    model.segment().ifPresent(sql -> line("segment", sql));
    flow(scoring);
  }

  private void qualification(Qualification qualification) {
    line("threshold", qualification.threshold(), qualification.strictlyAbove());
    line("re-qualify", qualification.requalify());
    minimums("minimum", qualification.minimums());
    minimums("threshold-of", qualification.segmentThresholds());
    ifThere("lapse-below", qualification.lapseBelow());
    if (qualification.disqualified() != Qualification.Disqualified.STAYS) {
      line("disqualified", qualification.disqualified());
    }
  }

  void minimums(String what, Map<String, Long> least) {
    new TreeMap<>(least).forEach((name, points) -> line(what, name, points));
  }

  private void levels(Levels levels) {
    if (levels instanceof Levels.Grades grades) {
      for (Level level : grades.levels()) {
        line("level", level.name(), level.fromMicroPoints());
        minimums("level-minimum", level.minimums());
        names("level-all-of", level.allOf());
      }
    } else if (levels instanceof Levels.Matrix matrix) {
      line("letters", matrix.letterDimension());
      matrix.letters().forEach(band -> line("letter", band.name(), band.fromMicroPoints()));
      line("digits", matrix.digitDimension());
      matrix.digits().forEach(band -> line("digit", band.name(), band.fromMicroPoints()));
    }
  }

  /** Nothing for what a definition has that does not say anything about it. */
  private void flow(ScoringModel model) {
    StatusEffects effects = model.statusEffects();
    names("suspend", effects.suspending());
    if (!effects.resets().equals(StatusEffects.recycleEndsAll(model.dimensions()).resets())) {
      line("resets", effects.resets().size());
      new TreeMap<>(effects.resets())
          .forEach((status, dimensions) -> names("reset", status, dimensions));
    }
    Window window = model.window();
    if (!window.equals(Window.ALWAYS)) {
      line("window", String.valueOf(window.lengthMicros()), window.exitOnMql());
      names("open-rules", window.openingRules());
      names("open-statuses", window.openingStatuses());
      names("exit-statuses", window.exitStatuses());
    }
  }

  private void group(List<Group> groups, String name) {
    for (Group group : groups) {
      if (group.name().equals(name)) {
        line("group", name, decay(group.decay()), limits(group.limits()));
      }
    }
  }

  private void exclusions(Exclusions exclusions) {
    exclusions.domains().stream().sorted().distinct().forEach(d -> line("domain", d));
    exclusions.domainsContaining().stream().sorted().distinct().forEach(d -> line("contains", d));
    exclusions.statuses().stream().sorted().distinct().forEach(s -> line("status", s));
    line("disposable", exclusions.disposableMail());
    line("exclude", exclusions.lead().orElse(""));
  }

  /** A line only if there is a value, so that older definitions keep their fingerprint. */
  void ifThere(String what, @Nullable Object value) {
    if (value != null) {
      line(what, value);
    }
  }

  /** A line of sorted names, if there are any. */
  void names(String what, Collection<String> names) {
    if (!names.isEmpty()) {
      names(what, "", names);
    }
  }

  private void names(String what, String of, Collection<String> names) {
    line(Stream.concat(Stream.of(what, of), names.stream().sorted()).toArray());
  }

  /** Parts are counted, so that no text can pass for two. */
  void line(Object... parts) {
    for (Object part : parts) {
      String shown = String.valueOf(part);
      text.append(shown.length()).append(':').append(shown).append(' ');
    }
    text.append('\n');
  }

  static String limits(Limits limits) {
    return Optional.ofNullable(limits.cap()).map(String::valueOf).orElse("-")
        + (limits.capMode() == Limits.CapMode.STOP ? " stop" : "")
        + "/"
        + Optional.ofNullable(limits.floor()).map(String::valueOf).orElse("-")
        + (limits.floorMode() == Limits.FloorMode.NIGHTLY ? " nightly" : "");
  }

  static String decay(@Nullable Decay decay) {
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

  static String frequency(Frequency frequency) {
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
