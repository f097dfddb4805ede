package dev.ripen.spark;

import dev.ripen.scoring.Attributes;
import dev.ripen.scoring.Facts;
import dev.ripen.scoring.Signal;
import dev.ripen.scoring.StatusChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What one person's facts are to Spark, and how they become those of the fold. Stateless. */
final class FactsRows {
  private static final DataType POINTS =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType);

  private static final StructType RESUME =
      new StructType()
          .add("keep_at", DataTypes.LongType)
          .add("basis", DataTypes.LongType)
          .add("state", DataTypes.BinaryType);

  private FactsRows() {}

  /**
   * From where a fold goes on, and what it keeps.
   *
   * @param keepAtMicros the instant at which its state is kept
   * @param basis what it is made of, signals aside; see {@link FoldBasis}
   * @param state of a night before; null: fold from the start
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, never compared
  record Resume(long keepAtMicros, long basis, byte @Nullable [] state) {}

  /** Null: the fold keeps nothing. */
  static @Nullable Resume resume(Row row) {
    if (row.isNullAt(9)) {
      return null;
    }
    Row resume = row.getStruct(9);
    return new Resume(resume.getLong(0), resume.getLong(1), resume.getAs(2));
  }

  /** The struct that the column {@code facts} is. */
  static StructType type() {
    StructType signal =
        new StructType()
            .add("visitor_id", DataTypes.StringType)
            .add("event_id", DataTypes.StringType)
            .add("rule", DataTypes.StringType)
            .add("occurred_at", DataTypes.LongType)
            .add("points", DataTypes.LongType);
    StructType status =
        new StructType()
            .add("status", DataTypes.StringType)
            .add("occurred_at", DataTypes.LongType)
            .add("reason", DataTypes.StringType);
    StructType attributes =
        new StructType()
            .add("holds", DataTypes.createArrayType(DataTypes.StringType))
            .add("excluded_because", DataTypes.StringType)
            .add("segment", DataTypes.StringType)
            .add("in_population", DataTypes.BooleanType)
            .add("points", POINTS);
    StructType change =
        new StructType().add("occurred_at", DataTypes.LongType).add("attributes", attributes);
    return new StructType()
        .add("created_at", DataTypes.LongType)
        .add("signals", DataTypes.createArrayType(signal))
        .add("holds", DataTypes.createArrayType(DataTypes.StringType))
        .add("statuses", DataTypes.createArrayType(status))
        .add("excluded_because", DataTypes.StringType)
        .add("segment", DataTypes.StringType)
        .add("in_population", DataTypes.BooleanType)
        .add("changes", DataTypes.createArrayType(change))
        .add("lead_points", POINTS)
        .add("resume", RESUME);
  }

  /** A row of {@link #type()} as the fold wants it. */
  static Facts facts(Row row) {
    List<Signal> signals = new ArrayList<>();
    for (Row signal : rows(row, 1)) {
      signals.add(
          new Signal(
              signal.getString(0),
              signal.getString(1),
              SignalRule.nameIn(signal.getString(2)),
              signal.getLong(3),
              signal.isNullAt(4) ? null : (Long) signal.getLong(4)));
    }
    List<StatusChange> statuses = new ArrayList<>();
    for (Row status : rows(row, 3)) {
      statuses.add(new StatusChange(status.getString(0), status.getLong(1), status.getString(2)));
    }
    List<Attributes.Change> changes = new ArrayList<>();
    for (Row change : rows(row, 7)) {
      Row then = change.getStruct(1);
      changes.add(
          new Attributes.Change(
              change.getLong(0),
              new Attributes(
                  texts(then, 0),
                  points(then, 4),
                  then.getString(1),
                  then.getString(2),
                  then.getBoolean(3))));
    }
    return new Facts(
        row.isNullAt(0) ? null : (Long) row.getLong(0),
        signals,
        statuses,
        new Attributes(
            texts(row, 2), points(row, 8), row.getString(4), row.getString(5), row.getBoolean(6)),
        changes);
  }

  private static List<Row> rows(Row row, int field) {
    return row.isNullAt(field) ? List.of() : row.getList(field);
  }

  private static Map<String, Long> points(Row row, int field) {
    return row.isNullAt(field) ? Map.of() : row.getJavaMap(field);
  }

  private static Set<String> texts(Row row, int field) {
    List<@Nullable String> texts = row.isNullAt(field) ? List.of() : row.getList(field);
    return new HashSet<>(texts);
  }
}
