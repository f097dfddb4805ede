package dev.ripen.spark;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.history.RunRecord;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
final class StateFormatTest {
  private static final Instant NIGHT = Instant.parse("2026-11-10T05:00:00Z");

  @TempDir Path directory;

  @Test
  void refusesAStateThatANewerRipenWrote() {
    SparkSession spark = SparkTestSession.create();
    StateTables state = new StateTables(spark, directory.toString());
    state.commit(
        new RunRecord(
            "20261110T050000Z-0000",
            RunRecord.Phase.DONE,
            NIGHT,
            NIGHT,
            NIGHT,
            "live",
            "2026-11",
            "a41f9c",
            Map.of(),
            "",
            "{}"),
        List.of());
    assertThat(new StateTables(spark, directory.toString()).commits()).hasSize(1);

    state.append(
        "runs", state.current("runs").withColumn("state_format", lit(StateTables.FORMAT + 1)));
    assertThatThrownBy(() -> new StateTables(spark, directory.toString()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problems().get(0).code()).isEqualTo(ErrorCode.STATE_NEWER);
              assertThat(refused.exitCode()).isEqualTo(ExitCode.CONFIG);
            })
        .hasMessageContaining("format 2, this one knows 1");
  }
}
