package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.ProblemRenderer;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects that cannot run: each is refused before Spark starts, with the place and the fix. */
final class BadProjectTest {
  @TempDir Path temporary;
  private Path project;

  @BeforeEach
  void copy() {
    project = TestProjects.copy("tiny", temporary);
  }

  private ProblemException refused(String... settings) {
    ProblemException refused =
        catchThrowableOfType(ProblemException.class, () -> new TestRun(project, settings).run());
    assertThat(refused).isNotNull();
    return refused;
  }

  private static List<ErrorCode> codes(ProblemException refused) {
    return refused.problems().stream().map(Problem::code).toList();
  }

  private void edit(String file, String from, String to) throws IOException {
    Path path = project.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
  }

  @Test
  void namesADirectoryThatIsNoProject() {
    project = temporary.resolve("nothing-here");
    ProblemException refused = refused();
    assertThat(codes(refused)).containsExactly(ErrorCode.PROJECT_NOT_FOUND);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIG);
  }

  @Test
  void listsTheMistakesOfBothFilesAtOnce() throws IOException {
    edit("conf/ripen.conf", "create      = never", "create      = sometimes");
    edit("conf/ripen.conf", "guards {", "gaurds {");
    edit("conf/scoring.conf", "points = 30,", "");
    edit("conf/scoring.conf", "threshold = 50", "threshold = lots");
    ProblemException refused = refused();
    assertThat(codes(refused))
        .containsExactlyInAnyOrder(
            ErrorCode.CONFIG_UNKNOWN_KEY,
            ErrorCode.CONFIG_INVALID_VALUE,
            ErrorCode.CONFIG_INVALID_VALUE,
            ErrorCode.CONFIG_MISSING_KEY);
    assertThat(ProblemRenderer.render(refused.problems(), false))
        .contains("conf/ripen.conf:", "conf/scoring.conf:", "did you mean");
  }

  @Test
  void showsWhereSqlDoesNotParse() throws IOException {
    edit("sql/leads.sql", "SELECT lead_id", "SELECT , lead_id");
    ProblemException refused = refused();
    assertThat(codes(refused)).containsExactly(ErrorCode.SQL_NOT_PARSED);
    assertThat(ProblemRenderer.render(refused.problems(), false)).contains("sql/leads.sql:3:");
  }

  @Test
  void namesATableThatIsNotThere() throws IOException {
    edit("sql/events.sql", "FROM stg_events", "FROM stg_event");
    ProblemException refused = refused();
    assertThat(codes(refused)).containsExactly(ErrorCode.SQL_TABLE_NOT_FOUND);
    assertThat(ProblemRenderer.render(refused.problems(), false)).contains("stg_events");
  }

  @Test
  void saysThatTheStateCannotBeWritten() {
    // Below a regular file: also root cannot make a directory there.
    TestProjects.write(project.resolve("a-file"), "");
    ProblemException refused = refused("state.path=" + project.resolve("a-file/state"));
    assertThat(codes(refused)).containsExactly(ErrorCode.STATE_NOT_WRITABLE);
    assertThat(refused).hasMessageContaining("a-file/state");
  }

  @Test
  void saysThatTheTokenIsMissingWhenSomethingIsToBeSent() {
    ProblemException refused = refused("destinations.hubspot.sandbox=false");
    assertThat(codes(refused)).containsExactly(ErrorCode.CRM_TOKEN_MISSING);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIG);
    assertThat(ProblemRenderer.render(refused.problems(), false)).contains("HUBSPOT_TOKEN");
  }
}
