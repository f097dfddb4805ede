package dev.ripen.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import dev.ripen.identity.IdentityRules;
import dev.ripen.identity.JudgedLink;
import dev.ripen.identity.JudgedLink.Ignored;
import dev.ripen.identity.Link;
import dev.ripen.sqlmodel.CanonicalTables;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows of {@code identity_links}. */
final class LinkRows {
  static final String TABLE = CanonicalTables.IDENTITY_LINKS;

  /** What is kept. */
  static final StructType TYPE =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("other_id", DataTypes.StringType)
          .add("seen_at", DataTypes.TimestampType)
          .add("ignored", DataTypes.StringType);

  /** Every task can hold as many in memory. */
  private static final long FEW = 20_000;

  private LinkRows() {}

  /**
   * Each pair once, the lesser id first, with the time when it was seen last. What is no id is as
   * if it were not there: the other end of its row was seen alone.
   *
   * @param links columns id, other_id, seen_at; nulls wherever
   * @param asOf what was seen later does not count
   * @return also {@code malformed}, how many ends were something that is no id; where there was
   *     nothing else, both ids are null
   */
  static Dataset<Row> distinct(Dataset<Row> links, Instant asOf) {
    Column seenAt = links.col("seen_at");
    // Events say the same many times over: they are brought together before they are looked at.
    Dataset<Row> ends =
        links
            .where(seenAt.isNull().or(seenAt.leq(lit(asOf))))
            .groupBy(links.col("id"), links.col("other_id"))
            .agg(max(seenAt).as("seen_at"))
            .select(
                idOrNull(col("id")).as("left"),
                idOrNull(col("other_id")).as("right"),
                col("seen_at"),
                isMalformed(col("id")).plus(isMalformed(col("other_id"))).as("bad"));
    Column left = coalesce(col("left"), col("right"));
    Column right = coalesce(col("right"), col("left"));
    return ends.groupBy(least(left, right).as("id"), greatest(left, right).as("other_id"))
        // An id that is seen alone is so every night: the time would change, and nothing else.
        .agg(
            max(when(left.notEqual(right), col("seen_at"))).as("seen_at"),
            sum("bad").as("malformed"));
  }

  /** One if something is there that is no id. */
  private static Column isMalformed(Column id) {
    return when(not(id.rlike(IdentityRules.ID_PATTERN)), 1).otherwise(0);
  }

  /** The id, if it is one. */
  static Column idOrNull(Column id) {
    return when(id.rlike(IdentityRules.ID_PATTERN), id);
  }

  /** Says of each link of {@link #distinct} why it is ignored, if it is. */
  static Dataset<Row> judged(Dataset<Row> distinct, IdentityRules rules) {
    Dataset<Row> links = distinct.where("id IS NOT NULL").select("id", "other_id", "seen_at");
    // They are few, if rules are what they should be: then no link is moved for them.
    Dataset<Row> found =
        MadeRows.of(
            links
                .where("id <> other_id")
                .select(explode(array(col("id"), col("other_id"))).as("wide"))
                .groupBy("wide")
                .count()
                .where(col("count").gt(rules.maxIds()))
                .select("wide"));
    Dataset<Row> wide = found.count() > FEW ? found : broadcast(found);
    Dataset<Row> other = wide.withColumnRenamed("wide", "other_wide");
    String role = rules.rolePattern();
    Column ignored =
        when(col("id").equalTo(col("other_id")), lit(null))
            .when(
                col("id").rlike(role).or(col("other_id").rlike(role)),
                lit(Ignored.ROLE_ADDRESS.name()))
            .when(
                col("wide").isNotNull().or(col("other_wide").isNotNull()),
                lit(Ignored.TOO_MANY_IDS.name()));
    return links
        .join(wide, col("id").equalTo(col("wide")), "left")
        .join(other, col("other_id").equalTo(col("other_wide")), "left")
        .select(col("id"), col("other_id"), col("seen_at"), ignored.as("ignored"));
  }

  /** Reads rows of {@link #distinct}. */
  static List<Link> links(Dataset<Row> distinct) {
    return distinct
        .where("id IS NOT NULL")
        .select("id", "other_id", "seen_at")
        .collectAsList()
        .stream()
        .map(LinkRows::link)
        .toList();
  }

  /** Reads rows of {@link #judged}. */
  static List<JudgedLink> judgedLinks(Dataset<Row> judged) {
    return judged.select("id", "other_id", "seen_at", "ignored").collectAsList().stream()
        .map(
            row ->
                new JudgedLink(
                    link(row), row.isNullAt(3) ? null : Ignored.valueOf(row.getString(3))))
        .toList();
  }

  private static Link link(Row row) {
    return new Link(
        row.getString(0),
        row.getString(1),
        row.isNullAt(2) ? null : ScoreFunction.micros(row.getInstant(2)));
  }

  /** Rows as those of {@link #judged}. */
  static Dataset<Row> of(SparkSession spark, List<JudgedLink> judged) {
    return spark.createDataFrame(
        judged.stream()
            .map(
                each ->
                    RowFactory.create(
                        each.link().id(),
                        each.link().otherId(),
                        ScoreFunction.instant(each.link().seenAtMicros()),
                        each.ignored() == null ? null : each.ignored().name()))
            .toList(),
        TYPE);
  }
}
