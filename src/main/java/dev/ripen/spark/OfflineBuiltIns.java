package dev.ripen.spark;

import dev.ripen.identity.IdentityRules;
import dev.ripen.identity.JudgedLink;
import dev.ripen.identity.Link;
import dev.ripen.identity.PeopleOfLinks;
import dev.ripen.identity.PersonId;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.SqlModel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What ripen adds to SQL for the models of a definition. */
record OfflineBuiltIns(RulesInForce rules, IdentityRules identity) implements BuiltIns {
  private static final StructType SIGNALS =
      new StructType()
          .add("visitor_id", DataTypes.StringType)
          .add("rule", DataTypes.StringType)
          .add("event_id", DataTypes.StringType)
          .add("occurred_at", DataTypes.TimestampType)
          .add("points", DataTypes.createDecimalType(38, 6))
          .add("event_day", DataTypes.DateType);

  private static final StructType FACTS =
      new StructType()
          .add("lead_id", DataTypes.StringType)
          .add("email", DataTypes.StringType)
          .add("model", DataTypes.StringType)
          .add("facts", FactsRows.type());

  @Override
  public void register(SparkSession session) {
    MailFunctions.register(session);
    ScoreFunction.register(session, rules);
    session.createDataFrame(List.of(), SIGNALS).createOrReplaceTempView("signals");
    session.createDataFrame(List.of(), FACTS).createOrReplaceTempView("facts");
    session
        .createDataFrame(List.of(), PeopleRows.VIEW_TYPE)
        .createOrReplaceTempView(PeopleRows.VIEW);
  }

  @Override
  public Optional<Problem> scoreProblem(SqlModel scores, StructType columns) {
    boolean named = Arrays.stream(columns.fieldNames()).anyMatch("model"::equalsIgnoreCase);
    return named || rules.models().size() == 1
        ? Optional.empty()
        : Optional.of(
            Problem.at(
                SourceSpan.ofFile(scores.path()),
                ErrorCode.SQL_MISSING_COLUMN,
                "scores has no column model, and the definition has several models",
                "select model from facts: scores then has one row per lead and model"));
  }

  @Override
  public Dataset<Row> leadScores(Dataset<Row> scores) {
    return LeadScores.of(scores, rules);
  }

  @Override
  public Dataset<Row> people(Dataset<Row> links, Instant asOf) {
    return people(links, asOf, identity);
  }

  static Dataset<Row> people(Dataset<Row> links, Instant asOf, IdentityRules identity) {
    List<Link> seen = LinkRows.links(LinkRows.distinct(links, asOf));
    List<PersonId> people = PeopleOfLinks.of(JudgedLink.all(seen, identity), identity);
    return PeopleRows.view(PeopleRows.of(links.sparkSession(), people));
  }
}
