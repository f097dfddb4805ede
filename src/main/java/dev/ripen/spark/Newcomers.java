package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the state tells about what is new: people who became MQLs, and the newest event. */
public final class Newcomers {
  private final StateTables state;

  public Newcomers(StateTables state) {
    this.state = state;
  }

  /**
   * Someone who became an MQL.
   *
   * @param fields the columns of {@code leads} that were asked for, without empty ones
   * @param reasons one line
   */
  public record Newcomer(Map<String, String> fields, Instant mqlAt, String reasons) {}

  /**
   * Some of them, and how many there are.
   *
   * @param listed the highest scores first
   */
  public record Found(List<Newcomer> listed, long all) {}

  /**
   * People who are MQLs and were first seen as such by a run after a moment.
   *
   * @param columns of {@code leads}
   * @throws ProblemException {@code CONFIG_INVALID_VALUE} if {@code leads} lacks one
   */
  public Found since(Instant after, List<String> columns, int most) {
    Optional<Dataset<Row>> scores = state.committed(Pipeline.SCORES);
    Optional<Dataset<Row>> leads = state.committed(Pipeline.LEADS);
    if (scores.isEmpty() || leads.isEmpty()) {
      return new Found(List.of(), 0);
    }
    requireColumns(leads.get(), columns);
    Dataset<Row> fresh =
        scores
            .get()
            .where(col("is_mql").and(col("detected_at").gt(lit(after))))
            .groupBy(col("lead_id").as("ripen_lead_id"))
            .agg(
                expr("max(score)").as("ripen_score"),
                expr("max_by(mql_at, score)").as("ripen_mql_at"),
                expr("coalesce(max_by(coalesce(reasons_at_mql, reasons), score), '')")
                    .as("ripen_reasons"));
    long all = fresh.count();
    if (all == 0) {
      return new Found(List.of(), 0);
    }
    List<Row> rows =
        fresh
            .orderBy(col("ripen_score").desc(), col("ripen_lead_id"))
            .limit(most)
            .join(leads.get(), col("ripen_lead_id").equalTo(col("lead_id")), "left")
            .orderBy(col("ripen_score").desc(), col("ripen_lead_id"))
            .collectAsList();
    return new Found(rows.stream().map(row -> newcomer(row, columns)).toList(), all);
  }

  private static void requireColumns(Dataset<Row> leads, List<String> columns) {
    List<String> known = List.of(leads.columns());
    List<String> missing = columns.stream().filter(column -> !known.contains(column)).toList();
    if (!missing.isEmpty()) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.CONFIG_INVALID_VALUE,
              "notify.digest.person-fields names "
                  + String.join(", ", missing)
                  + ", which the model leads does not have",
              "its columns: " + String.join(", ", known)));
    }
  }

  private static Newcomer newcomer(Row row, List<String> columns) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String column : columns) {
      String text = CrmRows.text(row.getAs(column));
      if (text != null) {
        fields.put(column, text);
      }
    }
    return new Newcomer(
        fields, row.<Instant>getAs("ripen_mql_at"), row.<String>getAs("ripen_reasons"));
  }

  /** When the newest event that matches a rule happened, as the last commit knows. */
  public Optional<Instant> newestEvent() {
    return state
        .committed(SignalStore.TABLE)
        .map(signals -> signals.selectExpr("max(occurred_at)").head())
        .filter(row -> !row.isNullAt(0))
        .map(row -> row.getInstant(0));
  }
}
