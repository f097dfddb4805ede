package dev.ripen.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.identity.IdentityRules;
import dev.ripen.identity.JudgedLink;
import dev.ripen.identity.PeopleOfLinks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Makes {@code people} of {@code identity_links}. The state holds the links and people of the last
 * run: where the links are the same nothing is done, else only components with new, changed or gone
 * links are looked at again. What comes out is what all links give, whatever was there before.
 */
final class PeopleStep {
  /** So many links are faster done in memory, where they need some 100 MB. */
  static final int IN_MEMORY = 200_000;

  private final SparkSession spark;
  private final IdentityRules rules;
  private final int inMemory;

  PeopleStep(SparkSession spark, IdentityRules rules, int inMemory) {
    this.spark = spark;
    this.rules = rules;
    this.inMemory = inMemory;
  }

  /**
   * What became of the links.
   *
   * @param people as {@link PeopleRows} keeps them
   * @param judged as {@link LinkRows} keeps them
   * @param changed whether they differ from what the state holds
   */
  record Found(Dataset<Row> people, Dataset<Row> judged, boolean changed, long malformed) {}

  private record Stored(Dataset<Row> links, Dataset<Row> people) {}

  /**
   * Everybody.
   *
   * @param links rows of the model
   * @param asOf links that were seen later do not count
   * @param state as the last commit has it; empty: nothing is known
   */
  Found find(Dataset<Row> links, Instant asOf, Optional<StateTables> state) {
    Dataset<Row> distinct = MadeRows.of(LinkRows.distinct(links, asOf));
    Row counts =
        distinct.selectExpr("count_if(id IS NOT NULL)", "coalesce(sum(malformed), 0)").head();
    boolean few = counts.getLong(0) <= inMemory;
    Dataset<Row> judged =
        few
            ? LinkRows.of(spark, JudgedLink.all(LinkRows.links(distinct), rules))
            : MadeRows.of(LinkRows.judged(distinct, rules));
    Optional<Stored> stored = state.flatMap(this::stored);
    if (stored.isEmpty()) {
      return new Found(everybody(judged), judged, true, counts.getLong(1));
    }
    Dataset<Row> touched = MadeRows.of(touched(judged, stored.get().links()));
    if (touched.isEmpty()) {
      return new Found(stored.get().people(), judged, false, counts.getLong(1));
    }
    Dataset<Row> people = few ? everybody(judged) : again(judged, stored.get().people(), touched);
    return new Found(people, judged, true, counts.getLong(1));
  }

  /** Unusable if other rules made it: whom they join, nobody can tell from the links. */
  private Optional<Stored> stored(StateTables state) {
    Optional<Dataset<Row>> links = state.committed(LinkRows.TABLE);
    Optional<Dataset<Row>> people = state.committed(PeopleRows.VIEW);
    if (links.isEmpty() || people.isEmpty()) {
      return Optional.empty();
    }
    List<Row> rows = people.get().select("rules").limit(1).collectAsList();
    return rows.isEmpty() || !rows.get(0).getString(0).equals(rules.text())
        ? Optional.empty()
        : Optional.of(new Stored(links.get(), people.get().drop("rules")));
  }

  private Dataset<Row> everybody(Dataset<Row> judged) {
    return judged.count() <= inMemory
        ? PeopleRows.of(spark, PeopleOfLinks.of(LinkRows.judgedLinks(judged), rules))
        : new SparkPeople(rules).of(judged);
  }

  /** Both ends of every link that is new, changed or gone. */
  private static Dataset<Row> touched(Dataset<Row> judged, Dataset<Row> stored) {
    Dataset<Row> old =
        stored.select(
            col("id").as("old_id"),
            col("other_id").as("old_other_id"),
            col("seen_at").as("old_seen_at"),
            col("ignored").as("old_ignored"));
    return judged
        .join(
            old,
            col("id").equalTo(col("old_id")).and(col("other_id").equalTo(col("old_other_id"))),
            "full_outer")
        .where(
            "id IS NULL OR old_id IS NULL OR NOT (seen_at <=> old_seen_at AND ignored <=>"
                + " old_ignored)")
        .select(
            explode(
                    array(
                        coalesce(col("id"), col("old_id")),
                        coalesce(col("other_id"), col("old_other_id"))))
                .as("touched"))
        .distinct();
  }

  /**
   * The components that are touched, from their links of today, and all others as they were. No
   * link that counts leads out of the former: if it is as it was, its component is touched as a
   * whole; if not, both its ends are.
   */
  private Dataset<Row> again(Dataset<Row> judged, Dataset<Row> stored, Dataset<Row> touched) {
    Dataset<Row> components =
        stored
            .join(touched, col("id").equalTo(col("touched")), "left_semi")
            .select(col("component").as("touched_component"))
            .distinct();
    Dataset<Row> affected =
        MadeRows.of(
            stored
                .join(components, col("component").equalTo(col("touched_component")), "left_semi")
                .select(col("id").as("affected"))
                .union(touched)
                .distinct());
    Dataset<Row> counting =
        judged
            .where("ignored IS NULL")
            .join(affected, col("id").equalTo(col("affected")), "left_semi");
    // An ignored link joins nothing, but its ends are ids all the same.
    Dataset<Row> alone =
        judged
            .where("ignored IS NOT NULL")
            .select(explode(array(col("id"), col("other_id"))).as("id"))
            .distinct()
            .join(affected, col("id").equalTo(col("affected")), "left_semi")
            .select(
                col("id"),
                col("id").as("other_id"),
                lit(null).cast("timestamp").as("seen_at"),
                lit(null).cast("string").as("ignored"));
    Dataset<Row> fresh = everybody(MadeRows.of(counting.unionByName(alone)));
    return stored
        .join(affected, col("id").equalTo(col("affected")), "left_anti")
        .select("id", "person_id", "component")
        .unionByName(fresh);
  }

  /** What is kept of people. */
  Dataset<Row> rows(Dataset<Row> people) {
    return people.withColumn("rules", lit(rules.text()));
  }
}
