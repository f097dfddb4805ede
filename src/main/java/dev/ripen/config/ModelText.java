package dev.ripen.config;

import dev.ripen.config.Definition.Model;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Levels.Band;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.Trigger;
import java.util.ArrayList;
import java.util.List;

/** One model of a definition, as sentences or as tables. Pure. */
final class ModelText {
  private final Model model;
  private final RuleWords rules;
  private final ModelWords words;
  private final StringBuilder text = new StringBuilder();

  ModelText(Model model) {
    this.model = model;
    rules = new RuleWords(model);
    words = new ModelWords(model, rules);
  }

  /** What is there so far. */
  String text() {
    return text.toString();
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /**
   * When it makes an MQL, and who is left out.
   *
   * @param bullet before each sentence; with one, entries of a sentence are indented below it
   * @param around sentences that are true of the whole definition
   */
  ModelText basics(String bullet, List<String> around) {
    words.sentences().forEach(sentence -> line(bullet + sentence));
    around.forEach(sentence -> line(bullet + sentence));
    List<String> excluded = Words.exclusions(model.exclusions());
    line(bullet + (excluded.isEmpty() ? "Nobody is excluded." : "No score is given to a person"));
    excluded.forEach(who -> line("  - " + who));
    if (bullet.isEmpty()) {
      words.levels().ifPresent(this::line);
    }
    return this;
  }

  ModelText sentences() {
    for (Dimension dimension : model.scoring().dimensions()) {
      line("");
      String bounds = ModelWords.limits(dimension);
      line(dimension.name() + (bounds.isEmpty() ? ":" : " (" + bounds + "):"));
      for (Group group : dimension.groups()) {
        line("  Group " + group.name() + ", all its rules together" + after(group.limits()) + ".");
      }
      for (Rule rule : dimension.rules()) {
        line("  - " + rule.label() + ": " + sentence(rule, dimension) + ".");
      }
    }
    return this;
  }

  private static String after(Limits limits) {
    String bounds = Words.limits(limits);
    return bounds.isEmpty() ? "" : ": " + bounds;
  }

  private String sentence(Rule rule, Dimension dimension) {
    List<String> parts = new ArrayList<>();
    parts.add(rules.points(rule, RuleWords.PLAIN) + " " + rules.when(rule, RuleWords.PLAIN));
    if (RuleWords.isAward(rule)) {
      parts.add(Words.frequency(rule.frequency()));
      parts.add(Words.decay(Words.decayOf(rule, dimension)));
    }
    if (rule.group() != null) {
      parts.add("in group " + rule.group());
    }
    String bounds = Words.limits(rule.limits());
    if (!bounds.isEmpty()) {
      parts.add(bounds);
    }
    parts.addAll(rules.effects(rule, RuleWords.PLAIN));
    return String.join("; ", parts);
  }

  /**
   * A table of rules per dimension and one of levels.
   *
   * @param heading the marks of a heading, for example {@code ##}
   */
  ModelText tables(String heading) {
    for (Dimension dimension : model.scoring().dimensions()) {
      line("");
      String bounds = ModelWords.limits(dimension);
      line(heading + " " + dimension.name() + (bounds.isEmpty() ? "" : ": " + bounds));
      line("");
      line("| What | Points | How often | With age | Limits | When | Rule |");
      line("|---|---:|---|---|---|---|---|");
      dimension.rules().forEach(rule -> ruleRow(rule, dimension));
    }
    levelTable(heading);
    return this;
  }

  private void ruleRow(Rule rule, Dimension dimension) {
    boolean award = RuleWords.isAward(rule);
    row(
        Markdown.cell(rule.label()),
        rules.pointsAlone(rule, Markdown.STYLE),
        howOften(rule),
        award ? Words.decay(Words.decayOf(rule, dimension)) : "",
        limits(rule, dimension),
        when(rule),
        Markdown.cell(rule.name()));
  }

  private static String howOften(Rule rule) {
    if (rule.isAttribute()) {
      return "while it is true";
    }
    if (rule.trigger() instanceof Trigger.Inactivity silence) {
      return silence.everyDays() == null
          ? "once per silence"
          : "every " + Words.period(silence.everyDays());
    }
    return Words.frequency(rule.frequency());
  }

  private String when(Rule rule) {
    List<String> parts = new ArrayList<>();
    parts.add(rules.when(rule, Markdown.STYLE));
    parts.addAll(rules.effects(rule, Markdown.STYLE));
    return String.join("; ", parts);
  }

  private static String limits(Rule rule, Dimension dimension) {
    String own = Words.limits(rule.limits());
    for (Group group : dimension.groups()) {
      if (group.name().equals(rule.group())) {
        String shared = "group " + Markdown.cell(group.name()) + after(group.limits());
        return own.isEmpty() ? shared : own + "; " + shared;
      }
    }
    return own;
  }

  private void levelTable(String heading) {
    if (model.scoring().levels() instanceof Levels.Matrix matrix) {
      line("");
      line(heading + " Levels");
      bandTable("Letter", matrix.letterDimension(), matrix.letters());
      bandTable("Digit", matrix.digitDimension(), matrix.digits());
      return;
    }
    if (words.grades().isEmpty()) {
      return;
    }
    line("");
    line(heading + " Levels");
    line("");
    line("| Level | Score |");
    line("|---|---|");
    for (Level level : words.grades()) {
      row(Markdown.cell(level.name()), Markdown.cell(words.when(level)));
    }
  }

  private void bandTable(String what, String dimension, List<Band> bands) {
    line("");
    line("| " + what + " | " + Markdown.cell(dimension) + " |");
    line("|---|---|");
    bands.forEach(band -> row(Markdown.cell(band.name()), Words.from(band.fromMicroPoints())));
  }

  private void row(String... cells) {
    line(Markdown.row(cells));
  }
}
