package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.SqlPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode$;
import org.apache.spark.sql.catalyst.expressions.JsonToStructs;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.Option;

/** Cells of a file as values of Spark's types. */
final class ModelCaseRows {
  private ModelCaseRows() {}

  /**
   * A table out of a file. Columns that the file does not name are null.
   *
   * @throws ProblemException for an unknown column, or a cell that is not of its column's type
   */
  static Dataset<Row> of(SparkSession session, ModelCsv csv, StructType schema) {
    Map<String, StructField> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (StructField field : schema.fields()) {
      fields.put(field.name(), field);
    }
    for (String column : csv.columns()) {
      requireColumn(csv, column, fields);
    }
    List<Row> rows = new ArrayList<>();
    for (ModelCsv.Line line : csv.lines()) {
      Map<String, Object> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (int i = 0; i < csv.columns().size(); i++) {
        String column = csv.columns().get(i);
        DataType type = fields.get(column).dataType();
        Object value = value(csv, line, i, type);
        if (value != null) {
          values.put(column, value);
        }
      }
      Object[] cells = new Object[schema.length()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = values.get(schema.fields()[i].name());
      }
      rows.add(RowFactory.create(cells));
    }
    return session.createDataFrame(rows, nullable(schema));
  }

  /** The value of a cell; null where it is empty. */
  static @Nullable Object value(ModelCsv csv, ModelCsv.Line line, int index, DataType type) {
    String cell = line.cells().get(index);
    if (cell == null || type.equals(DataTypes.StringType)) {
      return cell;
    }
    Literal text = new Literal(UTF8String.fromString(cell.strip()), DataTypes.StringType);
    Object value =
        isNested(type)
            ? fromJson(text, type)
            : new Cast(text, type, Option.apply("UTC"), EvalMode$.MODULE$.TRY()).eval(null);
    if (value == null) {
      throw ModelCsv.problem(
          csv.file(),
          csv.text(),
          line.number(),
          "has a value in column `"
              + csv.columns().get(index)
              + "` that is no "
              + type.sql()
              + ": "
              + cell);
    }
    return CatalystTypeConverters.convertToScala(value, type);
  }

  /**
   * Arrays, structs and maps are written as JSON, as expected rows have them; null if it is none.
   */
  private static @Nullable Object fromJson(Literal text, DataType type) {
    Map<String, String> strict = Map.of("mode", "FAILFAST");
    try {
      return new JsonToStructs(type, SqlScala.map(strict), text, Option.apply("UTC"), false)
          .eval(null);
    } catch (Exception e) {
      // Scala declares nothing, so the compiler does not know that SparkException is thrown here.
      if (e instanceof SparkThrowable) {
        return null;
      }
      throw e;
    }
  }

  static boolean isNested(DataType type) {
    return type instanceof StructType || type instanceof ArrayType || type instanceof MapType;
  }

  private static void requireColumn(ModelCsv csv, String column, Map<String, ?> fields) {
    if (!fields.containsKey(column)) {
      String guess =
          NearestName.of(column, fields.keySet())
              .map(near -> "did you mean " + near + "? ")
              .orElse("");
      throw new ProblemException(
          Problem.at(
              SqlPlace.of(csv.file(), csv.text(), 1, 1),
              ErrorCode.SQL_COLUMN_NOT_FOUND,
              csv.file() + " names column `" + column + "`, which the table does not have",
              guess + "Columns: " + String.join(", ", fields.keySet())));
    }
  }

  /** A case names the columns that it is about; the others are null, whatever the source says. */
  private static StructType nullable(StructType schema) {
    StructType result = new StructType();
    for (StructField field : schema.fields()) {
      result = result.add(field.name(), field.dataType(), true);
    }
    return result;
  }
}
