package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Definition.Source;
import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.history.RunRecord;
import dev.ripen.scoring.Facts;
import dev.ripen.spark.LeadPerson.Acknowledged;
import dev.ripen.spark.LeadPerson.Decision;
import dev.ripen.spark.LeadPerson.Device;
import dev.ripen.spark.LeadPerson.HeldDates;
import dev.ripen.spark.LeadPerson.Judged;
import dev.ripen.spark.LeadPerson.Known;
import dev.ripen.spark.RulesInForce.ModelRules;
import dev.ripen.spark.RulesInForce.VersionRules;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Gathers everything about one person, through the same SQL and the same versions of the rules as a
 * run, narrowed to him. People, devices, statuses and signals come from the state; what it does not
 * hold is read from the sources. Writes nothing. One use.
 */
public final class LeadLookup {
  private static final Set<String> OF_PERSON = Set.of(Pipeline.LEADS, Pipeline.IDENTITIES);

  private final SparkSession spark;
  private final Project project;
  private final ModelGraph graph;
  private final KnownThen known;
  private final ModelRunner models;
  private final Instant asOf;
  private final RulesInForce rules;

  /**
   * @param asOf nothing later is seen, and the state is as it was then
   */
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
    this.asOf = asOf;
    known = KnownThen.at(state, asOf);
    models = new ModelRunner(spark, state, sources, Pipeline.parameters(project, asOf));
    // Reading a table's log is half of the work, and one thread keeps one core busy.
    CompletableFuture<?> unused =
        CompletableFuture.runAsync(
            () -> open(SignalStore.TABLE, Pipeline.STATUSES, LedgerTables.LEDGER));
    rules =
        RulesInForce.of(VersionsOfState.decide(state, project, asOf), graph, project.parameters());
    MailFunctions.register(spark);
  }

  private void open(String... tables) {
    SparkSession.setActiveSession(spark);
    for (String table : tables) {
      known.table(table);
    }
  }

  /**
   * The person with that e-mail, lead id, record id or visitor id.
   *
   * @param history whether what the CRM was told before its latest acknowledgement is wanted too
   */
  public Optional<LeadPerson> find(String who, boolean history) {
    Dataset<Row> leads = known.table(Pipeline.LEADS).orElseGet(() -> fromSources(Pipeline.LEADS));
    Dataset<Row> identities =
        known.table(Pipeline.IDENTITIES).orElseGet(() -> fromSources(Pipeline.IDENTITIES));
    return new LeadFinder(leads, identities, destinations())
        .find(who)
        .map(lead -> person(lead, leads, identities, history));
  }

  private Set<String> destinations() {
    return project.destinations().stream()
        .map(DestinationSettings::name)
        .collect(Collectors.toSet());
  }

  private LeadPerson person(
      Row lead, Dataset<Row> leads, Dataset<Row> identities, boolean history) {
    String leadId = lead.getAs("lead_id");
    // One after the other, so that one of two cores is left for the facts.
    CompletableFuture<List<Acknowledged>> told =
        CompletableFuture.supplyAsync(
            () -> {
              SparkSession.setActiveSession(spark);
              return new LeadTold(known).last(leadId);
            });
    CompletableFuture<List<Decision>> decisions =
        told.thenApply(last -> new LeadTold(known).decisions(leadId, asOf));
    List<Row> devices = identities.where(col("lead_id").equalTo(lit(leadId))).collectAsList();
    makeViews(lead, devices, leads, identities);
    Map<String, HeldDates> held =
        project.definition().restate() ? Map.of() : new LeadTold(known).held(leadId);
    Map<String, Facts> facts = facts(leadId);
    Map<String, @Nullable String> attributes = new LinkedHashMap<>();
    for (String column : leads.columns()) {
      attributes.put(column, CrmRows.text(lead.getAs(column)));
    }
    List<Acknowledged> last = outcome(told);
    return new LeadPerson(
        leadId,
        lead.getAs("email"),
        attributes,
        LeadFinder.idColumns(List.of(leads.columns()), destinations()),
        devices.stream().map(LeadLookup::device).sorted(byVisitor()).toList(),
        graph.findModel(LinkRows.TABLE).isEmpty()
            ? List.of()
            : new LeadIdentity(known, project.identity()).of(visitors(devices)),
        rules.models().stream().map(model -> judged(model, facts, held)).toList(),
        last,
        history ? new LeadTold(known).before(leadId, last) : List.of(),
        outcome(decisions),
        source());
  }

  private static <T> T outcome(CompletableFuture<T> work) {
    try {
      return work.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static Comparator<Device> byVisitor() {
    return Comparator.comparing(Device::visitorId);
  }

  private static List<String> visitors(List<Row> devices) {
    List<String> visitors = new ArrayList<>();
    devices.forEach(row -> visitors.add(row.getAs("visitor_id")));
    return visitors;
  }

  private static Device device(Row row) {
    Map<String, String> others = new LinkedHashMap<>();
    for (String column : row.schema().fieldNames()) {
      String text = CrmRows.text(row.getAs(column));
      if (text != null && !column.equals("visitor_id") && !column.equals("lead_id")) {
        others.put(column, text);
      }
    }
    return new Device(row.getAs("visitor_id"), others);
  }

  private static Judged judged(
      ModelRules model, Map<String, Facts> facts, Map<String, HeldDates> held) {
    Set<String> ofCompany = new TreeSet<>();
    for (VersionRules version : model.versions()) {
      version
          .model()
          .rules()
          .forEach(
              (name, asked) -> {
                if (asked.event().isPresent() && asked.source() != Source.PERSON) {
                  ofCompany.add(name);
                }
              });
    }
    return new Judged(
        model.name(),
        model.timeline(),
        model.versions().stream().map(VersionRules::label).toList(),
        ofCompany,
        Optional.ofNullable(facts.get(model.name())),
        Optional.ofNullable(held.get(model.name())));
  }

  private Known source() {
    if (known.run().isEmpty()) {
      return Known.SOURCES;
    }
    if (known.isBeforeFirstRun()) {
      return Known.FIRST_RUN;
    }
    return known.isTooOld() ? Known.LATER_RUN : Known.RUN;
  }

  /** The views that the facts are made of: of one person, or of the people in his account. */
  private void makeViews(Row lead, List<Row> devices, Dataset<Row> leads, Dataset<Row> identities) {
    spark.createDataFrame(List.of(lead), leads.schema()).createOrReplaceTempView(Pipeline.LEADS);
    spark
        .createDataFrame(devices, identities.schema())
        .createOrReplaceTempView(Pipeline.IDENTITIES);
    List<String> visitors = visitors(devices);
    boolean looksFurther = rules.looksAt(Source.ACCOUNT) || rules.looksAt(Source.PEOPLE_OF_ACCOUNT);
    String account = looksFurther ? lead.<String>getAs("account_id") : null;
    if (account != null) {
      Dataset<Row> people = leads.where(col("account_id").equalTo(lit(account)));
      people.createOrReplaceTempView(Pipeline.LEADS);
      Dataset<Row> theirs = identities.join(people.select("lead_id"), "lead_id");
      theirs.createOrReplaceTempView(Pipeline.IDENTITIES);
      visitors.add(account);
      theirs.select("visitor_id").collectAsList().forEach(row -> visitors.add(row.getString(0)));
    }
    signals(visitors).createOrReplaceTempView(SignalStore.TABLE);
  }

  /** By model; models without this person in their population are not there. */
  private Map<String, Facts> facts(String leadId) {
    boolean statuses = stored(Pipeline.STATUSES);
    boolean changes = stored(LeadHistory.CHANGES);
    if (changes) {
      models
          .compile(
              "built-in lead_history", LeadHistory.sql(spark.table(Pipeline.LEADS).schema(), rules))
          .createOrReplaceTempView(LeadHistory.VIEW);
    }
    FactsSql.Inputs inputs =
        new FactsSql.Inputs(statuses, changes, project.signals().maxPerVisitorRuleDay());
    Map<String, Facts> facts = new HashMap<>();
    for (Row row :
        models
            .compile("built-in facts", FactsSql.of(rules, inputs))
            .where(col("lead_id").equalTo(lit(leadId)))
            .collectAsList()) {
      facts.put(row.getAs("model"), FactsRows.facts(row.getStruct(row.fieldIndex("facts"))));
    }
    return facts;
  }

  /** Makes a view of a model that a run keeps, if the project has it. */
  private boolean stored(String model) {
    if (graph.findModel(model).isEmpty()) {
      return false;
    }
    known
        .table(model)
        .ifPresentOrElse(
            rows -> rows.createOrReplaceTempView(model), () -> compileWith(model, OF_PERSON));
    return true;
  }

  private Dataset<Row> fromSources(String model) {
    // Devices are told by addresses of leads: those of everybody.
    compileWith(model, Set.of());
    return spark.table(model);
  }

  /** Compiles what a model reads, and the model, against the views that are there. */
  private void compileWith(String name, Set<String> present) {
    Set<String> read = new TreeSet<>(graph.readBy(name));
    read.add(name);
    for (SqlModel model : graph.inOrder()) {
      if (read.contains(model.name()) && !present.contains(model.name())) {
        models.compile(model);
        if (model.name().equals(LinkRows.TABLE)) {
          people().createOrReplaceTempView(PeopleRows.VIEW);
        }
      }
    }
  }

  private Dataset<Row> people() {
    return PeopleRows.view(known.table(PeopleRows.VIEW).orElseGet(this::peopleOfSources));
  }

  private Dataset<Row> peopleOfSources() {
    PeopleStep step = new PeopleStep(spark, project.identity(), PeopleStep.IN_MEMORY);
    return step.find(spark.table(LinkRows.TABLE), asOf, Optional.empty()).people();
  }

  private Dataset<Row> signals(List<String> visitors) {
    Optional<Dataset<Row>> stored =
        known.table(SignalStore.TABLE).map(rows -> rows.where(of(visitors)));
    Set<String> covered =
        known
            .run()
            .filter(run -> stored.isPresent())
            .map(RunRecord::signalCoverage)
            .flatMap(SignalCoverage::parse)
            .<Set<String>>map(coverage -> new TreeSet<>(coverage.rules()))
            .orElseGet(TreeSet::new);
    List<Dataset<Row>> all = new ArrayList<>(stored.stream().toList());
    for (boolean ofAccounts : List.of(false, true)) {
      List<SignalRule> missing =
          rules.signalRules().stream()
              .filter(rule -> !covered.contains(rule.id()) && rule.isOfAccount() == ofAccounts)
              .toList();
      if (!missing.isEmpty()) {
        all.add(fromEvents(missing, visitors));
      }
    }
    return all.stream()
        .reduce((left, right) -> left.unionByName(right, true))
        .orElseGet(this::noSignals)
        .where(rules.signalsInForce());
  }

  private static Column of(List<String> visitors) {
    return col("visitor_id").isin(visitors.toArray());
  }

  private Dataset<Row> noSignals() {
    return spark.sql(
        "SELECT '' AS visitor_id, '' AS rule, '' AS event_id, current_timestamp() AS occurred_at,"
            + " CAST(NULL AS DECIMAL(38,6)) AS points WHERE false");
  }

  private Dataset<Row> fromEvents(List<SignalRule> some, List<String> visitors) {
    boolean ofAccounts = SignalRows.isOfAccounts(some);
    String events = ofAccounts ? EventModels.ACCOUNT_EVENTS : EventModels.EVENTS;
    String tagged = ofAccounts ? SignalSql.TAGGED_OF_ACCOUNTS : SignalSql.TAGGED;
    compileWith(events, OF_PERSON);
    LocalDate today = LocalDate.ofInstant(asOf, ZoneOffset.UTC);
    LocalDate from = today.minusDays(project.signals().historyDays() - 1L);
    SignalRows.tagged(spark.table(events), SignalRows.inDays(from, SignalStore.END_OF_TIME), some)
        .where(of(visitors))
        .createOrReplaceTempView(tagged);
    return SignalRows.limited(
        spark.sql(SignalSql.signals(tagged, SignalSql.havePoints(some))),
        project.signals().maxPerVisitorRuleDay());
  }
}
