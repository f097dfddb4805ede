package dev.ripen.spark;

import dev.ripen.identity.IdentityRules;
import dev.ripen.problem.Problem;
import dev.ripen.sqlmodel.SqlModel;
import java.time.Instant;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What ripen adds to SQL, where there is no run: functions, and empty tables. */
public interface BuiltIns {
  /** Functions, and empty views of signals and facts. */
  void register(SparkSession session);

  /** What scores lack for the models of the definition. */
  default Optional<Problem> scoreProblem(SqlModel scores, StructType columns) {
    return Optional.empty();
  }

  /**
   * The rows of {@code lead_scores}, which are made of scores.
   *
   * @param scores complete
   */
  default Dataset<Row> leadScores(Dataset<Row> scores) {
    return scores;
  }

  /**
   * The rows of {@code people}, which are made of identity_links.
   *
   * @param links few and complete: they are read at once
   * @param asOf links that were seen later do not count
   */
  default Dataset<Row> people(Dataset<Row> links, Instant asOf) {
    return OfflineBuiltIns.people(links, asOf, IdentityRules.DEFAULT);
  }
}
