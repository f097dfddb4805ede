package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Definition;
import dev.ripen.scoring.ScoringModel;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The text of every definition that ever scored, by fingerprint: what a score's version meant. */
public final class DefinitionsTable {
  public static final String TABLE = "definitions";
  private static final StructType TYPE =
      new StructType()
          .add("fingerprint", DataTypes.StringType, false)
          .add("version", DataTypes.StringType, false)
          .add("text", DataTypes.StringType, false)
          .add("first_as_of", DataTypes.TimestampType, false)
          .add("run_id", DataTypes.StringType, false);

  private DefinitionsTable() {}

  /** Keeps a definition that is not there yet; the caller commits. */
  public static void keep(
      SparkSession spark, StateTables state, Definition definition, Instant asOf, String runId) {
    ScoringModel model = definition.models().get(0).scoring();
    boolean known =
        state.exists(TABLE)
            && !state
                .current(TABLE)
                .where(col("fingerprint").equalTo(lit(model.fingerprint())))
                .isEmpty();
    if (!known) {
      state.append(
          TABLE,
          spark.createDataFrame(
              List.of(
                  RowFactory.create(
                      model.fingerprint(), model.version(), definition.text(), asOf, runId)),
              TYPE));
    }
  }
}
