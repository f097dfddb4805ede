package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.config.Source;
import dev.ripen.crm.CrmRecord;
import dev.ripen.history.RunRecord;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.testing.TestProjects;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run keeps of a CRM: one story, since each step is a commit. */
@Tag("spark")
class SourceRecordsTest {
  private static final Instant AT = Instant.parse("2026-11-01T08:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-10T05:00:00Z");

  @TempDir Path directory;
  private final SparkSession spark = SparkTestSession.create();
  private int files;

  private static Source source(Source.Table... tables) {
    return new Source("crm", "hubspot", Map.of(), Map.of(), List.of(tables));
  }

  private static CrmRecord contact(String id, String email, boolean archived) {
    return new CrmRecord(
        id,
        AT,
        AT,
        archived,
        Map.of("email", email),
        List.of(new CrmRecord.Change("jobtitle", "CTO", AT)),
        List.of());
  }

  private String file(CrmRecord... records) {
    Path file = directory.resolve("read-" + files++ + ".jsonl");
    List<String> lines = new ArrayList<>();
    for (CrmRecord record : records) {
      lines.add(RecordLines.of(lines.size(), record));
    }
    TestProjects.write(file, String.join("\n", lines) + "\n");
    return file.toString();
  }

  private StateTables state() {
    return new StateTables(spark, directory.resolve("state").toString());
  }

  private static void commit(StateTables state) {
    state.commit(
        new RunRecord(
            "run",
            RunRecord.Phase.DONE,
            NOW,
            NOW,
            NOW.plusSeconds(state.commits().size()),
            "shadow",
            "1",
            "abcdef",
            Map.of(),
            "",
            "{}"),
        Pipeline.tables());
  }

  private List<String> rows(StateTables state, Source source, Source.Table table) {
    return SourceRecords.committed(spark, state).of(source, table).toJSON().collectAsList().stream()
        .sorted()
        .toList();
  }

  @Test
  void keepsRecordsAndWatermarksTogether() {
    Source.Table contacts =
        TestTables.table("contacts", Map.of("properties", "email", "history", "jobtitle"));
    Source.Table deals = TestTables.table("deals", Map.of("properties", "amount"));
    Source source = source(contacts, deals);
    StateTables state = state();
    SourceRecords records = SourceRecords.current(spark, state);
    ProblemException unread =
        catchThrowableOfType(ProblemException.class, () -> rows(state, source, contacts));
    assertThat(unread.problems().get(0).code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
    assertThat(records.watermarks(source, contacts)).isEmpty();

    assertThat(
            records.take(
                source,
                contacts,
                file(
                    contact("51", "old@x.example", false),
                    contact("52", "bob@x.example", false),
                    contact("51", "ada@x.example", false)),
                true,
                Map.of("", AT),
                NOW))
        .isEqualTo(2);
    assertThat(records.take(source, deals, file(), true, Map.of(), NOW)).isZero();
    commit(state);
    assertThat(rows(state, source, deals)).isEmpty();
    assertThat(rows(state, source, contacts))
        .containsExactly(
            "{\"id\":\"51\",\"email\":\"ada@x.example\",\"history\":[{\"property\":\"jobtitle\","
                + "\"value\":\"CTO\",\"occurred_at\":\"2026-11-01T08:00:00.000Z\"}],"
                + "\"created_at\":\"2026-11-01T08:00:00.000Z\",\"modified_at\":\"2026-11-01T08:00:00.000Z\","
                + "\"is_archived\":false,\"loaded_at\":\"2026-11-01T08:00:00.000Z\"}",
            "{\"id\":\"52\",\"email\":\"bob@x.example\",\"history\":[{\"property\":\"jobtitle\","
                + "\"value\":\"CTO\",\"occurred_at\":\"2026-11-01T08:00:00.000Z\"}],"
                + "\"created_at\":\"2026-11-01T08:00:00.000Z\",\"modified_at\":\"2026-11-01T08:00:00.000Z\","
                + "\"is_archived\":false,\"loaded_at\":\"2026-11-01T08:00:00.000Z\"}");

    readsAgainWithoutWriting(source, contacts);
    startsAnewWhereMoreIsWanted();
    keepsOutWhomItForgot(source, contacts);
  }

  private void readsAgainWithoutWriting(Source source, Source.Table contacts) {
    StateTables state = state();
    SourceRecords records = SourceRecords.current(spark, state);
    assertThat(records.watermarks(source, contacts)).isEqualTo(Map.of("", AT));
    long before = version(state);
    assertThat(
            records.take(
                source,
                contacts,
                file(contact("51", "ada@x.example", false)),
                false,
                Map.of("", AT),
                NOW))
        .as("not changed")
        .isZero();
    assertThat(version(state)).isEqualTo(before);
  }

  private static long version(StateTables state) {
    return state.log().logs().newestVersion(state.log().location(SourceRecords.TABLE)).orElseThrow()
        + state.log().logs().newestVersion(state.log().location(SourceRecords.READS)).orElseThrow();
  }

  private void startsAnewWhereMoreIsWanted() {
    StateTables state = state();
    SourceRecords records = SourceRecords.committed(spark, state);
    Source.Table more =
        TestTables.table("contacts", Map.of("properties", "email,country", "history", "jobtitle"));
    Source.Table less = TestTables.table("contacts", Map.of("properties", "email"));
    assertThat(records.watermarks(source(more), more)).isEmpty();
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> records.of(source(more), more))
                .problems()
                .get(0)
                .what())
        .isEqualTo(
            "crm.contacts was read without all that conf/ripen.conf names for it: only a run reads"
                + " the CRM");
    assertThat(records.watermarks(source(less), less)).isEqualTo(Map.of("", AT));
    Source elsewhere =
        new Source(
            "crm", "hubspot", Map.of("base-url", "http://x.example"), Map.of(), List.of(less));
    assertThat(records.watermarks(elsewhere, less)).isEmpty();
  }

  private void keepsOutWhomItForgot(Source source, Source.Table contacts) {
    StateTables state = state();
    Forgetting forgetting = new Forgetting(spark, state);
    Forgetting.Found found = forgetting.find("ADA@x.example");
    assertThat(found.recordIds()).containsExactly("51");
    assertThat(found.rows()).containsEntry(SourceRecords.TABLE, 1L);
    assertThat(forgetting.find("51").emails()).containsExactly("ada@x.example");
    forgetting.remove(found, NOW);
    commit(state);
    forgetting.purge();
    assertThat(rows(state(), source, contacts)).hasSize(1).noneMatch(row -> row.contains("ada@"));

    StateTables later = state();
    assertThat(
            SourceRecords.current(spark, later)
                .take(
                    source,
                    contacts,
                    file(
                        contact("51", "new-address@x.example", false),
                        contact("60", "Ada@x.example", false),
                        contact("61", "g@x.example", false)),
                    false,
                    Map.of("", NOW),
                    NOW))
        .as("by his id, and by his address")
        .isEqualTo(1);
  }
}
