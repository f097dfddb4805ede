package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How SQL calls the function; what it works out is {@link SparkAgreesTest}'s. */
@Tag("spark")
final class ScoreFunctionTest {
  private static final RulesInForce RULES =
      RulesInForce.of(
          TemplateProjects.simple().definition(),
          TemplateProjects.graph(TemplateProjects.simple()),
          Map.of());

  private static final long KEEP_AT = 1_794_000_000_000_000L;
  private static final long DAY = 86_400_000_000L;

  private final SparkSession session = SparkTestSession.create();

  @BeforeEach
  void register() {
    ScoreFunction.register(session, RULES);
    String model = RULES.models().get(0).name();
    List<Row> rows = new ArrayList<>();
    for (int person = 0; person < 4; person++) {
      List<Row> signals = new ArrayList<>();
      for (SignalRule rule : RULES.signalRules()) {
        signals.add(RowFactory.create("v", "e", rule.id(), KEEP_AT - person * DAY, null));
        signals.add(RowFactory.create("v", "f", rule.id(), KEEP_AT + 1, 50_000_000L));
      }
      rows.add(RowFactory.create("p" + person, model, facts(signals, person == 3)));
    }
    rows.add(RowFactory.create("nobody", model, null));
    StructType type =
        new StructType()
            .add("lead_id", "string")
            .add("model", "string")
            .add("facts", FactsRows.type());
    // Else Spark would work it all out while it plans.
    session.createDataFrame(rows, type).repartition(2).createOrReplaceTempView("facts");
  }

  private static Row facts(List<Row> signals, boolean isExcluded) {
    Row status = RowFactory.create("accepted", KEEP_AT - 1, null);
    @Nullable String excluded = isExcluded ? "competitor" : null;
    return RowFactory.create(
        KEEP_AT - 30 * DAY,
        signals.toArray(),
        new String[] {"senior-title"},
        new Row[] {status},
        excluded,
        null,
        true,
        null,
        Map.of("senior-title", 7_000_000L),
        RowFactory.create(KEEP_AT, 5L, null));
  }

  @Test
  void givesTheSameInterpretedAndCompiled() {
    List<Row> interpreted = scores("false", "NO_CODEGEN");
    assertThat(interpreted).hasSize(5);
    assertThat(interpreted.get(0).<Row>getAs("s").<Integer>getAs("mql_count")).isEqualTo(1);
    assertThat(interpreted.get(0).<Row>getAs("s").<Row>getAs("timeline").getLong(0)).isEqualTo(5L);
    assertThat(interpreted.get(3).<Row>getAs("s").<String>getAs("excluded_because"))
        .isEqualTo("competitor");
    assertThat(interpreted.get(4).isNullAt(1)).isTrue();
    assertThat(texts(scores("false", "CODEGEN_ONLY"))).isEqualTo(texts(interpreted));
    assertThat(texts(scores("true", "CODEGEN_ONLY"))).isEqualTo(texts(interpreted));
  }

  private List<Row> scores(String wholeStage, String factory) {
    session.conf().set("spark.sql.codegen.wholeStage", wholeStage);
    session.conf().set("spark.sql.codegen.factoryMode", factory);
    return session
        .sql(
            "SELECT lead_id, score_timeline(model, facts, TIMESTAMP'2026-11-20 00:00:00') AS s,"
                + " score_timeline(model, facts, CAST(NULL AS TIMESTAMP)) AS never"
                + " FROM facts ORDER BY lead_id = 'nobody', lead_id")
        .collectAsList();
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::json).toList();
  }

  @Test
  void returnsTheTypeThatModelsAreCheckedAgainst() {
    StructType type =
        session
            .sql("SELECT score_timeline(model, facts, TIMESTAMP'2026-11-20') AS s FROM facts")
            .schema();
    assertThat(type).isEqualTo(new StructType().add("s", ScoreFunction.resultType(RULES)));
  }

  @Test
  void refusesOtherArgumentsBeforeAnythingRuns() {
    assertThatThrownBy(() -> session.sql("SELECT score_timeline(model, facts) FROM facts"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("WRONG_NUM_ARGS");
    assertThatThrownBy(
            () ->
                session.sql("SELECT score_timeline(facts, model, current_timestamp()) FROM facts"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("DATATYPE_MISMATCH");
  }

  @Test
  void saysWhichModelsItKnows() {
    assertThatThrownBy(
            () ->
                session
                    .sql("SELECT score_timeline('x', facts, current_timestamp()) FROM facts")
                    .collectAsList())
        .rootCause()
        .hasMessageStartingWith("score_timeline knows the models ")
        .hasMessageEndingWith(", not x");
  }
}
