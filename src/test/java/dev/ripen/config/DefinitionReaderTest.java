package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.ProblemException;
import dev.ripen.problem.ProblemRenderer;
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
