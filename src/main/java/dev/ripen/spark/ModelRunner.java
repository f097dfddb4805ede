package dev.ripen.spark;

import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.CheckQuery;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sqlmodel.SqlModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Compiles the project's models against its sources, as views of the session, and runs their
 * checks. Safe for the two threads of a run.
 */
final class ModelRunner {
  private final SparkSession spark;
  private final Sources sources;
  private final Map<String, Object> parameters;
  private final ForgottenPeople forgotten;
  private final SqlCompiler compiler = new SqlCompiler();
  private final List<CheckResult> checks = new ArrayList<>();

  /**
   * @param state says who must stay out
   */
  ModelRunner(
      SparkSession spark, StateTables state, Sources sources, Map<String, Object> parameters) {
    this.forgotten = ForgottenPeople.load(state);
    this.spark = spark;
    this.sources = sources;
    this.parameters = Map.copyOf(parameters);
  }

  Map<String, Object> parameters() {
    return parameters;
  }

  /** A model's rows, which are a view from then on. */
  Dataset<Row> compile(SqlModel model) {
    Dataset<Row> rows = compile(model.path(), model.text());
    // Said here, and not by the SQL that ripen wrote and that would miss the column later.
    List<Problem> problems = ModelAnalyzer.columnProblems(model, rows.schema());
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    Dataset<Row> kept = withoutForgotten(model, rows);
    kept.createOrReplaceTempView(model.name());
    return kept;
  }

  /** Also of a CRM's model, because it need not read leads. */
  private Dataset<Row> withoutForgotten(SqlModel model, Dataset<Row> rows) {
    return switch (model.name()) {
      case Pipeline.LEADS, Pipeline.STATUSES, LeadHistory.CHANGES -> forgotten.withoutLeads(rows);
      case LinkRows.TABLE -> forgotten.withoutLinks(rows);
      case Pipeline.IDENTITIES -> forgotten.withoutVisitors(rows);
      default -> model.layer() == SqlModel.Layer.CRM ? forgotten.withoutLeads(rows) : rows;
    };
  }

  /** The rows of one SELECT. */
  Dataset<Row> compile(String file, String text) {
    return compiler.compile(spark, file, text, parameters, sources::table);
  }

  /** Runs a model's checks over its view, all in one pass. */
  void check(SqlModel model) {
    check(model, spark.table(model.name()));
  }

  /** The same over some of its rows. Other threads may be reading the view: it stays as it is. */
  void check(SqlModel model, Dataset<Row> rows) {
    if (model.checks().isEmpty()) {
      return;
    }
    try {
      Row row = rows.selectExpr(CheckQuery.columns(model).toArray(String[]::new)).head();
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        numbers.add(row.isNullAt(i) ? 0L : row.getLong(i));
      }
      add(CheckQuery.interpret(model, numbers));
    } catch (ProblemException e) {
      throw e;
    } catch (Exception e) {
      throw SourceProblems.of(model.path(), e);
    }
  }

  void add(Collection<CheckResult> results) {
    synchronized (checks) {
      checks.addAll(results);
    }
  }

  /** Every check so far. */
  List<CheckResult> checks() {
    synchronized (checks) {
      return List.copyOf(checks);
    }
  }

  /** Values that a staging model's try_cast turned into nulls, in one pass over its source. */
  List<Pipeline.CastLoss> castLosses(SqlModel model) {
    Optional<Dataset<Row>> counts =
        new SqlCastLoss().count(spark, model.path(), model.text(), parameters, sources::table);
    if (counts.isEmpty()) {
      return List.of();
    }
    Row row = counts.get().head();
    List<Pipeline.CastLoss> losses = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (!row.isNullAt(i) && row.getLong(i) > 0) {
        losses.add(
            new Pipeline.CastLoss(model.name(), row.schema().fieldNames()[i], row.getLong(i)));
      }
    }
    return losses;
  }
}
