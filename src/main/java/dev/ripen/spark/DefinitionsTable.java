package dev.ripen.spark;

import dev.ripen.config.DefinitionVersions;
import dev.ripen.config.DefinitionVersions.Change;
import dev.ripen.config.DefinitionVersions.InForce;
import java.time.Instant;
import java.util.List;
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
