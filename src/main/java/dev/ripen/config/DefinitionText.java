package dev.ripen.config;

import dev.ripen.config.Definition.Apply;
import dev.ripen.config.Definition.Model;
import java.util.ArrayList;
import java.util.List;

/**
 * A definition as marketing and sales read and sign it. Pure: the same text in every locale and
 * zone; lines end with {@code \n}, the last one too.
 */
public final class DefinitionText {
  private final Definition definition;
  private final StringBuilder text = new StringBuilder();

  private DefinitionText(Definition definition) {
    this.definition = definition;
  }

  /** Plain English, one sentence per rule. */
  public static String sentences(Definition definition) {
    DefinitionText text = new DefinitionText(definition);
    text.line("Definition " + text.title());
    text.line("");
    if (text.hasOneModel()) {
      Model model = definition.models().get(0);
      text.text.append(new ModelText(model).basics("", text.around()).sentences().text());
      return text.text.toString();
    }
    text.severalModels().forEach(text::line);
    text.around().forEach(text::line);
    for (Model model : definition.models()) {
      text.line("");
      text.line("Model " + model.name() + " (" + model.scoring().fingerprint() + ")");
      text.line("");
      text.text.append(new ModelText(model).basics("", List.of()).sentences().text());
    }
    return text.text.toString();
  }

  /** A Markdown page: the same sentences on top, then a table of rules per dimension. */
  public static String markdown(Definition definition) {
    DefinitionText text = new DefinitionText(definition);
    text.line("# What is an MQL? Definition " + Markdown.cell(text.title()));
    text.line("");
    if (text.hasOneModel()) {
      Model model = definition.models().get(0);
      text.text.append(new ModelText(model).basics("- ", text.around()).tables("##").text());
    } else {
      text.severalModels().forEach(sentence -> text.line("- " + sentence));
      text.around().forEach(sentence -> text.line("- " + sentence));
      for (Model model : definition.models()) {
        text.line("");
        text.line(
            "## Model " + Markdown.cell(model.name()) + " (" + model.scoring().fingerprint() + ")");
        text.line("");
        text.text.append(new ModelText(model).basics("- ", List.of()).tables("###").text());
      }
    }
    text.signatures();
    return text.text.toString();
  }

  private boolean hasOneModel() {
    return definition.models().size() == 1;
  }

  private String title() {
    return definition.version() + " (" + definition.fingerprint() + ")";
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private List<String> severalModels() {
    List<String> names = definition.models().stream().map(Model::name).toList();
    return List.of(
        "There are "
            + names.size()
            + " models, "
            + Words.and(names)
            + ". Each keeps a score of its own; a person is an MQL when any of them says so.");
  }

  /** What is true of all models. */
  private List<String> around() {
    List<String> around = new ArrayList<>();
    around.add("The CRM shows whole points, rounded down.");
    around.add(
        "Days and dates are those of " + definition.models().get(0).scoring().zone().getId() + ".");
    definition.apply().map(DefinitionText::apply).ifPresent(around::add);
    if (definition.restate()) {
      around.add("MQL dates that the CRM has been told may move when the rules change.");
    }
    return around;
  }

  private static String apply(Apply apply) {
    return switch (apply) {
      case FROM -> "A change of the rules counts from then on; earlier points stay as they are.";
      case RETROACTIVE -> "A change of the rules counts for the past as well.";
    };
  }

  private void signatures() {
    line("");
    line("## Agreed");
    line("");
    line("| | Name | Date |");
    line("|---|---|---|");
    line(Markdown.row("Marketing", "", ""));
    line(Markdown.row("Sales", "", ""));
  }
}
