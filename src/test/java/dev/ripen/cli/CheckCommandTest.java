package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs no Spark session; columns and types are tested where the models are analysed. */
class CheckCommandTest {
  @TempDir Path parent;
  private Path project;

  @BeforeEach
  void writeAProject() {
    project = parent.resolve("simple");
    ProjectTemplate.SIMPLE.write(project);
  }

  @Test
  void findsAllProblemsOfTheSqlAtOnce() throws IOException {
    replace("sql/leads.sql", "FROM warehouse.lead", "FROM warehouse.leed");
    replace("sql/identities.sql", "-- One row", "-- A row");
    Files.writeString(project.resolve("sql/notes.txt"), "mine");
    CommandRun run = check();
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).isEmpty();
    Golden.assertMatches("cli/check-sql-problems.txt", run.out());
  }

  @Test
  void findsProblemsOfTheSqlDespiteThoseOfTheConfiguration() throws IOException {
    replace("conf/ripen.conf", "project   =", "projct    =");
    replace("conf/scoring.conf", "points = 1", "points = +1");
    replace("sql/leads.sql", "GROUP BY", "GRUP BY");
    CommandRun run = check();
    assertThat(run.exit()).isEqualTo(3);
    Golden.assertMatches("cli/check-all-problems.txt", run.out());
  }

  @Test
  void findsCasesThatFitNoConvention() throws IOException {
    Files.delete(project.resolve("sql/tests/rules/five-events-make-an-mql/leads.csv"));
    Files.createDirectories(project.resolve("sql/tests/lead/wrong"));
    CommandRun run = check("--format", "json");
    assertThat(run.exit()).isEqualTo(3);
    Golden.assertMatches("cli/check-case-problems.json", run.out());
  }

  @Test
  void printsTheSqlOfTheBuiltInModels() {
    CommandRun run = check("--show-sql");
    assertThat(run.exit()).isZero();
    Golden.assertMatches("cli/check-show-sql.txt", run.out());
  }

  @Test
  void refusesLiveTogetherWithSyntax() {
    CommandRun run = check("--live");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("error[USAGE_INVALID]: --live and --syntax exclude each other");
  }

  @Test
  void saysWhereThereIsNoProject() {
    CommandRun run = CommandRun.of("check", "--project", parent.resolve("nothing").toString());
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.out()).contains("error[PROJECT_NOT_FOUND]: there is no conf/ripen.conf in ");
  }

  private CommandRun check(String... more) {
    String[] arguments = new String[more.length + 4];
    System.arraycopy(more, 0, arguments, 4, more.length);
    arguments[0] = "check";
    arguments[1] = "--syntax";
    arguments[2] = "--project";
    arguments[3] = project.toString();
    return CommandRun.of(arguments);
  }

  private void replace(String file, String from, String to) throws IOException {
    Path path = project.resolve(file);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
  }
}
