package dev.ripen.config;

import dev.ripen.config.Definition.Predicates;
import dev.ripen.scoring.Dimension;
import dev.ripen.scoring.Group;
import dev.ripen.scoring.Level;
import dev.ripen.scoring.Levels;
import dev.ripen.scoring.Limits;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.ScoringModel;
import java.util.List;
import java.util.Map;

/**
 * A definition as marketing and sales read and sign it. Pure: the same text in every locale and
 * zone; lines end with {@code \n}, the last one too.
 */
public final class DefinitionText {
  private final ScoringModel model;
  private final Map<String, Predicates> predicates;
  private final Definition definition;
  private final StringBuilder text = new StringBuilder();

  private DefinitionText(Definition definition) {
    this.definition = definition;
    this.model = definition.models().get(0).scoring();
    this.predicates = definition.models().get(0).rules();
  }

  /** Plain English, one sentence per rule. */
  public static String sentences(Definition definition) {
    DefinitionText text = new DefinitionText(definition);
    text.line("Definition " + text.title());
    text.line("");
    text.basics("");
    for (Dimension dimension : text.model.dimensions()) {
      text.line("");
      text.dimensionSentences(dimension);
    }
    return text.text.toString();
  }

  /** A Markdown page: the same sentences on top, then a table of rules per dimension. */
  public static String markdown(Definition definition) {
    DefinitionText text = new DefinitionText(definition);
    text.line("# What is an MQL? Definition " + cell(text.title()));
    text.line("");
    text.basics("- ");
    for (Dimension dimension : text.model.dimensions()) {
      text.line("");
      text.dimensionTable(dimension);
    }
    text.levelTable();
    text.signatures();
    return text.text.toString();
  }

  private String title() {
    return model.version() + " (" + model.fingerprint() + ")";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /**
   * @param bullet before each sentence; with one, entries of a sentence are indented below it
   */
  private void basics(String bullet) {
    line(bullet + Words.threshold(model.qualification()));
    line(bullet + "The passing of time alone never makes or unmakes an MQL.");
    line(bullet + Words.requalify(model.qualification().requalify()));
    String total = Words.limits(model.total());
    if (!total.isEmpty()) {
      line(bullet + "The score is " + total + ".");
    }
    line(bullet + "The CRM shows whole points, rounded down.");
    line(bullet + "Days and dates are those of " + model.zone().getId() + ".");
    List<String> excluded = Words.exclusions(definition.models().get(0).exclusions());
    if (excluded.isEmpty()) {
      line(bullet + "Nobody is excluded.");
    } else {
      line(bullet + "No score is given to a person");
      excluded.forEach(who -> line("  - " + who));
    }
    if (bullet.isEmpty()) {
      Words.levels(levels()).ifPresent(this::line);
    }
  }

  private void dimensionSentences(Dimension dimension) {
    String bounds = Words.limits(dimension.limits());
    line(dimension.name() + (bounds.isEmpty() ? ":" : " (" + bounds + "):"));
    for (Group group : dimension.groups()) {
      line("  Group " + group.name() + ", all its rules together" + limitsOf(group.limits()) + ".");
    }
    for (Rule rule : dimension.rules()) {
      line("  - " + rule.label() + ": " + sentence(rule, dimension) + ".");
    }
  }

  private static String limitsOf(Limits limits) {
    String bounds = Words.limits(limits);
    return bounds.isEmpty() ? "" : ": " + bounds;
  }

  private String sentence(Rule rule, Dimension dimension) {
    StringBuilder sentence = new StringBuilder(Words.points(rule.microPoints())).append(' ');
    sentence.append(Words.condition(Words.askedOf(rule, predicates)));
    if (!rule.isAttribute()) {
      sentence.append("; ").append(Words.frequency(rule.frequency()));
      sentence.append("; ").append(Words.decay(Words.decayOf(rule, dimension)));
    }
    if (rule.group() != null) {
      sentence.append("; in group ").append(rule.group());
    }
    String bounds = Words.limits(rule.limits());
    return bounds.isEmpty() ? sentence.toString() : sentence.append("; ").append(bounds).toString();
  }

  private void dimensionTable(Dimension dimension) {
    line("## " + dimension.name() + limitsOf(dimension.limits()));
    line("");
    line("| What | Points | How often | With age | Limits | When | Rule |");
    line("|---|---:|---|---|---|---|---|");
    for (Rule rule : dimension.rules()) {
      Predicates asked = Words.askedOf(rule, predicates);
      boolean attribute = rule.isAttribute();
      row(
          cell(rule.label()),
          Points.text(rule.microPoints()),
          attribute ? "while it is true" : Words.frequency(rule.frequency()),
          attribute ? "" : Words.decay(Words.decayOf(rule, dimension)),
          limits(rule, dimension),
          code(asked),
          cell(rule.name()));
    }
  }

  private static String limits(Rule rule, Dimension dimension) {
    String own = Words.limits(rule.limits());
    for (Group group : dimension.groups()) {
      if (group.name().equals(rule.group())) {
        String bounds = Words.limits(group.limits());
        String shared = "group " + cell(group.name()) + (bounds.isEmpty() ? "" : ": " + bounds);
        return own.isEmpty() ? shared : own + "; " + shared;
      }
    }
    return own;
  }

  private static String code(Predicates asked) {
    String event = asked.event().map(DefinitionText::code).orElse("");
    String lead = asked.lead().map(DefinitionText::code).orElse("");
    return event.isEmpty() || lead.isEmpty() ? event + lead : event + " and " + lead;
  }

  /** Spark quotes names with backticks, so the code mark must be longer. */
  private static String code(String sql) {
    String line = Words.oneLine(sql).replace("|", "\\|");
    return line.contains("`") ? "`` " + line + " ``" : "`" + line + "`";
  }

  private static String cell(String text) {
    return Words.oneLine(text).replaceAll("([\\\\|*_<`])", "\\\\$1");
  }

  private void row(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void levelTable() {
    if (levels().isEmpty()) {
      return;
    }
    line("");
    line("## Levels");
    line("");
    line("| Level | Score |");
    line("|---|---|");
    for (Level level : levels()) {
      row(cell(level.name()), Words.from(level));
    }
  }

  private List<Level> levels() {
    return ((Levels.Grades) model.levels()).levels();
  }

  private void signatures() {
    line("");
    line("## Agreed");
    line("");
    line("| | Name | Date |");
    line("|---|---|---|");
    row("Marketing", "", "");
    row("Sales", "", "");
  }
}
