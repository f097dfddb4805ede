package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.problem.ProblemException;
import dev.ripen.testing.Golden;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Nine leads signed up (25.5 points), every third asked for a demo too (55.5): three MQLs at a
 * threshold of 50.
 */
final class DiffTest {
  @TempDir private Path directory;
  private Path project = Path.of("");

  @BeforeEach
  void makeProject() {
    project = TestProjects.copy("tiny", directory);
    TestProjects.fillTiny(project, 9);
  }

  @Test
  void showsWhoEntersBecauseOfWhichRule() throws IOException {
    Path older = older();
    edit("points = 25.5", "points = 51");
    Golden.assertMatches("cli/diff.txt", diff("--against", older.toString()) + "\n");
    Golden.assertMatches("cli/diff.md", diff("--against", older.toString(), "--markdown") + "\n");
    JsonNode json =
        new ObjectMapper().readTree(diff("--against", older.toString(), "--format", "json"));
    assertThat(json.get("format").asText()).isEqualTo("ripen.diff/1");
    assertThat(json.get("mqls_before").asInt()).isEqualTo(3);
    assertThat(json.at("/retroactive/mqls").asInt()).isEqualTo(9);
    assertThat(json.at("/retroactive/enters").asInt()).isEqualTo(6);
    // With the dearer sign-up the three are MQLs a day earlier.
    assertThat(json.at("/retroactive/moves").asInt()).isEqualTo(3);
    assertThat(json.at("/retroactive/causes/0/cause").asText()).isEqualTo("sign-up");
    assertThat(json.at("/from/enters").asInt()).isZero();
    assertThat(json.at("/from/moves").asInt()).isZero();
  }

  @Test
  void writesFullListsAsCsv() throws IOException {
    Path older = older();
    edit("threshold = 50", "threshold = 100");
    Path lists = directory.resolve("lists");
    String text = diff("--against", older.toString(), "--limit", "1", "--out", lists.toString());
    assertThat(text).contains("Stop being MQLs (3; 1 shown, all with --out DIR)");
    assertThat(Files.readAllLines(lists.resolve("retroactive-leaves.csv")))
        .hasSize(4)
        .contains("1000,lead0@northwind.example,55,55,2026-11-03 09:00,,");
    assertThat(Files.readAllLines(lists.resolve("retroactive-enters.csv"))).hasSize(1);
  }

  @Test
  void readsTheOtherDefinitionFromAGitRef() throws IOException, InterruptedException {
    git("init", "-q");
    git("add", "conf", "sql");
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "one");
    edit("threshold = 50", "threshold = 25");
    assertThat(diff("--against", "HEAD"))
        .containsPattern("become MQLs +6 +6\n")
        .contains("the conditions of mql");
    assertThatThrownBy(() -> diff("--against", "no-such-branch"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("neither a directory nor a git ref");
  }

  @Test
  void comparesOtherModelsToo() throws IOException {
    Path older = older();
    Path leads = project.resolve("sql/leads.sql");
    Files.writeString(leads, Files.readString(leads) + "WHERE crm_id <> '1000'\n");
    assertThat(diff("--against", older.toString())).containsPattern("stop being MQLs +1 +1\n");
  }

  @Test
  void comparesWithWhatTheCrmCallsAnMql() throws IOException {
    Path leads = project.resolve("sql/leads.sql");
    Files.writeString(
        leads,
        Files.readString(leads)
            .replace("crm_id\n", "crm_id, crm_id IN ('1000', '1001') AS current_mql\n"));
    Golden.assertMatches(
        "cli/diff-column.txt", diff("--against-column", "leads.current_mql") + "\n");
    assertThatThrownBy(() -> diff("--against-column", "leads.curent_mql"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("curent_mql");
  }

  @Test
  void quotesWhatASpreadsheetWouldTakeForAFormula() {
    assertThat(DiffCsv.quoted("=1+1")).isEqualTo("'=1+1");
    assertThat(DiffCsv.quoted("a \"b\", c")).isEqualTo("\"a \"\"b\"\", c\"");
    assertThat(DiffCsv.quoted(null)).isEmpty();
  }

  private Path older() throws IOException {
    Path older = directory.resolve("older");
    for (String file : List.of("conf/scoring.conf")) {
      Files.createDirectories(older.resolve(file).getParent());
      Files.copy(project.resolve(file), older.resolve(file));
    }
    Path sql = project.resolve("sql");
    try (var files = Files.walk(sql)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = older.resolve("sql").resolve(sql.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return older;
  }

  private void edit(String before, String after) throws IOException {
    Path file = project.resolve("conf/scoring.conf");
    String text = Files.readString(file);
    assertThat(text).contains(before);
    Files.writeString(file, text.replace(before, after));
  }

  private void git(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).directory(project.toFile()).inheritIO().start();
    assertThat(git.waitFor()).isZero();
  }

  /** The workspace stays open: all tests share its Spark. */
  private String diff(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--project", project.toString()));
    List<String> ofCommand = new ArrayList<>(List.of(arguments));
    ofCommand.addAll(all);
    DiffCommand command =
        CommandLine.populateCommand(new DiffCommand(), ofCommand.toArray(String[]::new));
    return command.result(Workspace.open(command.options(), Clock.systemUTC()));
  }
}
