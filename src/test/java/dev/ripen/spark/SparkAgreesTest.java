package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Definition;
import dev.ripen.config.Definition.Exclusions;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.config.Definition.Source;
import dev.ripen.config.Project;
import dev.ripen.identity.IdentityRules;
import dev.ripen.scoring.Attributes;
import dev.ripen.scoring.Facts;
import dev.ripen.scoring.Points;
import dev.ripen.scoring.RandomCase;
import dev.ripen.scoring.Rule;
import dev.ripen.scoring.RulesVersion;
import dev.ripen.scoring.ScoreCard;
import dev.ripen.scoring.ScoreTimeline;
import dev.ripen.scoring.Signal;
import dev.ripen.spark.RulesInForce.ModelRules;
import dev.ripen.spark.RulesInForce.VersionRules;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random people under random models, each with its versions: SQL from events to scores says what
 * the pure function says, whatever the partitioning, repetition and order of the rows.
 */
@Tag("spark")
class SparkAgreesTest {
  private static final Instant AS_OF = Instant.parse("2026-11-15T12:00:00Z");
  private static final long NOW = ScoreFunction.micros(AS_OF);
  private static final int CASES = 6;
  private static final String EXCLUDED = "excluded = 'own domain'";

  private final SparkSession session = SparkTestSession.create();

  /**
   * A person as the tables have it.
   *
   * @param now attributes of the lead
   * @param changes up to now, by instant; from then on they are so
   */
  private record Person(String id, Facts given, Attributes now, TreeMap<Long, Attributes> changes) {
    /** Before the first change nothing was known. */
    Attributes asOf(long micros) {
      if (changes.isEmpty()) {
        return now;
      }
      var latest = changes.floorEntry(micros);
      return latest == null ? new Attributes(Set.of(), null, null, true) : latest.getValue();
    }

