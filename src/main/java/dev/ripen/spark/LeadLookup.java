package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Definition.Source;
import dev.ripen.config.Project;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.scoring.Facts;
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
  private final RulesInForce rules;

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
    this.rules =
        RulesInForce.of(VersionsOfState.decide(state, project, asOf), graph, project.parameters());
    MailFunctions.register(spark);
    ScoreFunction.register(spark, rules);
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
    List<String> looked = new ArrayList<>(visitors);
    if (rules.looksAt(Source.ACCOUNT) || rules.looksAt(Source.PEOPLE_OF_ACCOUNT)) {
      looked.addAll(withAccount(lead, leads, identities));
    }
    signals(looked).createOrReplaceTempView("signals");
    Row facts =
        facts().where(col("lead_id").equalTo(lit(leadId))).limit(1).collectAsList().stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            ErrorCode.LEAD_NOT_FOUND,
                            "no model is about the lead " + leadId,
                            "look at population in conf/scoring.conf")));
    Map<String, @Nullable String> attributes = new LinkedHashMap<>();
    for (String column : leads.columns()) {
      attributes.put(column, CrmRows.text(lead.getAs(column)));
    }
    return new Person(
        leadId,
        lead.getAs("email"),
        attributes,
        visitors,
        FactsRows.facts(facts.getStruct(facts.fieldIndex("facts"))),
        acknowledged(leadId));
  }

  /** Of the first model. */
  private Dataset<Row> facts() {
    boolean statuses = graph.findModel("statuses").isPresent();
    boolean changes = graph.findModel(LeadHistory.CHANGES).isPresent();
    if (statuses) {
      compileWith("statuses", Set.of("leads", "identities"));
    }
    if (changes) {
      compileWith(LeadHistory.CHANGES, Set.of("leads", "identities"));
      compile("built-in lead_history", LeadHistory.sql(spark.table(Pipeline.LEADS).schema(), rules))
          .createOrReplaceTempView(LeadHistory.VIEW);
    }
    FactsSql.Inputs inputs =
        new FactsSql.Inputs(statuses, changes, project.signals().maxPerVisitorRuleDay());
    return compile("built-in facts", FactsSql.of(rules, inputs))
        .where(col("model").equalTo(lit(rules.models().get(0).name())));
  }

  private Dataset<Row> compile(String name, String text) {
    return compiler.compile(spark, name, text, parameters, sources::table);
  }

  /** Makes views of everybody in the account; also says what they and it are called in signals. */
  private List<String> withAccount(Row lead, Dataset<Row> leads, Dataset<Row> identities) {
    String account = lead.getAs("account_id");
    if (account == null) {
      return List.of();
    }
    Dataset<Row> people = leads.where(col("account_id").equalTo(lit(account)));
    people.createOrReplaceTempView("leads");
    Dataset<Row> devices = identities.join(people.select("lead_id"), "lead_id");
    devices.createOrReplaceTempView("identities");
    List<String> names = new ArrayList<>(List.of(account));
    devices.select("visitor_id").collectAsList().forEach(row -> names.add(row.getString(0)));
    return names;
  }

  private Dataset<Row> signals(List<String> visitors) {
    Optional<SignalCoverage> stored =
        state.lastCommit().flatMap(commit -> SignalCoverage.parse(commit.signalCoverage()));
    List<SignalRule> fresh = new ArrayList<>();
    for (SignalRule rule : rules.signalRules()) {
      if (stored.isEmpty() || !stored.get().rules().contains(rule.id())) {
        fresh.add(rule);
      }
    }
    Column his = col("visitor_id").isin(visitors.toArray());
    List<Dataset<Row>> all = new ArrayList<>();
    state.committed(SignalStore.TABLE).map(rows -> rows.where(his)).ifPresent(all::add);
    for (boolean ofAccounts : List.of(false, true)) {
      List<SignalRule> some =
          fresh.stream().filter(rule -> rule.isOfAccount() == ofAccounts).toList();
      if (!some.isEmpty()) {
        all.add(fromEvents(some, his));
      }
    }
    return all.stream()
        .reduce((left, right) -> left.unionByName(right, true))
        .orElseThrow(
            () -> new IllegalStateException("there are neither stored signals nor rules to read"))
        .where(rules.signalsInForce());
  }

  private Dataset<Row> fromEvents(List<SignalRule> some, Column his) {
    boolean ofAccounts = SignalRows.isOfAccounts(some);
    String events = ofAccounts ? EventModels.ACCOUNT_EVENTS : EventModels.EVENTS;
    String tagged = ofAccounts ? SignalSql.TAGGED_OF_ACCOUNTS : SignalSql.TAGGED;
    compileWith(events, Set.of("leads", "identities"));
    LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    LocalDate from = today.minusDays(project.signals().historyDays() - 1L);
    SignalRows.tagged(spark.table(events), from, SignalStore.END_OF_TIME, some)
        .where(his)
        .createOrReplaceTempView(tagged);
    return SignalRows.limited(
        spark.sql(SignalSql.signals(tagged, SignalSql.havePoints(some))),
        project.signals().maxPerVisitorRuleDay());
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
