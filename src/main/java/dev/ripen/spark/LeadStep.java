package dev.ripen.spark;

import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sqlmodel.CheckResult.Status;
import dev.ripen.sqlmodel.SqlModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The people: models that need neither signals nor scores. */
final class LeadStep {
  private static final Set<String> KEPT =
      Set.of(Pipeline.LEADS, Pipeline.IDENTITIES, Pipeline.STATUSES, LeadHistory.CHANGES);

  private final RunContext run;
  private final EventModels events;
  private final RunDays days;
  private final LaterLinks later;
  private final Map<String, Dataset<Row>> checked = new HashMap<>();

  LeadStep(RunContext run, EventModels events, RunDays days) {
    this.run = run;
    this.events = events;
    this.days = days;
    this.later = new LaterLinks(run.asOf());
  }

  /** Compiles them, counts the people, runs the checks. */
  Pipeline.Leads run() {
    List<SqlModel> early = new ArrayList<>();
    Optional<Pipeline.Identity> identity = Optional.empty();
    for (SqlModel model : run.graph().inOrder()) {
      if (!ScoreStep.needsScores(run.graph(), model.name()) && !events.contains(model)) {
        run.models().compile(model);
        keep(model.name());
        if (model.name().equals(LinkRows.TABLE)) {
          identity = Optional.of(people());
        }
        early.add(model);
      }
    }
    Dataset<Row> leads = run.spark().table(Pipeline.LEADS);
    boolean counted = List.of(leads.columns()).contains("merged_records");
    Row row =
        leads
            .selectExpr("count(*)", counted ? "sum(merged_records)" : "CAST(NULL AS BIGINT)")
            .head();
    early.forEach(
        model ->
            run.models()
                .check(model, checked.getOrDefault(model.name(), run.spark().table(model.name()))));
    if (run.graph().findModel(LeadHistory.CHANGES).isPresent()) {
      checkChanges(leads);
    }
    List<Pipeline.CastLoss> losses = new ArrayList<>();
    run.graph().inOrder().stream()
        .filter(model -> model.layer() == SqlModel.Layer.STAGING)
        .forEach(model -> losses.addAll(run.models().castLosses(model)));
    return new Pipeline.Leads(
        row.getLong(0),
        row.isNullAt(1) ? Optional.empty() : Optional.of(row.getLong(1)),
        losses,
        identity,
        later.first());
  }

  /** Makes the table of people, which other models read; as if none were known if all is anew. */
  private Pipeline.Identity people() {
    PeopleStep step = new PeopleStep(run.spark(), run.project().identity(), PeopleStep.IN_MEMORY);
    EventLinks.Read links =
        new EventLinks(run, events, days).read(run.spark().table(LinkRows.TABLE), later);
    checked.put(LinkRows.TABLE, links.read());
    PeopleStep.Found found =
        step.find(
            links.all(),
            run.asOf(),
            Optional.of(run.state()).filter(state -> !days.again().everything()));
    Dataset<Row> people = found.changed() ? keep(step, found) : found.people();
    PeopleRows.view(people).createOrReplaceTempView(PeopleRows.VIEW);
    return PeopleRows.count(people, found);
  }

  private Dataset<Row> keep(PeopleStep step, PeopleStep.Found found) {
    if (run.preview()) {
      return run.persist(found.people());
    }
    // Sorted for explain, as the others.
    run.state().overwrite(LinkRows.TABLE, found.judged().sortWithinPartitions("id"));
    run.state().overwrite(PeopleRows.VIEW, step.rows(found.people()).sortWithinPartitions("id"));
    return run.state().current(PeopleRows.VIEW);
  }

  /** Models that several steps read; they also serve explain later. */
  private void keep(String model) {
    Dataset<Row> rows = run.spark().table(model);
    if (!KEPT.contains(model)) {
      return;
    }
    if (run.preview()) {
      run.persist(rows).createOrReplaceTempView(model);
      return;
    }
    // Sorted, so that explain finds one person's rows by the files' statistics.
    run.state().overwrite(model, rows.sortWithinPartitions("lead_id"));
    run.state().current(model).createOrReplaceTempView(model);
  }

  /** A name that no lead has is a slip of the pen; a value that does not fit is one bad row. */
  private void checkChanges(Dataset<Row> leads) {
    Row row =
        run.models()
            .compile("built-in check of attribute_changes", LeadHistory.problems(leads.schema()))
            .head();
    run.models()
        .add(
            List.of(
                result(
                    "attribute is a column of leads"
                        + (row.getLong(0) == 0 ? "" : ", not: " + row.getString(2)),
                    Status.FAILED,
                    row.getLong(0)),
                result("value fits its column", Status.WARNED, row.getLong(1))));
  }

  private static CheckResult result(String name, Status otherwise, long failing) {
    return new CheckResult(
        name, LeadHistory.CHANGES, failing == 0 ? Status.PASSED : otherwise, failing);
  }
}
