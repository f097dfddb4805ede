package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.ProblemRenderer;
import dev.ripen.sync.GuardResult;
import dev.ripen.testing.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A CRM that refuses more records than {@code guards.reject-limit} lets pass: the night that it
 * stops, and the one after. One request at a time, so that it is known where the sync ends.
 */
@Tag("spark")
final class RejectLimitTest {
  private static final int LEADS = 350;

  /** In the second of four batches of 100. */
  private static final List<String> REFUSED = List.of("1110", "1111", "1112");

  @TempDir Path directory;
  private TinyNights nights;

  @BeforeEach
  void start() {
    nights =
        new TinyNights(directory, LEADS)
            .set("destinations.hubspot.concurrency=1", "guards.reject-limit=2");
    nights.provision(new FieldSpec("rank", "Rank", FieldType.NUMBER, List.of()));
    nights.addField(
        "rank",
        "overwrite",
        "CASE WHEN scores.lead_id IN ('1110', '1111', '1112') THEN 'gold' ELSE '1' END");
  }

  @AfterEach
  void stop() {
    nights.close();
  }

  @Test
  void stopsTheSyncAndGoesOnWhereItStoodWhenTheCauseIsMended() throws IOException {
    TestRun first = nights.night(10);
    ProblemException stopped = catchThrowableOfType(ProblemException.class, first::run);

    assertThat(stopped.exitCode()).isEqualTo(ExitCode.REJECTED);
    assertThat(stopped.problems()).hasSize(1);
    assertThat(stopped.problems().get(0).code()).isEqualTo(ErrorCode.REJECT_LIMIT);
    Golden.assertMatches(
        "cli/reject-limit.txt",
        ProblemRenderer.render(stopped.problems(), false).strip()
            + "\n\n$ ripen rejects\n"
            + rejects());
    assertThat(first.messages()).containsPattern("197 written +3 rejected +150 deferred");
    assertThat(first.report().plan.toSend()).isEqualTo(LEADS);
    List<String> written = new ArrayList<>(leads(1000, 1200));
    written.removeAll(REFUSED);
    assertThat(leads(first, "ledger")).isEqualTo(written);
    assertThat(leads(first, "rejects")).isEqualTo(REFUSED);
    assertThat(leads(first, "deferred")).isEqualTo(leads(1200, 1000 + LEADS));
    assertThat(written).allSatisfy(lead -> assertThat(rank(lead)).isEqualTo("1"));
    assertThat(REFUSED).allSatisfy(lead -> assertThat(rank(lead)).isNull());
    assertThat(leads(1200, 1000 + LEADS)).allSatisfy(lead -> assertThat(rank(lead)).isNull());

    nights.replace("sql/crm/hubspot.sql", "'gold'", "'2'");
    TestRun second = nights.night(11);
    assertThat(second.run()).as("the limit is as it was").isEqualTo(ExitCode.DONE);

    assertThat(second.report().guards)
        .contains(
            new GuardResult(
                "reject-limit", GuardResult.Status.PASSED, "0 rejected records wait", ""));
    List<String> order = new ArrayList<>(leads(1200, 1000 + LEADS));
    order.addAll(REFUSED);
    assertThat(nights.leadsInOrder(second.report().runId)).isEqualTo(order);
    assertThat(second.report().plan.unchanged()).isEqualTo(197);
    assertThat(second.report().sync.written()).isEqualTo(LEADS - 197);
    assertThat(leads(second, "ledger")).isEqualTo(leads(1000, 1000 + LEADS));
    assertThat(leads(second, "rejects")).isEmpty();
    assertThat(leads(second, "deferred")).isEmpty();
    assertThat(REFUSED).allSatisfy(lead -> assertThat(rank(lead)).isEqualTo("2"));
    assertThat(rejects()).isEqualTo("No rejected rows.\n");
  }

  /** What {@code ripen rejects} prints, without its times. */
  private String rejects() {
    RejectsCommand command =
        CommandLine.populateCommand(
            new RejectsCommand(), "list", "--project", nights.project.toString());
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    command.act(
        TestRun.workspace(nights.project, nights.settings(11)),
        new Console(out, out, false, false, false));
    return printed.toString(StandardCharsets.UTF_8).replaceAll("last \\S+", "last TIME");
  }

  private static List<String> leads(int from, int to) {
    return IntStream.range(from, to).mapToObj(id -> "" + id).toList();
  }

  private static List<String> leads(TestRun run, String table) {
    return run.committed(table).select("lead_id").orderBy("lead_id").collectAsList().stream()
        .map((Row row) -> row.getString(0))
        .toList();
  }

  private String rank(String contact) {
    return nights.crm.findContact(contact).orElseThrow().get("rank");
  }
}
