package dev.ripen.spark;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.CheckQuery;
import dev.ripen.sqlmodel.ModelCheck;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import dev.ripen.sqlmodel.SqlPlace;
import dev.ripen.sqlmodel.SqlReader.Relation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Checks models and rules against the columns of the sources without reading a row. Makes temporary
 * views in the session that it is given: give it one of its own. Not for several threads.
 */
public final class ModelAnalyzer {
  private final SparkSession session;
  private final Map<String, Object> parameters;
  private final SqlCompiler compiler = new SqlCompiler();

  /**
   * An analyser.
   *
   * @param parameters named parameters of models, as for {@link SqlCompiler}
   */
  public ModelAnalyzer(SparkSession session, Map<String, Object> parameters) {
    this.session = session;
    this.parameters = Map.copyOf(parameters);
  }

  /**
   * Compiles every model in order and checks its columns and its checks.
   *
   * @param sources columns by source table, as {@link ModelSchemas#load} gives them
   * @param builtIns what ripen adds
   * @return all problems; a model that reads a broken one is named as not checked instead
   */
  public ModelAnalysis analyze(
      ModelGraph graph, Map<String, StructType> sources, BuiltIns builtIns) {
    emptyCanonical(session, graph);
    builtIns.register(session);
    Map<String, StructType> schemas = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    Set<String> broken = new TreeSet<>();
    Set<String> notChecked = new TreeSet<>();
    for (SqlModel model : graph.inOrder()) {
      if (readsOneOf(model, broken) || readsOneOf(model, notChecked)) {
        notChecked.add(model.name());
        continue;
      }
      try {
        Dataset<Row> rows =
            compiler.compile(
                session, model.path(), model.text(), parameters, emptySources(session, sources));
        problems.addAll(columnProblems(model, rows.schema()));
        if (model.layer() == SqlModel.Layer.SCORES && isScored(rows)) {
          builtIns.scoreProblem(model, rows.schema()).ifPresent(problems::add);
          rows = ScoreColumns.offline(rows);
          Dataset<Row> leadScores = builtIns.leadScores(rows);
          leadScores.createOrReplaceTempView(LeadScores.VIEW);
          schemas.put(LeadScores.VIEW, leadScores.schema());
        }
        rows.createOrReplaceTempView(model.name());
        schemas.put(model.name(), rows.schema());
        problems.addAll(checkProblems(model));
      } catch (ProblemException e) {
        broken.add(model.name());
        problems.addAll(e.problems());
      }
    }
    return new ModelAnalysis(schemas, problems, notChecked);
  }

  /**
   * Checks that an expression over one row is true or false.
   *
   * @param place as the user would find it: {@code conf/scoring.conf: rule sign-up}
   * @param columns of the table that the expression is about
   */
  public Optional<Problem> analyzePredicate(String place, String expression, StructType columns) {
    return analyzeExpression(
        place, expression, columns, type -> type.equals(DataTypes.BooleanType), "true or false");
  }

  /** Checks that an expression over one row is a number. */
  public Optional<Problem> analyzeNumber(String place, String expression, StructType columns) {
    return analyzeExpression(
        place, expression, columns, type -> type instanceof NumericType, "a number");
  }

  /** Checks that an expression over one row can be said as text. */
  Optional<Problem> analyzeText(String place, String expression, StructType columns) {
    return analyzeExpression(
        place, expression, columns, type -> type instanceof AtomicType, "a text or a number");
  }

  private Optional<Problem> analyzeExpression(
      String place,
      String expression,
      StructType columns,
      Predicate<DataType> wanted,
      String description) {
    try {
      StructType result =
          compiler
              .expression(session, place, expression, parameters, empty(session, columns))
              .schema();
      DataType type = result.fields()[0].dataType();
      if (wanted.test(type)) {
        return Optional.empty();
      }
      return Optional.of(
          Problem.at(
              SqlPlace.of(place, expression, 1, 0),
              ErrorCode.SQL_WRONG_TYPE,
              place + " is " + type.sql() + ", not " + description + ": " + expression,
              "Write an expression that is " + description));
    } catch (ProblemException e) {
      return Optional.of(e.problems().get(0));
    }
  }

  /**
   * Whether there is enough to add the other columns of scores; what lacks is a problem already.
   */
  private static boolean isScored(Dataset<Row> rows) {
    Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    columns.addAll(List.of(rows.columns()));
    return columns.containsAll(Set.of("lead_id", "score", "is_mql"));
  }

  private static boolean readsOneOf(SqlModel model, Set<String> names) {
    return model.parsed().relations().stream()
        .map(Relation::parts)
        .anyMatch(
            parts -> parts.size() == 1 && names.contains(parts.get(0).toLowerCase(Locale.ROOT)));
  }

  static List<Problem> columnProblems(SqlModel model, StructType schema) {
    Map<String, String> actual = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    List<Problem> problems = new ArrayList<>();
    for (StructField field : schema.fields()) {
      if (actual.put(field.name(), field.dataType().sql()) != null) {
        problems.add(SqlProblems.doubleColumn(model, field.name()));
      }
    }
    CanonicalTables.requiredColumns(model)
        .forEach(
            (column, type) -> {
              if (actual.containsKey(column)) {
                wrongType(model, column, type, actual.get(column)).ifPresent(problems::add);
              } else {
                problems.add(SqlProblems.missingColumn(model, column, type, actual.keySet()));
              }
            });
    CanonicalTables.optionalColumns(model)
        .forEach(
            (column, type) ->
                Optional.ofNullable(actual.get(column))
                    .flatMap(found -> wrongType(model, column, type, found))
                    .ifPresent(problems::add));
    return problems;
  }

  private static Optional<Problem> wrongType(
      SqlModel model, String column, String needed, String actual) {
    return CanonicalTables.fits(needed, actual)
        ? Optional.empty()
        : Optional.of(SqlProblems.wrongType(model, column, needed, actual));
  }

  private List<Problem> checkProblems(SqlModel model) {
    List<Problem> problems = new ArrayList<>();
    for (ModelCheck check : model.checks()) {
      try {
        compiler.compile(
            session, model.path(), CheckQuery.sql(model, check), parameters, parts -> null);
      } catch (ProblemException e) {
        SourceSpan where = SqlPlace.of(model.path(), model.text(), check.line(), check.column());
        for (Problem problem : e.problems()) {
          problems.add(
              Problem.at(
                  where,
                  problem.code(),
                  "@check " + check.name() + ": " + problem.what(),
                  problem.fix()));
        }
      }
    }
    return problems;
  }

  /** An empty table for canonical models that are optional and that the project does not have. */
  static void emptyCanonical(SparkSession session, ModelGraph graph) {
    if (graph.findModel("statuses").isEmpty()) {
      empty(session, canonical("statuses")).createOrReplaceTempView("statuses");
    }
  }

  static StructType canonical(String table) {
    StructType schema = new StructType();
    for (var column : CanonicalTables.concreteColumns(table).orElseThrow().entrySet()) {
      schema = schema.add(column.getKey(), DataType.fromDDL(column.getValue()));
    }
    return schema;
  }

  static Dataset<Row> empty(SparkSession session, StructType schema) {
    return session.createDataFrame(List.of(), schema);
  }

  /** Tables without rows, by name, whatever the case of the letters. */
  static Function<List<String>, @Nullable Dataset<Row>> emptySources(
      SparkSession session, Map<String, StructType> sources) {
    Map<String, StructType> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(sources);
    return parts -> {
      StructType schema = byName.get(String.join(".", parts));
      return schema == null ? null : empty(session, schema);
    };
  }
}
