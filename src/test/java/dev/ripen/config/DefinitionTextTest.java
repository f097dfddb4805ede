package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.testing.Golden;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionTextTest {
  @TempDir Path directory;

  private Definition definition(String name) {
    return new ProjectFiles(directory)
        .ripen("project = acme-mql\ntime-zone = \"Europe/Berlin\"\n")
        .scoring(ProjectFiles.resource(name))
        .load()
        .definition();
  }

  @Test
  void saysTheDocumentedDefinitionInSentences() {
    Golden.assertMatches(
        "config/definition-design.txt",
        DefinitionText.sentences(definition("design/conf/scoring.conf")));
  }

  @Test
  void showsTheDocumentedDefinitionAsAPage() {
    Golden.assertMatches(
        "config/definition-design.md",
        DefinitionText.markdown(definition("design/conf/scoring.conf")));
  }

  @Test
  void saysEveryPieceInSentences() {
    Golden.assertMatches(
        "config/definition-every-key.txt",
        DefinitionText.sentences(definition("every-key/scoring.conf")));
  }

  @Test
  void showsEveryPieceAsAPage() {
    Golden.assertMatches(
        "config/definition-every-key.md",
        DefinitionText.markdown(definition("every-key/scoring.conf")));
  }

  @Test
  void saysTheWholeLanguageInSentences() {
    Golden.assertMatches(
        "config/definition-every-piece.txt",
        DefinitionText.sentences(definition("every-piece/scoring.conf")));
  }

  @Test
  void showsTheWholeLanguageAsAPage() {
    Golden.assertMatches(
        "config/definition-every-piece.md",
        DefinitionText.markdown(definition("every-piece/scoring.conf")));
  }

  @Test
  void saysEachOfSeveralModels() {
    Golden.assertMatches(
        "config/definition-several.txt",
        DefinitionText.sentences(definition("several/scoring.conf")));
    Golden.assertMatches(
        "config/definition-several.md",
        DefinitionText.markdown(definition("several/scoring.conf")));
  }

  @Test
  void isTheSameInEveryLocale() {
    Definition definition = definition("every-key/scoring.conf");
    String usual = DefinitionText.markdown(definition);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(DefinitionText.markdown(definition)).isEqualTo(usual);
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      assertThat(DefinitionText.markdown(definition)).isEqualTo(usual);
      assertThat(definition("every-key/scoring.conf")).isEqualTo(definition);
    } finally {
      Locale.setDefault(before);
    }
  }
}
