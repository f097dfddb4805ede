package dev.ripen.spark;

import dev.ripen.scoring.Attributes;
import dev.ripen.scoring.Facts;
import dev.ripen.scoring.Signal;
import dev.ripen.scoring.StatusChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What one person's facts are to Spark, and how they become those of the fold. Stateless. */
final class FactsRows {
  private static final DataType POINTS =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.LongType);

  private static final StructType SIGNAL =
      new StructType()
          .add("visitor_id", DataTypes.StringType)
          .add("event_id", DataTypes.StringType)
          .add("rule", DataTypes.StringType)
          .add("occurred_at", DataTypes.LongType)
          .add("points", DataTypes.LongType);

  private static final StructType STATUS =
      new StructType()
          .add("status", DataTypes.StringType)
          .add("occurred_at", DataTypes.LongType)
          .add("reason", DataTypes.StringType);

  private static final StructType ATTRIBUTES =
      new StructType()
          .add("holds", DataTypes.createArrayType(DataTypes.StringType))
          .add("excluded_because", DataTypes.StringType)
          .add("segment", DataTypes.StringType)
          .add("in_population", DataTypes.BooleanType)
          .add("points", POINTS);

  private static final StructType CHANGE =
      new StructType().add("occurred_at", DataTypes.LongType).add("attributes", ATTRIBUTES);

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
  static @Nullable Resume resume(InternalRow facts) {
    if (facts.isNullAt(9)) {
      return null;
    }
    InternalRow resume = facts.getStruct(9, RESUME.length());
    byte[] state = resume.isNullAt(2) ? null : resume.getBinary(2);
    return new Resume(resume.getLong(0), resume.getLong(1), state);
  }

  /** The struct that the column {@code facts} is. */
  static StructType type() {
    return new StructType()
        .add("created_at", DataTypes.LongType)
        .add("signals", DataTypes.createArrayType(SIGNAL))
        .add("holds", DataTypes.createArrayType(DataTypes.StringType))
        .add("statuses", DataTypes.createArrayType(STATUS))
        .add("excluded_because", DataTypes.StringType)
        .add("segment", DataTypes.StringType)
        .add("in_population", DataTypes.BooleanType)
        .add("changes", DataTypes.createArrayType(CHANGE))
        .add("lead_points", POINTS)
        .add("resume", RESUME);
  }

  /** A row of {@link #type()} as the fold wants it. */
  static Facts facts(Row row) {
    return facts(
        (InternalRow) CatalystTypeConverters.createToCatalystConverter(row.schema()).apply(row));
  }

  /** The same as Spark's tasks have it, without a conversion on the way. */
  static Facts facts(InternalRow row) {
    return new Facts(
        row.isNullAt(0) ? null : (Long) row.getLong(0),
        signals(row),
        statuses(row),
        new Attributes(
            texts(row, 2), points(row, 8), text(row, 4), text(row, 5), row.getBoolean(6)),
        changes(row));
  }

  private static List<Signal> signals(InternalRow row) {
    ArrayData rows = array(row, 1);
    if (rows == null) {
      return List.of();
    }
    List<Signal> signals = new ArrayList<>(rows.numElements());
    for (int i = 0; i < rows.numElements(); i++) {
      InternalRow signal = rows.getStruct(i, SIGNAL.length());
      signals.add(
          new Signal(
              signal.getString(0),
              signal.getString(1),
              SignalRule.nameIn(signal.getString(2)),
              signal.getLong(3),
              signal.isNullAt(4) ? null : (Long) signal.getLong(4)));
    }
    return signals;
  }

  private static List<StatusChange> statuses(InternalRow row) {
    ArrayData rows = array(row, 3);
    if (rows == null) {
      return List.of();
    }
    List<StatusChange> statuses = new ArrayList<>(rows.numElements());
    for (int i = 0; i < rows.numElements(); i++) {
      InternalRow status = rows.getStruct(i, STATUS.length());
      statuses.add(new StatusChange(status.getString(0), status.getLong(1), text(status, 2)));
    }
    return statuses;
  }

  private static List<Attributes.Change> changes(InternalRow row) {
    ArrayData rows = array(row, 7);
    if (rows == null) {
      return List.of();
    }
    List<Attributes.Change> changes = new ArrayList<>(rows.numElements());
    for (int i = 0; i < rows.numElements(); i++) {
      InternalRow change = rows.getStruct(i, CHANGE.length());
      InternalRow then = change.getStruct(1, ATTRIBUTES.length());
      changes.add(
          new Attributes.Change(
              change.getLong(0),
              new Attributes(
                  texts(then, 0),
                  points(then, 4),
                  text(then, 1),
                  text(then, 2),
                  then.getBoolean(3))));
    }
    return changes;
  }

  private static @Nullable ArrayData array(InternalRow row, int field) {
    return row.isNullAt(field) ? null : row.getArray(field);
  }

  private static @Nullable String text(InternalRow row, int field) {
    return row.isNullAt(field) ? null : row.getString(field);
  }

  private static Map<String, Long> points(InternalRow row, int field) {
    if (row.isNullAt(field)) {
      return Map.of();
    }
    MapData map = row.getMap(field);
    Map<String, Long> points = new HashMap<>();
    for (int i = 0; i < map.numElements(); i++) {
      points.put(map.keyArray().getUTF8String(i).toString(), map.valueArray().getLong(i));
    }
    return points;
  }

  private static Set<String> texts(InternalRow row, int field) {
    ArrayData texts = array(row, field);
    if (texts == null || texts.numElements() == 0) {
      return Set.of();
    }
    Set<String> all = new HashSet<>();
    for (int i = 0; i < texts.numElements(); i++) {
      all.add(texts.getUTF8String(i).toString());
    }
    return all;
  }
}
