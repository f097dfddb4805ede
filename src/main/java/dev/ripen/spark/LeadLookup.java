package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Project;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.scoring.Facts;
import dev.ripen.spark.SignalSql.RuleId;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Gathers everything about one person, through the same models and the same SQL as a run, narrowed
 * to him. Signals come from the state; rules that it does not hold are read from the events.
 */
public final class LeadLookup {
  private final SparkSession spark;
  private final Project project;
  private final ModelGraph graph;
  private final StateTables state;
  private final Sources sources;
  private final Map<String, Object> parameters;
  private final Instant asOf;
  private final SqlCompiler compiler = new SqlCompiler();

  public LeadLookup(
      SparkSession spark,
      Project project,
      ModelGraph graph,
      StateTables state,
      Sources sources,
      Instant asOf) {
    this.spark = spark;
    this.project = project;
    this.graph = graph;
    this.state = state;
    this.sources = sources;
    this.parameters = Pipeline.parameters(project, asOf);
    this.asOf = asOf;
    MailFunctions.register(spark);
    ScoreFunction.register(spark, project.definition().models().get(0).scoring());
  }

  /**
   * One person.
   *
   * @param attributes columns of {@code leads}, in their order, as text
   * @param visitorIds devices and users that are this person
   * @param crm what each destination last acknowledged
   */
  public record Person(
      String leadId,
      @Nullable String email,
      Map<String, @Nullable String> attributes,
      List<String> visitorIds,
      Facts facts,
      List<Acknowledged> crm) {}

  /** What a CRM was told. */
  public record Acknowledged(
      String destination,
      String recordId,
      Instant at,
      String runId,
      Map<String, @Nullable String> fields) {}

  /** The person with that lead id, record id or e-mail, as the last run knew him. */
  public Optional<Person> find(String who) {
    Optional<Dataset<Row>> leads = state.committed(Pipeline.LEADS);
    Optional<Dataset<Row>> identities = state.committed(Pipeline.IDENTITIES);
    if (leads.isEmpty() || identities.isEmpty()) {
      throw new ProblemException(
          Problem.of(ErrorCode.USAGE_INVALID, "there was no run yet", "start one with: ripen run"));
    }
    return leads.get().where(isMeant(leads.get(), who)).limit(1).collectAsList().stream()
        .findFirst()
        .map(lead -> person(lead, leads.get(), identities.get()));
  }

  /** Compiles what a model reads, and the model, against the views that are there. */
  private void compileWith(String name, Set<String> present) {
    Set<String> read = new TreeSet<>(graph.readBy(name));
    read.add(name);
    for (SqlModel model : graph.inOrder()) {
      if (read.contains(model.name()) && !present.contains(model.name())) {
        compiler
            .compile(spark, model.path(), model.text(), parameters, sources::table)
            .createOrReplaceTempView(model.name());
      }
    }
  }

  private static Column isMeant(Dataset<Row> leads, String who) {
    String wanted = who.strip().toLowerCase(Locale.ROOT);
    List<String> columns = List.of(leads.columns());
    Column meant = col("lead_id").equalTo(lit(who.strip())).or(col("email").equalTo(lit(wanted)));
    for (String list : List.of("emails", "hubspot_ids")) {
      if (columns.contains(list)) {
        meant =
            meant.or(
                org.apache.spark.sql.functions.array_contains(
                    org.apache.spark.sql.functions.split(col(list), ";"), wanted));
      }
    }
    return meant;
  }

  private Person person(Row lead, Dataset<Row> leads, Dataset<Row> identities) {
    String leadId = lead.getAs("lead_id");
    Dataset<Row> his = identities.where(col("lead_id").equalTo(lit(leadId)));
    List<Row> devices = his.orderBy("visitor_id").collectAsList();
    List<String> visitors = devices.stream().map(row -> row.<String>getAs("visitor_id")).toList();
    spark.createDataFrame(List.of(lead), leads.schema()).createOrReplaceTempView("leads");
    spark.createDataFrame(devices, identities.schema()).createOrReplaceTempView("identities");
    boolean statuses = graph.findModel("statuses").isPresent();
    if (statuses) {
      compileWith("statuses", Set.of("leads", "identities"));
    }
    signals(visitors).createOrReplaceTempView("signals");
    Row facts =
        compiler
            .compile(
                spark,
                "built-in facts",
                SignalSql.facts(project.definition(), List.copyOf(ruleIds().values()), statuses),
                parameters,
                sources::table)
            .where(col("lead_id").equalTo(lit(leadId)))
            .head();
    Map<String, @Nullable String> attributes = new LinkedHashMap<>();
    for (String column : leads.columns()) {
      attributes.put(column, CrmRows.text(lead.getAs(column)));
    }
    return new Person(
        leadId,
        lead.getAs("email"),
        attributes,
        visitors,
        ScoreFunction.facts(facts.getStruct(facts.fieldIndex("facts"))),
        acknowledged(leadId));
  }

  private Map<String, RuleId> ruleIds() {
    return SignalSql.ruleIds(
        project.definition(), graph.closureText("events"), project.parameters());
  }

  private Dataset<Row> signals(List<String> visitors) {
    Map<String, RuleId> rules = ruleIds();
    Optional<SignalCoverage> stored =
        state.lastCommit().flatMap(commit -> SignalCoverage.parse(commit.signalCoverage()));
    List<RuleId> fresh = new ArrayList<>();
    for (RuleId rule : rules.values()) {
      if (stored.isEmpty() || !stored.get().rules().contains(rule.toString())) {
        fresh.add(rule);
      }
    }
    Column his = col("visitor_id").isin(visitors.toArray());
    Dataset<Row> all = state.committed(SignalStore.TABLE).map(rows -> rows.where(his)).orElse(null);
    if (!fresh.isEmpty()) {
      Dataset<Row> read = fromEvents(fresh, his);
      all = all == null ? read : all.unionByName(read);
    }
    if (all == null) {
      throw new IllegalStateException("there are neither stored signals nor rules to read");
    }
    return all;
  }

  private Dataset<Row> fromEvents(List<RuleId> rules, Column his) {
    compileWith("events", Set.of("leads", "identities"));
    LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    Instant from =
        today
            .minusDays(project.signals().historyDays() - 1L)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC);
    spark
        .table("events")
        .where(his)
        .where(col("occurred_at").geq(lit(from)))
        .select(
            col("visitor_id"),
            col("event_id"),
            col("occurred_at"),
            expr(SignalSql.matches(project.definition(), rules)).as("rules"))
        .createOrReplaceTempView("tagged_events");
    return spark
        .sql(SignalSql.signals())
        .where(col("place").leq(project.signals().maxPerVisitorRuleDay()))
        .drop("place");
  }

  private List<Acknowledged> acknowledged(String leadId) {
    if (state.committed(LedgerTables.LEDGER).isEmpty()) {
      return List.of();
    }
    List<Acknowledged> told = new ArrayList<>();
    for (Row row :
        state
            .committed(LedgerTables.LEDGER)
            .get()
            .where(col("lead_id").equalTo(lit(leadId)))
            .orderBy("destination")
            .collectAsList()) {
      Map<String, @Nullable String> fields = new java.util.TreeMap<>();
      row.<String, String>getJavaMap(row.fieldIndex("fields")).forEach(fields::put);
      told.add(
          new Acknowledged(
              row.getAs("destination"),
              row.getAs("record_id"),
              row.getAs("acknowledged_at"),
              row.getAs("run_id"),
              fields));
    }
    return told;
  }
}
