package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.DefinitionText;
import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.testing.TestProjects;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's language changes neither what is understood nor what is printed. */
final class LocaleTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-10T05:00:00Z"), ZoneOffset.UTC);

  private final Locale before = Locale.getDefault();
  private final TimeZone zoneBefore = TimeZone.getDefault();
  @TempDir Path temporary;

  @AfterEach
  void restore() {
    Locale.setDefault(before);
    TimeZone.setDefault(zoneBefore);
  }

  /** Turkish has another capital i, Arabic other digits, German other points and commas. */
  @ParameterizedTest
  @ValueSource(strings = {"tr-TR", "ar-EG-u-nu-arab", "de-DE", "th-TH-u-ca-buddhist"})
  void readsAndPrintsTheSameInEveryLanguage(String tag) {
    Path project = TestProjects.copy("tiny", temporary);
    Locale.setDefault(Locale.ROOT);
    List<String> expected = everything(project);
    Locale.setDefault(Locale.forLanguageTag(tag));
    TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
    assertThat(everything(project)).isEqualTo(expected);
  }

  @Test
  void printsPlainDigits() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    assertThat(RunView.number(1_234_567)).isEqualTo("1,234,567");
    assertThat(RunIds.next(CLOCK)).startsWith("20261110T050000Z-");
  }

  private static List<String> everything(Path directory) {
    Project project =
        ProjectLoader.load(
            directory, Optional.empty(), Map.of("guards.max-creates", "7"), Map.of());
    RunReport report = new RunReport();
    report.asOf = CLOCK.instant();
    report.scored = 123_456;
    report.mqls = 12_345;
    report.recentMqls = 1_234;
    report.seconds = 1234.56;
    report.models.add(new RunReport.ModelRow("signals", 9_876_543, 12.34, 90));
    List<String> texts = new ArrayList<>();
    texts.add(project.definition().models().toString());
    texts.add(project.destinations().toString());
    texts.add(DefinitionText.markdown(project.definition()));
    texts.add(RunView.summary(report));
    texts.add(report.toJson().toString());
    try (Workspace workspace = Workspace.open(options(directory), CLOCK)) {
      workspace.graph().inOrder().forEach(model -> texts.add(model.name() + model.checks()));
    }
    return texts;
  }

  private static GlobalOptions options(Path directory) {
    return picocli.CommandLine.populateCommand(
        new GlobalOptions(), "--project", directory.toString());
  }
}