    /** Who changed is judged at the starts of all models' versions: in a project they are one. */
    Facts facts(List<RulesVersion> versions, NavigableSet<Long> starts) {
      Set<Long> instants = new TreeSet<>(changes.keySet());
      versions.stream().skip(1).forEach(version -> instants.add(version.effectiveFromMicros()));
      if (!changes.isEmpty()) {
        instants.addAll(starts.tailSet(Long.MIN_VALUE, false));
      }
      return new Facts(
          given.createdAtMicros(),
          given.signals(),
          given.statuses(),
          asOf(Long.MIN_VALUE),
          instants.stream().map(at -> new Attributes.Change(at, asOf(at))).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void withThePureFunction(long seed) {
    Random random = new Random(seed);
    List<List<RulesVersion>> models = new ArrayList<>();
    List<RandomCase> cases = new ArrayList<>();
    while (cases.size() < CASES) {
      RandomCase next = RandomCase.of(random);
      if (isOfThisAutumn(next)) {
        cases.add(next);
        models.add(next.versions());
      }
    }
    // A handful of rows: compiling takes longer than it saves.
    session.conf().set("spark.sql.codegen.wholeStage", "false");
    session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    TreeSet<Long> starts = new TreeSet<>();
    models.forEach(versions -> versions.forEach(v -> starts.add(v.effectiveFromMicros())));
    List<Person> people = new ArrayList<>();
    cases.forEach(given -> people.add(person(people.size(), given.facts(), starts, random)));
    Map<String, String> expected = expected(models, people, starts);
    assertThat(expected).hasSizeGreaterThan(CASES * CASES / 2);
    for (int partitions : List.of(1, 5)) {
      session.conf().set("spark.sql.shuffle.partitions", String.valueOf(partitions));
      makeTables(people, random, partitions);
      Map<String, String> scores = scores(rules(models));
      assertThat(different(scores, expected)).isEqualTo(different(expected, scores));
    }
  }

  private static Map<String, String> different(
      Map<String, String> these, Map<String, String> those) {
    Map<String, String> different = new TreeMap<>(these);
    different.entrySet().removeIf(entry -> entry.getValue().equals(those.get(entry.getKey())));
    return different;
  }

  private static boolean isOfThisAutumn(RandomCase given) {
    return given.asOfMicros() > ScoreFunction.micros(Instant.parse("2026-10-20T00:00:00Z"))
        && given.cutMicros() > ScoreFunction.micros(Instant.parse("2026-10-19T00:00:00Z"));
  }

  /** Copies of an event are judged alike: with another version or attribute they would be two. */
  private static Person person(int number, Facts facts, NavigableSet<Long> starts, Random random) {
    TreeMap<Long, Attributes> changes = new TreeMap<>();
    if (random.nextBoolean()) {
      facts.attributeChanges().stream()
          .filter(change -> change.occurredAtMicros() <= NOW)
          .forEach(change -> changes.put(change.occurredAtMicros(), known(change.attributes())));
    }
    TreeSet<Long> judgements = new TreeSet<>(starts);
    judgements.addAll(changes.keySet());
    List<Signal> signals =
        facts.signals().stream()
            .map(
                signal ->
                    new Signal(
                        "p" + number + "-" + signal.visitorId(),
                        signal.eventId()
                            + judgements.headSet(signal.occurredAtMicros(), true).size(),
                        signal.rule(),
                        signal.occurredAtMicros(),
                        signal.microPoints()))
            .toList();
    Facts given =
        new Facts(
            facts.createdAtMicros(), signals, facts.statuses(), facts.attributes(), List.of());
    return new Person("p" + number, given, known(facts.attributes()), changes);
  }

  private static Attributes known(Attributes attributes) {
    return new Attributes(
        attributes.holds(),
        attributes.points(),
        attributes.excludedBecause() == null ? null : "lead: " + EXCLUDED,
        attributes.segment(),
        attributes.inPopulation());
  }

  private static Map<String, String> expected(
      List<List<RulesVersion>> models, List<Person> people, NavigableSet<Long> starts) {
    Map<String, String> texts = new TreeMap<>();
    for (int i = 0; i < models.size(); i++) {
      List<RulesVersion> versions = models.get(i);
      ScoreTimeline timeline = new ScoreTimeline(versions);
      String version =
          versions.stream()
              .filter(v -> v.effectiveFromMicros() <= NOW)
              .reduce((first, second) -> second)
              .map(SparkAgreesTest::label)
              .orElseThrow();
      for (Person person : people) {
        Facts facts = person.facts(versions, starts);
        boolean everIn =
            facts.attributes().inPopulation()
                || facts.attributeChanges().stream().anyMatch(c -> c.attributes().inPopulation());
        if (everIn) {
          ScoreCard card = timeline.score(facts, NOW);
          texts.put(person.id() + " model_" + i, text(card, version));
        }
      }
    }
    return texts;
  }

  private static String text(ScoreCard card, String version) {
    boolean excluded = card.excludedBecause() != null;
    List<@Nullable Object> values = new ArrayList<>();
    values.add(excluded ? null : BigDecimal.valueOf(card.score(), 6));
    values.add(card.isMql());
    values.add(card.level());
    values.add(ScoreFunction.instant(card.firstMqlAtMicros()));
    values.add(ScoreFunction.instant(card.mqlAtMicros()));
    values.add(card.mqlCount());
    values.add(card.episodes().size());
    values.add(card.reasons());
    values.add(ScoreFunction.instant(card.lastActivityAtMicros()));
    values.add(card.excludedBecause());
    values.add(version);
    values.add(
        card.contributions().stream()
            .map(c -> c.rule() + " " + BigDecimal.valueOf(c.microPoints(), 6) + " " + c.times())
            .toList());
    Long dimension = card.dimensions().get("dimension-0");
    values.add(excluded || dimension == null ? null : BigDecimal.valueOf(dimension, 6));
    return values.toString();
  }

  private static String label(RulesVersion version) {
    return version.model().version() + " (" + version.model().fingerprint() + ")";
  }

  private static RulesInForce rules(List<List<RulesVersion>> models) {
    List<ModelRules> rules = new ArrayList<>();
    for (List<RulesVersion> versions : models) {
      List<VersionRules> ofModel = new ArrayList<>();
      for (int i = 0; i < versions.size(); i++) {
        RulesVersion version = versions.get(i);
        Map<String, Predicates> asked = asked(version);
        List<SignalRule> signals = new ArrayList<>();
        asked.forEach(
            (name, predicates) -> {
              if (predicates.event().isPresent()) {
                signals.add(SignalRule.of(name, predicates, "", Map.of()));
              }
            });
        ofModel.add(
            new VersionRules(
                version.effectiveFromMicros(),
                i + 1 < versions.size()
                    ? versions.get(i + 1).effectiveFromMicros()
                    : Long.MAX_VALUE,
                new Definition.Model(
                    version.model(),
                    asked,
                    new Exclusions(List.of(), List.of(), false, List.of(), Optional.of(EXCLUDED)),
                    Optional.of("coalesce(in_population, true)"),
                    Optional.of("segment")),
                label(version),
                signals));
      }
      rules.add(new ModelRules("model_" + rules.size(), ofModel));
    }
    return new RulesInForce(rules);
  }

  private static Map<String, Predicates> asked(RulesVersion version) {
    Map<String, Predicates> asked = new LinkedHashMap<>();
    version
        .model()
        .dimensions()
        .forEach(dimension -> dimension.rules().forEach(rule -> asked.put(rule.name(), of(rule))));
    return asked;
  }

  private static Predicates of(Rule rule) {
    boolean lead = rule.isAttribute() || rule.conditions().lead();
    boolean qualifies = rule.effects().autoQualify() == Rule.AutoQualify.WHEN_HELD;
    return new Predicates(
        Optional.of("event_type = '" + rule.name() + "'").filter(sql -> rule.hasSignals()),
        Source.PERSON,
        Optional.of(holds(rule.name())).filter(sql -> lead),
        points(rule),
        Optional.of(holds(rule.autoQualifyKey())).filter(sql -> qualifies));
  }

  private static Optional<String> points(Rule rule) {
    String number = Points.text(rule.microPoints());
    if (rule.isAttribute()) {
      return Optional.of("IF(points_rule = '" + rule.name() + "', points_value, " + number + ")");
    }
    return Optional.of("coalesce(points, " + number + ")").filter(sql -> rule.hasSignals());
  }

  private static @Nullable String pointsRule(Attributes attributes) {
    return attributes.points().keySet().stream().findFirst().orElse(null);
  }

  private static @Nullable BigDecimal pointsValue(Attributes attributes) {
    return attributes.points().values().stream()
        .findFirst()
        .map(micro -> BigDecimal.valueOf(micro, 6))
        .orElse(null);
  }

  private static String holds(String key) {
    return "array_contains(split(holds, ','), '" + key + "')";
  }

  private void makeTables(List<Person> people, Random random, int partitions) {
    List<Row> leads = new ArrayList<>();
    List<Row> identities = new ArrayList<>();
    List<Row> events = new ArrayList<>();
    List<Row> statuses = new ArrayList<>();
    List<Row> changes = new ArrayList<>();
    for (Person person : people) {
      Attributes now = person.now();
      leads.add(
          RowFactory.create(
              person.id(),
              null,
              ScoreFunction.instant(person.given().createdAtMicros()),
              String.join(",", now.holds()),
              now.excludedBecause() == null ? null : "own domain",
              now.segment(),
              now.inPopulation(),
              pointsRule(now),
              pointsValue(now)));
      identities.add(RowFactory.create(person.id() + "-v", person.id()));
      identities.add(RowFactory.create(person.id() + "-w", person.id()));
      for (Signal signal : person.given().signals()) {
        Long points = signal.microPoints();
        events.add(
            RowFactory.create(
                signal.eventId(),
                signal.visitorId(),
                ScoreFunction.instant(signal.occurredAtMicros()),
                signal.rule(),
                points == null ? null : BigDecimal.valueOf(points, 6)));
      }
      person
          .given()
          .statuses()
          .forEach(
              status ->
                  statuses.add(
                      RowFactory.create(
                          person.id(),
                          status.status(),
                          ScoreFunction.instant(status.occurredAtMicros()),
                          status.reason())));
      person.changes().forEach((at, then) -> changes.addAll(changes(person.id(), at, then)));
    }
    view(
        "leads",
        leads,
        "lead_id STRING, email STRING, created_at TIMESTAMP, holds STRING, excluded STRING,"
            + " segment STRING, in_population BOOLEAN, points_rule STRING,"
            + " points_value DECIMAL(18,6)",
        random,
        partitions);
    view("identities", identities, "visitor_id STRING, lead_id STRING", random, partitions);
    view(
        "events",
        repeated(events, random),
        "event_id STRING, visitor_id STRING, occurred_at TIMESTAMP, event_type STRING,"
            + " points DECIMAL(18,6)",
        random,
        partitions);
    view(
        "statuses",
        repeated(statuses, random),
        "lead_id STRING, status STRING, occurred_at TIMESTAMP, reason STRING",
        random,
        partitions);
    view(
        "attribute_changes",
        repeated(changes, random),
        "lead_id STRING, attribute STRING, value STRING, occurred_at TIMESTAMP",
        random,
        partitions);
  }

  private static List<Row> changes(String lead, long at, Attributes then) {
    Instant instant = ScoreFunction.instant(at);
    BigDecimal points = pointsValue(then);
    return List.of(
        RowFactory.create(lead, "holds", String.join(",", then.holds()), instant),
        RowFactory.create(
            lead, "Excluded", then.excludedBecause() == null ? null : "own domain", instant),
        RowFactory.create(lead, "segment", then.segment(), instant),
        RowFactory.create(lead, "points_rule", pointsRule(then), instant),
        RowFactory.create(
            lead, "points_value", points == null ? null : points.toPlainString(), instant),
        RowFactory.create(lead, "in_population", String.valueOf(then.inPopulation()), instant));
  }

  private static List<Row> repeated(List<Row> rows, Random random) {
    List<Row> repeated = new ArrayList<>(rows);
    rows.stream().filter(row -> random.nextInt(3) == 0).forEach(repeated::add);
    return repeated;
  }

  private void view(String name, List<Row> rows, String columns, Random random, int partitions) {
    List<Row> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    session
        .createDataFrame(shuffled, StructType.fromDDL(columns))
        .repartition(partitions)
        .createOrReplaceTempView(name);
  }

  private Map<String, String> scores(RulesInForce rules) {
    new OfflineBuiltIns(rules, IdentityRules.DEFAULT).register(session);
    LocalDate today = LocalDate.ofInstant(AS_OF, ZoneOffset.UTC);
    SignalRows.makeView(session, new Project.Signals(90, 3, 1000), rules, today);
    Map<String, Object> parameters = Map.of("as_of", AS_OF);
    view(LeadHistory.VIEW, LeadHistory.sql(session.table("leads").schema(), rules), parameters);
    view("facts", FactsSql.of(rules, new FactsSql.Inputs(true, true, 1000)), parameters);
    Dataset<Row> scores =
        compiled(
            """
            SELECT concat(lead_id, ' ', model) AS name, s.score, s.is_mql, s.level, s.first_mql_at,
              s.mql_at, s.mql_count, size(s.episodes), s.reasons, s.last_activity_at,
              s.excluded_because, s.rules_version,
              transform(s.contributions, c -> concat(c.rule, ' ', c.points, ' ', c.times)),
              s.dimension_0
            FROM (SELECT lead_id, model, score_timeline(model, facts, :as_of) AS s FROM facts)
            """,
            parameters);
    Map<String, String> texts = new TreeMap<>();
    for (Row row : scores.collectAsList()) {
      List<@Nullable Object> values = new ArrayList<>();
      for (int i = 1; i < row.size(); i++) {
        values.add(i == 12 ? row.<String>getList(i) : row.get(i));
      }
      texts.put(row.getString(0), values.toString());
    }
    return texts;
  }

  private void view(String name, String sql, Map<String, Object> parameters) {
    compiled(sql, parameters).createOrReplaceTempView(name);
  }

  private Dataset<Row> compiled(String sql, Map<String, Object> parameters) {
    return new SqlCompiler().compile(session, "test", sql, parameters, parts -> null);
  }
}
