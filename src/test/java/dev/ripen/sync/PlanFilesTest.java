package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.crm.WriteAction;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFilesTest {
  private static final PlanSummary HEADER =
      new PlanSummary(
          "run-7",
          "fake",
          Instant.parse("2026-11-20T05:00:00Z"),
          "a41f9c",
          3,
          WriteAction.UPSERT,
          PlanTotals.ofFirstPass(1_000, Map.of(SkipReason.NO_KEY, 2L), 1));

  @TempDir Path directory;
  private StateFiles files;
  private PlanReader reader;

  @BeforeEach
  void openState() {
    files = new LocalStateFiles(directory);
    reader = new PlanReader(files);
  }

  private static PlannedRow of(PlanAction action, String leadId) {
    return new PlannedRow(
        0,
        action,
        null,
        leadId,
        "501",
        null,
        action == PlanAction.UNCHANGED
            ? Map.of()
            : Map.of("mql", new FieldChange("false", "true"), "at", new FieldChange("1", null)),
        List.of("first sync"),
        new Acknowledged(Rows.with(Map.of("mql", "true"), "at", null), true, null, Rows.MQL_AT),
        "c",
        Map.of());
  }

  private PlanSummary freeze() {
    try (PlanWriter writer = new PlanWriter(files, "run-7")) {
      writer.add(of(PlanAction.UPDATE, "a"));
      writer.add(of(PlanAction.UNCHANGED, "b"));
      writer.add(of(PlanAction.CREATE, "c"));
      writer.add(of(PlanAction.UPDATE, "d").skipped(SkipReason.DUPLICATE_RECORD));
      return writer.freeze(HEADER);
    }
  }

  private static List<PlannedRow> all(Stream<PlannedRow> rows) {
    try (rows) {
      return rows.toList();
    }
  }

  @Test
  void readsBackWhatWasWritten() {
    PlanSummary frozen = freeze();
    assertThat(frozen.totals())
        .isEqualTo(
            new PlanTotals(
                1,
                1,
                1_001,
                Map.of(SkipReason.NO_KEY, 2L, SkipReason.DUPLICATE_RECORD, 1L),
                1,
                1,
                0,
                0));
    assertThat(frozen.totals().wanted()).isEqualTo(1_007);
    assertThat(reader.summary("run-7")).isEqualTo(frozen);
    assertThat(all(reader.changes("run-7")))
        .containsExactly(
            of(PlanAction.UPDATE, "a").numbered(1), of(PlanAction.CREATE, "c").numbered(2));
    assertThat(all(reader.learned("run-7"))).containsExactly(of(PlanAction.UNCHANGED, "b"));
    assertThat(all(reader.skipped("run-7")))
        .containsExactly(of(PlanAction.UPDATE, "d").skipped(SkipReason.DUPLICATE_RECORD));
  }

  @Test
  void tellsKnownRecordsFromFirstSyncs() {
    try (PlanWriter writer = new PlanWriter(files, "run-7")) {
      writer.add(of(PlanAction.UPDATE, "a"));
      writer.add(
          Rows.planner()
              .planUnread(
                  Rows.planner()
                      .firstPass(
                          Rows.ada(Rows.with(Rows.wantedFields(), "mql_score", "90")),
                          Rows.adaKnown(),
                          null)));
      assertThat(writer.totals().changedKnown()).isEqualTo(1);
    }
  }

  @Test
  void writesTheSummaryForPrograms() throws Exception {
    freeze();
    assertThat(Files.readString(directory.resolve("plans/run-7/plan.json")))
        .isEqualTo(
            "{\"format\":\"ripen.plan/1\",\"run_id\":\"run-7\",\"destination\":\"fake\","
                + "\"as_of\":\"2026-11-20T05:00:00Z\",\"definition\":\"a41f9c\","
                + "\"ledger_version\":3,\"create_with\":\"upsert\",\"totals\":{\"wanted\":1007,"
                + "\"create\":1,\"update\":1,\"unchanged\":1001,\"skipped\":3,\"blocked\":1,\"first_sync\":1,"
                + "\"not_looked_up\":0,\"filled_before\":0},"
                + "\"skipped_by_reason\":{\"NO_KEY\":2,\"DUPLICATE_RECORD\":1}}");
  }

  @Test
  void writesARowAsSparkReadsIt() throws Exception {
    try (PlanWriter writer = new PlanWriter(files, "run-7")) {
      writer.add(
          new PlannedRow(
              0,
              PlanAction.UPDATE,
              null,
              "a",
              "501",
              null,
              Map.of("mql", new FieldChange(null, "true")),
              List.of("first sync"),
              new Acknowledged(Map.of("mql", "true"), true, "hot", Rows.MQL_AT),
              "c0ffee",
              Map.of()));
      writer.freeze(HEADER);
    }
    assertThat(Files.readString(directory.resolve("plans/run-7/changes.jsonl")))
        .isEqualTo(
            "{\"seq\":1,\"action\":\"update\",\"key\":\"a\",\"record_id\":\"501\",\"email\":null,"
                + "\"fields\":{\"mql\":{\"old\":null,\"new\":\"true\"}},"
                + "\"reasons\":[\"first sync\"],\"after\":{\"fields\":{\"mql\":\"true\"},"
                + "\"is_mql\":true,\"level\":\"hot\","
                + "\"episode_mql_at\":\"2026-11-10T08:00:00Z\"},\"content\":\"c0ffee\"}\n");
  }

  @Test
  void knowsNoPlanThatWasNotFrozen() {
    try (PlanWriter writer = new PlanWriter(files, "run-7")) {
      writer.add(of(PlanAction.UPDATE, "a"));
    }
    assertThatThrownBy(() -> reader.summary("run-7"))
        .isInstanceOf(ProblemException.class)
        .hasMessage("PLAN_NOT_FOUND: there is no plan of run `run-7`");
  }

  @Test
  void dropsAnOlderPlanOfTheSameRun() {
    freeze();
    try (PlanWriter writer = new PlanWriter(files, "run-7")) {
      assertThat(writer.totals()).isEqualTo(PlanTotals.NONE);
      assertThat(files.exists("plans/run-7/plan.json")).isFalse();
    }
  }

  @Test
  void refusesAFormatFromLater() {
    files.write(
        "plans/run-7/plan.json", "{\"format\":\"ripen.plan/2\"}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> reader.summary("run-7"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(e.problems().get(0).what())
                    .isEqualTo(
                        "plans/run-7/plan.json has the format `ripen.plan/2`, this ripen knows"
                            + " ripen.plan/1"));
  }

  @Test
  void saysWhichFileIsDamaged() {
    files.write("plans/run-7/changes.jsonl", "{\"seq\":1,".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> all(reader.changes("run-7")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problems().get(0).code()).isEqualTo(ErrorCode.DATA_INVALID);
              assertThat(e.problems().get(0).what())
                  .isEqualTo("plans/run-7/changes.jsonl in the state cannot be read");
            });
  }
}
