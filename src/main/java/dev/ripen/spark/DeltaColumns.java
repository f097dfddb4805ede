package dev.ripen.spark;

import io.delta.kernel.internal.types.DataTypeJsonSerDe;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Columns of a Delta table, as Spark and as Delta Kernel know them. Pure. */
final class DeltaColumns {
  private static final Set<DataType> PLAIN =
      Set.of(
          DataTypes.BooleanType,
          DataTypes.ByteType,
          DataTypes.ShortType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.DoubleType,
          DataTypes.StringType,
          DataTypes.BinaryType,
          DataTypes.DateType,
          DataTypes.TimestampType);

  private static final String NOT_IN_NAMES = " ,;{}()\n\t=";

  private DeltaColumns() {}

  /** As a table keeps columns of rows: each may be null, and what a query noted on them is gone. */
  static StructType stored(StructType columns) {
    return new StructType(
        Arrays.stream(columns.toNullable().fields())
            .map(field -> new StructField(field.name(), field.dataType(), true, Metadata.empty()))
            .toArray(StructField[]::new));
  }

  /** The columns that the log of a table names. */
  static StructType parse(String json) {
    return ((StructType) DataType.fromJson(json)).toNullable();
  }

  static io.delta.kernel.types.StructType forKernel(StructType columns) {
    return DataTypeJsonSerDe.deserializeStructType(columns.json());
  }

  /**
   * Whether a table can have these columns without any feature of Delta's, and Delta for Spark
   * would neither change nor refuse them.
   */
  static boolean arePlain(StructType columns) {
    long names =
        Arrays.stream(columns.fieldNames())
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .count();
    return names > 0
        && names == columns.size()
        && Arrays.stream(columns.fields())
            .allMatch(field -> isPlainName(field.name()) && isPlain(field.dataType()));
  }

  private static boolean isPlainName(String name) {
    return !name.isEmpty() && name.chars().noneMatch(c -> NOT_IN_NAMES.indexOf(c) >= 0);
  }

  private static boolean isPlain(DataType type) {
    if (type instanceof ArrayType array) {
      return isPlain(array.elementType());
    }
    if (type instanceof MapType map) {
      return isPlain(map.keyType()) && isPlain(map.valueType());
    }
    if (type instanceof StructType struct) {
      return arePlain(struct);
    }
    return type instanceof DecimalType || PLAIN.contains(type);
  }
}
