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
import java.util.function.Function;
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
        list(row, 1, SIGNAL, FactsRows::signal),
        list(row, 3, STATUS, FactsRows::status),
        new Attributes(
            texts(row, 2), points(row, 8), text(row, 4), text(row, 5), row.getBoolean(6)),
        list(row, 7, CHANGE, FactsRows::change));
  }

  private static Signal signal(InternalRow row) {
    return new Signal(
        row.getString(0),
        row.getString(1),
        SignalRule.nameIn(row.getString(2)),
        row.getLong(3),
        row.isNullAt(4) ? null : (Long) row.getLong(4));
  }

  private static StatusChange status(InternalRow row) {
    return new StatusChange(row.getString(0), row.getLong(1), text(row, 2));
  }

  private static Attributes.Change change(InternalRow row) {
    InternalRow then = row.getStruct(1, ATTRIBUTES.length());
    return new Attributes.Change(
        row.getLong(0),
        new Attributes(
            texts(then, 0), points(then, 4), text(then, 1), text(then, 2), then.getBoolean(3)));
  }

  private static <T> List<T> list(
      InternalRow row, int field, StructType type, Function<InternalRow, T> read) {
    ArrayData rows = array(row, field);
    if (rows == null) {
      return List.of();
    }
    List<T> list = new ArrayList<>(rows.numElements());
    for (int i = 0; i < rows.numElements(); i++) {
      list.add(read.apply(rows.getStruct(i, type.length())));
    }
    return list;
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
