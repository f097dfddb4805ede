package dev.ripen.spark;

import dev.ripen.config.DefinitionVersions;
import dev.ripen.config.DefinitionVersions.Change;
import dev.ripen.config.DefinitionVersions.InForce;
import dev.ripen.config.DefinitionVersions.Kept;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Every definition that ever scored, whole, and from when it judges: what a version meant. */
public final class DefinitionsTable {
  public static final String TABLE = "definitions";
  private static final StructType TYPE =
      new StructType()
          .add("fingerprint", DataTypes.StringType, false)
          .add("version", DataTypes.StringType, false)
          .add("text", DataTypes.StringType, false)
          .add("first_as_of", DataTypes.TimestampType, false)
          .add("run_id", DataTypes.StringType, false)
          .add("effective_from", DataTypes.TimestampType, true);

  private DefinitionsTable() {}

  /** What committed runs have kept, in their order. */
  static List<Kept> kept(StateTables state) {
    return state
        .committed(TABLE)
        .map(rows -> rows.orderBy("first_as_of", "run_id"))
        .map(Dataset::collectAsList)
        .orElse(List.of())
        .stream()
        .map(DefinitionsTable::kept)
        .toList();
  }

  private static Kept kept(Row row) {
    // An earlier ripen let every definition judge all time, and kept no column for it.
    boolean whole = Arrays.asList(row.schema().fieldNames()).contains("effective_from");
    Optional<Instant> from =
        whole ? Optional.ofNullable(row.<Instant>getAs("effective_from")) : Optional.empty();
    return new Kept(
        row.getAs("fingerprint"),
        row.getAs("version"),
        row.getAs("text"),
        from,
        row.getAs("first_as_of"));
  }

  /** Keeps the definition of today if it begins or judges anew; the caller commits. */
  static void keep(
      SparkSession spark,
      StateTables state,
      DefinitionVersions versions,
      Instant asOf,
      String runId) {
    if (versions.change() == Change.NONE) {
      return;
    }
    InForce today = versions.inForce().get(versions.inForce().size() - 1);
    state.append(
        TABLE,
        spark.createDataFrame(
            List.of(
                RowFactory.create(
                    today.definition().fingerprint(),
                    today.definition().version(),
                    today.definition().text(),
                    asOf,
                    runId,
                    today.from().orElse(null))),
            TYPE));
  }
}
