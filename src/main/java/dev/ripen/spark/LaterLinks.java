package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;

/** Notices links that are dated after a run's instant, while the run reads them for other ends. */
final class LaterLinks {
  private static final String FIRST = "first_later";

  private final Instant asOf;
  private final List<Observation> seen = new ArrayList<>();

  LaterLinks(Instant asOf) {
    this.asOf = asOf;
  }

  /** The same rows, noticed when they are read; they must be, once. */
  Dataset<Row> noticed(Dataset<Row> links) {
    Observation observation = Observation.apply();
    seen.add(observation);
    return links.observe(
        observation, min(when(col("seen_at").gt(lit(asOf)), col("seen_at"))).as(FIRST));
  }

  /** When the first of them counts. Waits until the rows were read. */
  Optional<Instant> first() {
    return seen.stream()
        .map(Observation::getRow)
        // Spark may plan the observed step away where it sees that there is nothing to read.
        .filter(row -> row.schema() != null && List.of(row.schema().fieldNames()).contains(FIRST))
        .flatMap(row -> Stream.ofNullable(row.<Instant>getAs(FIRST)))
        .min(Comparator.naturalOrder());
  }
}
