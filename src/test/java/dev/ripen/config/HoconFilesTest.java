package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoconFilesTest {
  @TempDir Path directory;

  @Test
  void saysOfEverySlipWhatToWrite() {
    List<String> slips =
        List.of(
            "guards { max-creates = +5 }",
            "project = \"acme",
            "project = \"\"\"acme",
            "guards { max-creates = 5",
            "sources { # {\n  a { tables { }\n}\nguards { accepted = [ \"}\" ] }",
            "guards { max-changed = 0,5 }",
            "guards { accepted = [ a41f9c\nmax-creates = 5 }",
            "project = acme }",
            "project = \"ac\\me\"",
            "state { path = s3a://acme/state }",
            "project = a*b",
            "project = ${NAME}",
            "state.path = ${state.path}",
            "include required(file(\"no-such.conf\"))");
    StringBuilder shown = new StringBuilder();
    for (String slip : slips) {
      shown.append(new ProjectFiles(directory).ripen(slip + "\n").rendered()).append('\n');
    }

    Golden.assertMatches("config/hocon-slips.txt", shown.toString());
  }

  @Test
  void readsIncludedFilesAndNamesThemInProblems() {
    ProjectFiles files =
        new ProjectFiles(directory)
            .ripen("project = acme\ninclude \"guards.conf\"\n")
            .file("conf/guards.conf", "# shared\nguards { max-creats = 1 }\n");

    assertThat(files.rendered())
        .isEqualTo(
            """
            error[CONFIG_UNKNOWN_KEY]: unknown key `guards.max-creats`
              --> conf/guards.conf:2:10
               2 | guards { max-creats = 1 }
              fix: did you mean `max-creates`?

            1 problem
            """);
  }

  @Test
  void letsASubstitutionReferToAnotherKeyAndToItself() {
    Project project =
        new ProjectFiles(directory)
            .ripen(
                """
                project = acme
                parameters { region = emea, name = ${project}"-"${parameters.region} }
                parameters.region = ${parameters.region}"-north"
                """)
            .load();

    assertThat(project.parameters())
        .isEqualTo(Map.of("region", "emea-north", "name", "acme-emea-north"));
  }
}
