package dev.ripen.spark;

import dev.ripen.problem.NearestName;
import dev.ripen.spark.ModelCase.Order;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/** Compares the rows of a model with those that a case expects. */
final class ModelCaseDiff {
  private static final int SHOWN = 20;

  private ModelCaseDiff() {}

  static ModelCaseResult compare(ModelCase test, Dataset<Row> rows) {
    ModelCsv expect = test.expect();
    Map<String, DataType> types = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (StructField field : rows.schema().fields()) {
      types.put(field.name(), field.dataType());
    }
    for (String column : expect.columns()) {
      if (!types.containsKey(column)) {
        String guess =
            NearestName.of(column, types.keySet())
                .map(near -> "; did you mean " + near + "?")
                .orElse("");
        return ModelCaseResult.failed(
            test.model(),
            test.name(),
            expect.file()
                + " names column `"
                + column
                + "`, which "
                + test.model()
                + " does not have"
                + guess);
      }
    }
    List<List<String>> actual = actual(expect, types, rows);
    List<List<String>> wanted = wanted(expect, types);
    return test.order() == Order.AS_LISTED
        ? compareListed(test, wanted, actual)
        : compareSets(test, wanted, actual);
  }

  private static List<List<String>> wanted(ModelCsv expect, Map<String, DataType> types) {
    List<List<String>> rows = new ArrayList<>();
    for (ModelCsv.Line line : expect.lines()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < expect.columns().size(); i++) {
        DataType type = types.get(expect.columns().get(i));
        // Nested values are compared as JSON.
        boolean json = ModelCaseRows.isNested(type);
        DataType cellType = json ? DataTypes.StringType : type;
        cells.add(text(ModelCaseRows.value(expect, line, i, cellType)));
      }
      rows.add(cells);
    }
    return rows;
  }

  private static List<List<String>> actual(
      ModelCsv expect, Map<String, DataType> types, Dataset<Row> rows) {
    Column[] columns =
        expect.columns().stream()
            .map(
                name -> {
                  Column column = rows.col("`" + name.replace("`", "``") + "`");
                  return ModelCaseRows.isNested(types.get(name))
                      ? functions.to_json(column)
                      : column;
                })
            .toArray(Column[]::new);
    List<List<String>> result = new ArrayList<>();
    for (Row row : rows.select(columns).collectAsList()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        cells.add(text(row.get(i)));
      }
      result.add(cells);
    }
    return result;
  }

  /** One text per value, so that equal values look equal; the empty string shows its quotes. */
  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Timestamp timestamp) {
      return timestamp.toInstant().toString();
    }
    if (value instanceof BigDecimal number) {
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return java.util.HexFormat.of().formatHex(bytes);
    }
    String text = value.toString();
    return text.isEmpty() ? "\"\"" : text;
  }

  private static ModelCaseResult compareSets(
      ModelCase test, List<List<String>> wanted, List<List<String>> actual) {
    List<List<String>> missing = new ArrayList<>(wanted);
    List<List<String>> unexpected = new ArrayList<>();
    for (List<String> row : actual) {
      if (!missing.remove(row)) {
        unexpected.add(row);
      }
    }
    if (missing.isEmpty() && unexpected.isEmpty()) {
      return ModelCaseResult.passed(test.model(), test.name());
    }
    String head =
        String.format(
            Locale.ROOT,
            "expected %d rows, got %d: %d missing (-), %d unexpected (+)",
            wanted.size(),
            actual.size(),
            missing.size(),
            unexpected.size());
    return failed(test, head, missing, unexpected);
  }

  private static ModelCaseResult compareListed(
      ModelCase test, List<List<String>> wanted, List<List<String>> actual) {
    for (int i = 0; i < Math.max(wanted.size(), actual.size()); i++) {
      List<List<String>> left = i < wanted.size() ? List.of(wanted.get(i)) : List.of();
      List<List<String>> right = i < actual.size() ? List.of(actual.get(i)) : List.of();
      if (!left.equals(right)) {
        String head =
            String.format(
                Locale.ROOT,
                "expected %d rows, got %d: they differ first in row %d",
                wanted.size(),
                actual.size(),
                i + 1);
        return failed(test, head, left, right);
      }
    }
    return ModelCaseResult.passed(test.model(), test.name());
  }

  private static ModelCaseResult failed(
      ModelCase test, String head, List<List<String>> missing, List<List<String>> unexpected) {
    List<Sign> lines = new ArrayList<>();
    missing.forEach(row -> lines.add(new Sign('-', row)));
    unexpected.forEach(row -> lines.add(new Sign('+', row)));
    // Like rows stand together: a wrong value shows as a pair.
    lines.sort(
        Comparator.comparing((Sign line) -> String.join("\u0000", line.cells()))
            .thenComparing(Sign::mark, Comparator.reverseOrder()));
    List<Sign> table = new ArrayList<>();
    table.add(new Sign(' ', test.expect().columns()));
    table.addAll(lines.subList(0, Math.min(SHOWN, lines.size())));
    String more = lines.size() > SHOWN ? "\n  … and " + (lines.size() - SHOWN) + " more" : "";
    return ModelCaseResult.failed(test.model(), test.name(), head + "\n" + aligned(table) + more);
  }

  private static String aligned(List<Sign> table) {
    int columns = table.get(0).cells().size();
    int[] widths = new int[columns];
    for (Sign line : table) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line.cells().get(i).length());
      }
    }
    return table.stream()
        .map(
            line -> {
              StringBuilder text = new StringBuilder("  ").append(line.mark());
              for (int i = 0; i < columns; i++) {
                String cell = line.cells().get(i);
                text.append(i == 0 ? " " : " | ").append(cell);
                text.append(" ".repeat(widths[i] - cell.length()));
              }
              return text.toString().stripTrailing();
            })
        .collect(Collectors.joining("\n"));
  }

  private record Sign(char mark, List<String> cells) {}
}
