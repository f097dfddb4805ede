package dev.ripen.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Connected components by alternating stars (Kiveris and others, "Connected Components in MapReduce
 * and Beyond", 2014). Every node holds on to one lesser node; two moves take turns:
 *
 * <ul>
 *   <li>large star: the greater neighbours of a node move to the least of its neighbours and
 *       itself;
 *   <li>small star: a node and its lesser neighbours move to the least of them.
 * </ul>
 *
 * Neither move joins or parts components. When both change nothing, no lesser end of an edge has
 * lesser neighbours, and no node has two of them: the edges are stars around the least node of each
 * component. Rounds grow with the logarithm of the longest way, not with the size.
 */
final class ConnectedComponents {
  private ConnectedComponents() {}

  /**
   * The nodes that have edges, each with the least node of its component.
   *
   * @param edges two columns of texts, {@code a} and {@code b}; in any direction, repeated or not
   * @return columns {@code node} and {@code component}, made
   */
  static Dataset<Row> of(Dataset<Row> edges) {
    Dataset<Row> stars =
        MadeRows.of(
            edges
                .where("a <> b")
                .select(greatest(col("a"), col("b")).as("node"), least(col("a"), col("b")).as("to"))
                .distinct());
    boolean moved = true;
    while (moved) {
      Dataset<Row> large = MadeRows.of(largeStar(stars));
      stars = MadeRows.of(smallStar(large));
      moved = hasMoved(large) || hasMoved(stars);
    }
    return MadeRows.of(
        stars
            .select(
                explode(
                        array(
                            struct(col("node"), col("to").as("component")),
                            struct(col("to").as("node"), col("to").as("component"))))
                    .as("row"))
            .select("row.*")
            .distinct());
  }

  private static boolean hasMoved(Dataset<Row> stars) {
    return stars.selectExpr("count_if(moved)").head().getLong(0) > 0;
  }

  private static Dataset<Row> largeStar(Dataset<Row> stars) {
    // Both directions by one pass: a union would double the plan in every round.
    return stars
        .select(
            explode(
                    array(
                        struct(col("node").as("center"), col("to").as("neighbour")),
                        struct(col("to").as("center"), col("node").as("neighbour"))))
                .as("edge"))
        .select("edge.*")
        .withColumn(
            "least", least(col("center"), min("neighbour").over(Window.partitionBy("center"))))
        .where("neighbour > center")
        .select(
            col("neighbour").as("node"),
            col("least").as("to"),
            col("least").notEqual(col("center")).as("moved"));
  }

  private static Dataset<Row> smallStar(Dataset<Row> stars) {
    return stars
        .select("node", "to")
        // Repeated edges and windows then need no exchange of their own.
        .repartition(col("node"))
        .distinct()
        .withColumn("least", min("to").over(Window.partitionBy("node")))
        .select(
            when(col("to").equalTo(col("least")), col("node")).otherwise(col("to")).as("node"),
            col("least").as("to"),
            col("to").notEqual(col("least")).as("moved"));
  }
}
