package dev.ripen.spark;

import dev.ripen.config.Project;
import dev.ripen.sqlmodel.ModelCheck;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Says which signals a night would have computed inside a source, and why not the others; for
 * {@code ripen check --live}. Asks the source for the types of its columns, reads no rows.
 */
public final class PushdownLook {
  private final List<String> notes = new ArrayList<>();
  private final Map<String, String> sql = new LinkedHashMap<>();

  private PushdownLook() {}

  /**
   * What a look found.
   *
   * @param notes for people, one line each; none if no events are in a database
   * @param sql that the source would be sent, by what it is
   */
  public record Findings(List<String> notes, Map<String, String> sql) {}

  /** Looks at both tables of events, as far as the project has them. */
  public static Findings look(SparkSession spark, Project project, ModelGraph graph, Instant asOf) {
    Map<String, StructType> schemas =
        ModelSchemas.load(project.directory(), OfflineModels.sourceTables(project));
    SparkSession session = spark.newSession();
    SparkSession.setActiveSession(session);
    try (Sources sources =
        new Sources(session, project, schemas, Set.of(), CrmTables.empty(session))) {
      EventModels events = new EventModels(graph);
      compile(session, events, sources, Pipeline.parameters(project, asOf));
      List<SignalRule> rules =
          RulesInForce.of(project.definition(), graph, project.parameters()).signalRules();
      LocalDate from =
          LocalDate.ofInstant(asOf, ZoneOffset.UTC).minusDays(project.signals().lookBackDays());
      Column days = SignalRows.inDays(from, SignalStore.END_OF_TIME);
      SourceSignals inSource = new SourceSignals(session, sources);
      PushdownLook look = new PushdownLook();
      List<SignalRule> ofPeople = rules.stream().filter(rule -> !rule.isOfAccount()).toList();
      if (!ofPeople.isEmpty()) {
        List<ModelCheck> checks = events.checkedInPassing().checks();
        Dataset<Row> table = session.table(EventModels.EVENTS);
        look.tell("signals", ofPeople, inSource.decide(table, ofPeople, days, checks));
      }
      List<SignalRule> ofAccounts = rules.stream().filter(SignalRule::isOfAccount).toList();
      if (!ofAccounts.isEmpty()) {
        Dataset<Row> table = session.table(EventModels.ACCOUNT_EVENTS);
        look.tell(
            "signals of accounts", ofAccounts, inSource.decide(table, ofAccounts, days, List.of()));
      }
      return new Findings(look.notes, look.sql);
    } finally {
      SparkSession.setActiveSession(spark);
    }
  }

  private static void compile(
      SparkSession session, EventModels events, Sources sources, Map<String, Object> parameters) {
    MailFunctions.register(session);
    SqlCompiler compiler = new SqlCompiler();
    for (SqlModel model : events.inOrder()) {
      compiler
          .compile(session, model.path(), model.text(), parameters, sources::table)
          .createOrReplaceTempView(model.name());
    }
  }

  private void tell(String what, List<SignalRule> all, SourceSignals.Decision decision) {
    String concerningAll = decision.reasons().get("");
    if (DatabaseTables.NO_DATABASE.equals(concerningAll)) {
      return;
    }
    if (decision.found().isEmpty()) {
      notes.add(
          what
              + " are computed by Spark, not inside the source"
              + (concerningAll == null ? "" : ": " + concerningAll));
    }
    decision
        .found()
        .ifPresent(
            found -> {
              String source = found.table().source().name();
              notes.add(
                  what
                      + " are computed inside source "
                      + source
                      + ": "
                      + decision.rules().size()
                      + " of "
                      + all.size()
                      + (all.size() == 1 ? " rule" : " rules"));
              sql.put(what + " inside " + source, shown(what, source, found.signals().orElse("")));
              sql.put("counts of " + what, shown("counts of " + what, source, found.counts()));
            });
    decision
        .reasons()
        .forEach(
            (rule, reason) -> {
              if (!rule.isEmpty()) {
                notes.add("rule " + rule + " is left to Spark: " + reason);
              }
            });
  }

  private static String shown(String what, String source, String select) {
    return "-- Inside source "
        + source
        + ": "
        + what
        + ".\n"
        + select.replace(" UNION ALL ", "\nUNION ALL ").replace(" GROUP BY ", "\nGROUP BY ")
        + "\n";
  }
}
