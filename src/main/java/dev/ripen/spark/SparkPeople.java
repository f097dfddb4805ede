package dev.ripen.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import dev.ripen.identity.IdentityRules;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the people in links that are too many for one machine's memory: what {@link
 * dev.ripen.identity.PeopleOfLinks} says, as joins.
 */
final class SparkPeople {
  private final IdentityRules rules;

  SparkPeople(IdentityRules rules) {
    this.rules = rules;
  }

  /**
   * Everybody.
   *
   * @param judged as {@link LinkRows#judged} gives them
   * @return as {@link PeopleRows#TYPE}
   */
  Dataset<Row> of(Dataset<Row> judged) {
    Dataset<Row> counting =
        judged
            .where("ignored IS NULL AND id <> other_id")
            .select(
                col("id").as("a"),
                col("other_id").as("b"),
                isShared(col("id")).as("a_shared"),
                isShared(col("other_id")).as("b_shared"),
                // Greater is earlier, and a time that nobody knows is the earliest.
                coalesce(negate(unix_micros(col("seen_at"))), lit(Long.MAX_VALUE)).as("age"));
    Dataset<Row> nodes = MadeRows.of(nodes(judged, counting));
    Dataset<Row> soft = MadeRows.of(soft(counting, nodes));
    Dataset<Row> sightings = MadeRows.of(sightings(soft));
    Dataset<Row> groups = groups(soft, sightings);
    Dataset<Row> components =
        ConnectedComponents.of(
            soft.select(col("shared_id").as("a"), coalesce(col("root"), col("other")).as("b")));
    return assigned(nodes, sightings, groups, components);
  }

  private Column isShared(Column id) {
    return kind(id).isin(rules.shared().toArray());
  }

  private static Column kind(Column id) {
    return substring_index(id, ":", 1);
  }

  /** The id with its place in the order in which ids name a person. */
  private Column preferred(Column id) {
    Column rank = lit(rules.prefer().size());
    for (int i = rules.prefer().size() - 1; i >= 0; i--) {
      rank = when(kind(id).equalTo(rules.prefer().get(i)), lit(i)).otherwise(rank);
    }
    return struct(rank.as("rank"), id.as("id"));
  }

  /**
   * Every id: whether it is shared; if not, the least id of those that are the same without shared
   * ones, and the name of the known person that they are.
   */
  private Dataset<Row> nodes(Dataset<Row> judged, Dataset<Row> counting) {
    Dataset<Row> roots =
        ConnectedComponents.of(counting.where("NOT a_shared AND NOT b_shared").select("a", "b"))
            .select(col("node"), col("component").as("root"));
    Dataset<Row> ids =
        judged
            .select(explode(array(col("id"), col("other_id"))).as("id"))
            .distinct()
            .withColumn("shared", isShared(col("id")))
            .join(roots, col("id").equalTo(col("node")), "left")
            .select(
                col("id"),
                col("shared"),
                when(not(col("shared")), coalesce(col("root"), col("id"))).as("root"));
    Dataset<Row> known =
        ids.where(kind(col("id")).isin(rules.knownKinds().toArray()))
            .groupBy(col("root").as("known_root"))
            .agg(min(preferred(col("id"))).getField("id").as("known"));
    return ids.join(known, col("root").equalTo(col("known_root")), "left")
        .select("id", "shared", "root", "known");
  }

  /** Links with a shared id, from each shared end, with what the other end is. */
  private Dataset<Row> soft(Dataset<Row> counting, Dataset<Row> nodes) {
    Dataset<Row> ends =
        counting
            .where("a_shared OR b_shared")
            .select(
                explode(
                        array(
                            struct(
                                when(col("a_shared"), col("a")).as("shared_id"),
                                col("b").as("other"),
                                col("age")),
                            struct(
                                when(col("b_shared"), col("b")).as("shared_id"),
                                col("a").as("other"),
                                col("age"))))
                    .as("end"))
            .select("end.*")
            .where("shared_id IS NOT NULL");
    return ends.join(nodes, col("other").equalTo(col("id")))
        .select("shared_id", "other", "age", "root", "known");
  }

  /** Of each shared id that was seen with known people: how many, and whom last. */
  private Dataset<Row> sightings(Dataset<Row> soft) {
    return soft.where("known IS NOT NULL")
        .groupBy("shared_id", "known")
        .agg(min("age").as("age"))
        .groupBy(col("shared_id").as("sighted"))
        .agg(
            count("known").gt(rules.maxPeople()).as("nobodys"),
            min(struct(col("age"), col("known"))).as("last"));
  }

  /** Shared ids and roots of anonymous ids that links join, over ids that are not nobody's. */
  private Dataset<Row> groups(Dataset<Row> soft, Dataset<Row> sightings) {
    Dataset<Row> nobodys = sightings.where("nobodys").select(col("sighted").as("nobodys_id"));
    Dataset<Row> edges =
        soft.where("known IS NULL")
            .join(nobodys, col("shared_id").equalTo(col("nobodys_id")), "left_anti")
            .join(nobodys, col("other").equalTo(col("nobodys_id")), "left_anti")
            .select(col("shared_id").as("a"), coalesce(col("root"), col("other")).as("b"));
    return ConnectedComponents.of(edges)
        .select(col("node").as("member"), col("component").as("group"));
  }

  private Dataset<Row> assigned(
      Dataset<Row> nodes, Dataset<Row> sightings, Dataset<Row> groups, Dataset<Row> components) {
    Column node = coalesce(col("root"), col("id"));
    Dataset<Row> all =
        MadeRows.of(
            nodes
                .withColumn("at", node)
                .join(sightings, col("id").equalTo(col("sighted")), "left")
                .join(groups, col("at").equalTo(col("member")), "left")
                .join(components, col("at").equalTo(col("node")), "left")
                .select(
                    col("id"),
                    col("known"),
                    coalesce(col("nobodys"), lit(false)).as("nobodys"),
                    col("last"),
                    coalesce(col("group"), col("at")).as("group"),
                    coalesce(col("component"), col("at")).as("component")));
    Dataset<Row> ofGroups =
        all.where("known IS NULL AND NOT nobodys")
            .groupBy(col("group").as("group_id"))
            .agg(
                min("last").getField("known").as("group_known"),
                min(preferred(col("id"))).getField("id").as("group_name"));
    Column person =
        when(col("known").isNotNull(), col("known"))
            .when(
                not(col("nobodys")),
                coalesce(col("last").getField("known"), col("group_known"), col("group_name")));
    return MadeRows.of(
        all.join(ofGroups, col("group").equalTo(col("group_id")), "left")
            .select(col("id"), person.as("person_id"), col("component")));
  }
}
