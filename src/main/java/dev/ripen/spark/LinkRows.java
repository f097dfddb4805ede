package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.when;

import dev.ripen.identity.IdentityRules;
import dev.ripen.identity.Link;
import dev.ripen.sqlmodel.CanonicalTables;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The rows of {@code identity_links}. */
final class LinkRows {
  static final String TABLE = CanonicalTables.IDENTITY_LINKS;

  private LinkRows() {}

  /**
   * Each pair once, the lesser id first, with the time when it was seen last. What is no id is as
   * if it were not there: the other end of its row was seen alone.
   *
   * @param links columns id, other_id, seen_at; nulls wherever
   * @param asOf what was seen later does not count
   */
  static Dataset<Row> distinct(Dataset<Row> links, Instant asOf) {
    Column id = idOrNull(links.col("id"));
    Column other = idOrNull(links.col("other_id"));
    Dataset<Row> pairs =
        links
            .where(links.col("seen_at").isNull().or(links.col("seen_at").leq(lit(asOf))))
            .select(
                coalesce(id, other).as("left"),
                coalesce(other, id).as("right"),
                links.col("seen_at"))
            .where("left IS NOT NULL");
    return pairs
        .groupBy(
            least(col("left"), col("right")).as("id"),
            greatest(col("left"), col("right")).as("other_id"))
        .agg(max("seen_at").as("seen_at"));
  }

  /** Whether something is there that is no id. */
  static Column isMalformed(Column id) {
    return id.isNotNull().and(id.rlike(IdentityRules.ID_PATTERN).unary_$bang());
  }

  private static Column idOrNull(Column id) {
    return when(id.rlike(IdentityRules.ID_PATTERN), id);
  }

  /** Reads rows of {@link #distinct}. */
  static List<Link> links(Dataset<Row> rows) {
    return rows.select("id", "other_id", "seen_at").collectAsList().stream()
        .map(
            row ->
                new Link(
                    row.getString(0),
                    row.getString(1),
                    row.isNullAt(2) ? null : ScoreFunction.micros(row.getInstant(2))))
        .toList();
  }
}
