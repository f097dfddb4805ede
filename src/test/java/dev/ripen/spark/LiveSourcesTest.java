package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class LiveSourcesTest {
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");
  private static final String EVENTS = "conf/schemas/warehouse.event.ddl";

  @TempDir Path directory;
  private final SparkSession session = SparkTestSession.create();

  @BeforeEach
  void writeAProject() throws IOException {
    Files.createDirectories(directory.resolve("conf/schemas"));
    Path template = TemplateProjects.directory("simple");
    Files.copy(template.resolve("conf/scoring.conf"), directory.resolve("conf/scoring.conf"));
    Files.writeString(
        directory.resolve("conf/ripen.conf"),
        """
        project = live
        sources {
          warehouse {
            format = parquet
            tables {
              event { path = "event", loaded-at = loaded, stale-after = 26h }
              lead  { path = "lead" }
            }
          }
        }
        destinations { hubspot { mode = shadow, match-by = [ email ], fields { mql = overwrite } } }
        state { path = "state" }
        """);
    session
        .sql("SELECT 1 AS id, 'x' AS kind, TIMESTAMP '2026-11-18 05:00:00Z' AS loaded")
        .write()
        .parquet(directory.resolve("event").toString());
  }

  @Test
  void saysWhatDiffersAndRenewsTheSchemas() throws IOException {
    Files.writeString(directory.resolve(EVENTS), "id STRING\nkind STRING\ngone DATE\n");
    LiveSources.Findings findings = LiveSources.look(session, project(), AS_OF);
    assertThat(findings.tables()).isEqualTo(1);
    assertThat(findings.differences())
        .containsExactly(
            "warehouse.event: column gone is gone",
            "warehouse.event: column id is INT, was STRING",
            "warehouse.event: column loaded TIMESTAMP is new");
    assertThat(findings.written()).containsExactly(EVENTS);
    assertThat(directory.resolve(EVENTS)).hasContent("id INT\nkind STRING\nloaded TIMESTAMP");
    assertThat(LiveSources.look(session, project(), AS_OF).written()).isEmpty();
  }

  @Test
  void findsTablesThatAreAwayOrStale() {
    List<Problem> problems = LiveSources.look(session, project(), AS_OF).problems();
    assertThat(problems.get(0))
        .isEqualTo(
            Problem.of(
                ErrorCode.DATA_INVALID,
                "warehouse.event is stale: its newest row was loaded 48 h before as_of",
                "look at the job that loads it; 26 h are allowed by stale-after"));
    assertThat(problems).hasSize(2);
    assertThat(problems.get(1).what()).startsWith("cannot read warehouse.lead: ");
  }

  private Project project() {
    return ProjectLoader.load(directory, Optional.empty(), Map.of(), Map.of());
  }
}
