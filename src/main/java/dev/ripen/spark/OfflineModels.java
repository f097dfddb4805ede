package dev.ripen.spark;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.config.Source;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.ModelGraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Everything about models, rules and destinations that can be known from the committed schemas,
 * before anything runs and without a warehouse.
 */
public final class OfflineModels {
  /** Columns of a CRM model that name the record and are not written. */
  static final Set<String> KEYS = Set.of("lead_id", "record_id", "email");

  private OfflineModels() {}

  /** All problems of a project's SQL and of the SQL in its rules; also every model's columns. */
  public static ModelAnalysis analyze(SparkSession spark, Project project, ModelGraph graph) {
    SparkSession session = spark.newSession();
    ModelAnalyzer analyzer =
        new ModelAnalyzer(session, Pipeline.parameters(project, Instant.EPOCH));
    ModelAnalysis models =
        analyzer.analyze(
            graph,
            ModelSchemas.load(project.directory(), sourceTables(project)),
            builtIns(project, graph));
    List<Problem> problems = new ArrayList<>(models.problems());
    problems.addAll(
        PredicateCheck.problems(
            analyzer,
            project.definition(),
            models.schemas(),
            graph.findModel(EventModels.ACCOUNT_EVENTS).isPresent()));
    for (DestinationSettings destination : project.destinations()) {
      StructType columns = models.schemas().get(ModelGraph.crmModel(destination.name()));
      if (columns != null) {
        problems.addAll(fieldProblems(destination, columns));
      }
    }
    return new ModelAnalysis(models.schemas(), problems, models.notChecked());
  }

  /** What ripen adds to the SQL of a project. */
  static BuiltIns builtIns(Project project, ModelGraph graph) {
    return new OfflineBuiltIns(
        RulesInForce.of(project.definition(), graph, project.parameters()), project.identity());
  }

  /** Names of the source tables as SQL has them. */
  public static Set<String> sourceTables(Project project) {
    Set<String> tables = new TreeSet<>();
    for (Source source : project.sources()) {
      source
          .tables()
          .forEach(
              table -> tables.add((source.name() + "." + table.name()).toLowerCase(Locale.ROOT)));
    }
    return tables;
  }

  private static List<Problem> fieldProblems(DestinationSettings destination, StructType columns) {
    String file = "sql/crm/" + destination.name() + ".sql";
    Set<String> produced = new TreeSet<>(Arrays.asList(columns.fieldNames()));
    produced.removeAll(KEYS);
    Set<String> configured = destination.fields().keySet();
    List<Problem> problems = new ArrayList<>();
    for (String column : produced) {
      if (!configured.contains(column)) {
        problems.add(
            Problem.at(
                SourceSpan.ofFile(file),
                ErrorCode.CRM_FIELD_NOT_FOUND,
                "the column " + column + " has no entry in fields of " + destination.name(),
                "add "
                    + column
                    + " = overwrite to fields in conf/ripen.conf, or take the column"
                    + " out"));
      }
    }
    for (String field : configured) {
      if (!produced.contains(field)) {
        problems.add(
            Problem.at(
                SourceSpan.ofFile("conf/ripen.conf"),
                ErrorCode.CRM_FIELD_NOT_FOUND,
                "the field " + field + " of " + destination.name() + " is no column of " + file,
                NearestName.of(field, produced)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("add the column to " + file + ", or take the field out")));
      }
    }
    return problems;
  }

  /**
   * The fields of a destination as ripen would create them: types from the columns of its model.
   *
   * @param levels names of the levels: options of columns that hold one
   */
  public static List<FieldSpec> fieldSpecs(
      SparkSession spark,
      Project project,
      ModelGraph graph,
      DestinationSettings destination,
      List<String> levels) {
    ModelAnalysis analysis = analyze(spark, project, graph);
    if (!analysis.problems().isEmpty()) {
      throw new dev.ripen.problem.ProblemException(analysis.problems());
    }
    StructType columns = analysis.schemas().get(ModelGraph.crmModel(destination.name()));
    List<FieldSpec> specs = new ArrayList<>();
    for (String name : destination.fields().keySet()) {
      StructField column = columns.apply(name);
      FieldType type = fieldType(name, column.dataType(), levels);
      specs.add(
          new FieldSpec(
              name, label(name), type, type == FieldType.ENUMERATION ? levels : List.of()));
    }
    return specs;
  }

  /** A text column called …level holds one of the levels, one called …reasons… can be long. */
  private static FieldType fieldType(String name, DataType type, List<String> levels) {
    if (type instanceof BooleanType) {
      return FieldType.BOOLEAN;
    }
    if (type instanceof NumericType) {
      return FieldType.NUMBER;
    }
    if (type instanceof TimestampType) {
      return FieldType.INSTANT;
    }
    if (type instanceof DateType) {
      return FieldType.DATE;
    }
    if (name.endsWith("level") && !levels.isEmpty()) {
      return FieldType.ENUMERATION;
    }
    return name.contains("reasons") ? FieldType.LONG_TEXT : FieldType.TEXT;
  }

  private static String label(String name) {
    String words = name.replace('_', ' ');
    String upper = words.replace("mql", "MQL");
    return Character.toUpperCase(upper.charAt(0)) + upper.substring(1);
  }
}
