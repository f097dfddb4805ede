package dev.ripen.spark;

import dev.ripen.config.Project;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.ModelGraph;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * All unit tests of a project: those of models and those of rules. Needs no warehouse and writes
 * nothing. Not for several threads.
 */
public final class TestCases {
  private final ModelCases models;
  private final List<RuleCase> ruleCases;
  private final RuleCases rules;

  private TestCases(ModelCases models, List<RuleCase> ruleCases, RuleCases rules) {
    this.models = models;
    this.ruleCases = ruleCases;
    this.rules = rules;
  }

  /**
   * Reads all cases.
   *
   * @param asOf of the cases that name none
   * @throws ProblemException with what is wrong with the project or with files of cases
   */
  public static TestCases load(
      SparkSession spark, Project project, ModelGraph graph, Instant asOf) {
    List<Problem> files = fileProblems(project, graph, asOf);
    if (!files.isEmpty()) {
      throw new ProblemException(files);
    }
    ModelAnalysis analysis = OfflineModels.analyze(spark, project, graph);
    if (!analysis.problems().isEmpty()) {
      throw new ProblemException(analysis.problems());
    }
    Map<String, StructType> sources =
        ModelSchemas.load(project.directory(), OfflineModels.sourceTables(project));
    Map<String, Object> parameters = Pipeline.parameters(project, asOf);
    ModelCases models =
        ModelCases.load(
            session(spark),
            project.directory(),
            graph,
            sources,
            analysis,
            parameters,
            OfflineModels.builtIns(project, graph));
    return new TestCases(
        models,
        RuleCaseFiles.load(project.directory(), graph, parameters),
        new RuleCases(session(spark), project, graph, sources, analysis.schemas()));
  }

  /** What is wrong with the files of cases; needs no Spark session. */
  public static List<Problem> fileProblems(Project project, ModelGraph graph, Instant asOf) {
    Map<String, Object> parameters = Pipeline.parameters(project, asOf);
    List<Problem> problems = new ArrayList<>();
    try {
      ModelCaseFiles.load(project.directory(), graph, parameters);
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    }
    try {
      RuleCaseFiles.load(project.directory(), graph, parameters);
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  /** A case has a handful of rows: one partition and no compiling is the fastest. */
  private static SparkSession session(SparkSession spark) {
    SparkSession session = spark.newSession();
    SparkSessions.required().entrySet().stream()
        .filter(setting -> session.conf().isModifiable(setting.getKey()))
        .forEach(setting -> session.conf().set(setting.getKey(), setting.getValue()));
    session.conf().set("spark.sql.shuffle.partitions", "1");
    session.conf().set("spark.sql.codegen.wholeStage", "false");
    return session;
  }

  /** {@code <model>/<case>} and {@code rules/<case>}, in the order in which they run. */
  public List<String> names() {
    return Stream.concat(models.names().stream(), ruleCases.stream().map(TestCases::name)).toList();
  }

  /**
   * Runs the cases whose name is wanted.
   *
   * @param done hears of each result as it comes
   */
  public List<ModelCaseResult> run(Predicate<String> wanted, Consumer<ModelCaseResult> done) {
    List<ModelCaseResult> results = new ArrayList<>();
    for (String name : models.names()) {
      if (wanted.test(name)) {
        results.addAll(models.run(name::equals));
        done.accept(results.get(results.size() - 1));
      }
    }
    for (RuleCase test : ruleCases) {
      if (wanted.test(name(test))) {
        results.add(rules.run(test));
        done.accept(results.get(results.size() - 1));
      }
    }
    return results;
  }

  private static String name(RuleCase test) {
    return RuleCase.SUITE + "/" + test.name();
  }
}
