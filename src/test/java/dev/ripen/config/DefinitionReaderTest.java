package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.ProblemException;
import dev.ripen.problem.ProblemRenderer;
import dev.ripen.scoring.Dimension;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionReaderTest {
  private static final ZoneId UTC = ZoneId.of("UTC");

  @TempDir Path directory;

  private static Definition read(String text) {
    return DefinitionReader.read(text, "definition 1 (a41f9c)", UTC);
  }

  @Test
  void readsTheSameFromTheTextAsFromTheFile() {
    for (String name : List.of("every-piece", "every-key", "several")) {
      Definition fromFile =
          new ProjectFiles(directory)
              .scoring(ProjectFiles.resource(name + "/scoring.conf"))
              .load()
              .definition();

      assertThat(read(fromFile.text())).isEqualTo(fromFile);
    }
  }

  @Test
  void readsWhatTheCommandLineHasSet() {
    Definition set = new ProjectFiles(directory).set("mql.threshold", "60").load().definition();

    assertThat(read(set.text())).isEqualTo(set);
  }

  @Test
  void readsWhatOtherFilesAndVariablesHaveSaid() {
    Definition definition =
        new ProjectFiles(directory)
            .scoring(
                """
                version = "1 # \\"a\\""
                include "rules.conf"
                mql { threshold = ${THRESHOLD}, re-qualify = never }
                """)
            .file(
                "conf/rules.conf",
                """
                dimensions {
                  zeal { cap = ${?CAP}, rules = [
                    { name = b, points = 0.10, event = "type = 'b\\\\d'" }
                    { name = a, points = 5, lead = \"""is "odd" \"""  }
                  ] }
                  art { groups { z { cap = 3 }, a { cap = 4 } }, rules = [] }
                }
                levels = [ { name = hot, from = 65 }, { name = cold } ]
                """)
            .variable("THRESHOLD", "60")
            .load()
            .definition();

    assertThat(definition.models().get(0).scoring().qualification().threshold())
        .isEqualTo(60_000_000);
    assertThat(definition.models().get(0).scoring().dimensions())
        .extracting(Dimension::name)
        .containsExactly("zeal", "art");
    assertThat(read(definition.text())).isEqualTo(definition);
  }

  @Test
  void namesTheOriginInProblems() {
    ProblemException thrown =
        catchThrowableOfType(
            ProblemException.class,
            () -> read(ProjectFiles.LEAST_SCORING.replace("threshold = 50", "threshold = fifty")));

    assertThat(ProblemRenderer.render(thrown.problems(), false))
        .isEqualTo(
            """
            error[CONFIG_INVALID_VALUE]: `mql.threshold` is `fifty`: not a number of points
              --> definition 1 (a41f9c):2:7
               2 | mql { threshold = fifty }
              fix: write a number, for example 15, -30 or 2.5

            1 problem
            """);
  }
}
