package dev.ripen.spark;

import static java.util.Objects.requireNonNull;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sqlmodel.ModelGraph;
import dev.ripen.sqlmodel.SqlModel;
import dev.ripen.sqlmodel.SqlReader.Relation;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Runs the unit tests of models: {@code sql/tests/<model>/<case>/} with {@code given_<table>.csv},
 * {@code expect.csv} and an optional {@code case.conf}. What a case does not give is made from what
 * it gives; a source table that is not given is empty. Needs no warehouse. Makes temporary views in
 * the session that it is given: give it one of its own. Not for several threads.
 */
public final class ModelCases {
  /** Tables that ripen makes of a model. */
  private static final Map<String, String> MADE_OF =
      Map.of(LeadScores.VIEW, Pipeline.SCORES, PeopleRows.VIEW, LinkRows.TABLE);

  private final SparkSession session;
  private final ModelGraph graph;
  private final Map<String, StructType> sources;
  private final Map<String, StructType> models;
  private final BuiltIns builtIns;
  private final List<ModelCase> cases;
  private final SqlCompiler compiler = new SqlCompiler();

  private ModelCases(
      SparkSession session,
      ModelGraph graph,
      Map<String, StructType> sources,
      Map<String, StructType> models,
      BuiltIns builtIns,
      List<ModelCase> cases) {
    this.session = session;
    this.graph = graph;
    this.sources = sources;
    this.models = models;
    this.builtIns = builtIns;
    this.cases = cases;
  }

  /**
   * Reads all cases.
   *
   * @param sources columns by source table, as {@link ModelSchemas#load} gives them
   * @param analysis of the same graph: the types of given models
   * @param parameters of the project, {@code as_of} among them
   * @param builtIns what ripen adds
   * @throws ProblemException with every file that fits no convention or cannot be read
   */
  public static ModelCases load(
      SparkSession session,
      Path project,
      ModelGraph graph,
      Map<String, StructType> sources,
      ModelAnalysis analysis,
      Map<String, Object> parameters,
      BuiltIns builtIns) {
    List<ModelCase> cases = ModelCaseFiles.load(project, graph, parameters);
    return new ModelCases(session, graph, sources, analysis.schemas(), builtIns, cases);
  }

  /** How many cases there are. */
  public int count() {
    return cases.size();
  }

  /** {@code <model>/<case>}, sorted. */
  public List<String> names() {
    return cases.stream().map(test -> test.model() + "/" + test.name()).toList();
  }

  /** Runs all cases, sorted by model and name. */
  public List<ModelCaseResult> run() {
    return run(name -> true);
  }

  /** Runs the cases whose name, as {@link #names} gives it, is wanted. */
  public List<ModelCaseResult> run(Predicate<String> wanted) {
    return cases.stream()
        .filter(test -> wanted.test(test.model() + "/" + test.name()))
        .map(this::run)
        .toList();
  }

  private ModelCaseResult run(ModelCase test) {
    try {
      // A case may have put its own tables in the place of these.
      ModelAnalyzer.emptyCanonical(session, graph);
      builtIns.register(session);
      SqlModel model = graph.model(test.model());
      Dataset<Row> rows = compile(test, model, tables(test));
      return ModelCaseDiff.compare(test, rows);
    } catch (ProblemException e) {
      return ModelCaseResult.failed(test.model(), test.name(), text(e));
    } catch (Exception e) {
      // Scala declares nothing: whatever Spark throws about the data of a case is its result.
      if (!(e instanceof SparkThrowable)) {
        throw e;
      }
      return ModelCaseResult.failed(
          test.model(), test.name(), "the query failed: " + SqlErrors.readable(e));
    }
  }

  static String text(ProblemException e) {
    return e.problems().stream().map(ModelCases::text).collect(Collectors.joining("\n"));
  }

  private static String text(Problem problem) {
    String where = problem.span().map(span -> span + ": ").orElse("");
    return where + problem.what() + (problem.fix().isEmpty() ? "" : "\n  fix: " + problem.fix());
  }

  /** Makes the views of everything that the model reads. */
  private Function<List<String>, @Nullable Dataset<Row>> tables(ModelCase test) {
    Map<String, Dataset<Row>> given =
        test.given().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> ModelCaseRows.of(session, entry.getValue(), schema(entry.getKey()))));
    Function<List<String>, @Nullable Dataset<Row>> empty =
        ModelAnalyzer.emptySources(session, sources);
    Function<List<String>, @Nullable Dataset<Row>> source =
        parts -> {
          Dataset<Row> rows = given.get(String.join(".", parts).toLowerCase(Locale.ROOT));
          return rows == null ? empty.apply(parts) : rows;
        };
    given.forEach(
        (name, rows) -> {
          if (!name.contains(".")) {
            rows.createOrReplaceTempView(name);
          }
        });
    if (test.given().containsKey(Pipeline.SCORES)) {
      leadScores(test, session.table(Pipeline.SCORES));
    }
    if (test.given().containsKey(LinkRows.TABLE)) {
      people(test, session.table(LinkRows.TABLE));
    }
    for (SqlModel model : upstream(test)) {
      Dataset<Row> rows = compile(test, model, source);
      if (model.name().equals(LinkRows.TABLE)) {
        people(test, rows);
      }
      if (model.layer() == SqlModel.Layer.SCORES) {
        rows = ScoreColumns.offline(rows);
        leadScores(test, rows);
      }
      rows.createOrReplaceTempView(model.name());
    }
    return source;
  }

  private void leadScores(ModelCase test, Dataset<Row> scores) {
    if (!test.given().containsKey(LeadScores.VIEW)) {
      builtIns.leadScores(scores).createOrReplaceTempView(LeadScores.VIEW);
    }
  }

  private void people(ModelCase test, Dataset<Row> links) {
    if (!test.given().containsKey(PeopleRows.VIEW)) {
      Instant asOf = (Instant) requireNonNull(test.parameters().get("as_of"));
      builtIns.people(links, asOf).createOrReplaceTempView(PeopleRows.VIEW);
    }
  }

  private Dataset<Row> compile(
      ModelCase test, SqlModel model, Function<List<String>, @Nullable Dataset<Row>> sources) {
    return compiler.compile(session, model.path(), model.text(), test.parameters(), sources);
  }

  /** What has to be made: models that are read, directly or not, before a given table ends it. */
  private List<SqlModel> upstream(ModelCase test) {
    Set<String> needed = new HashSet<>();
    List<SqlModel> open = new ArrayList<>(List.of(graph.model(test.model())));
    while (!open.isEmpty()) {
      for (Relation relation : open.remove(open.size() - 1).parsed().relations()) {
        String name = String.join(".", relation.parts()).toLowerCase(Locale.ROOT);
        if (!test.given().containsKey(name) && needed.add(name)) {
          String made = MADE_OF.getOrDefault(name, name);
          if (!test.given().containsKey(made)) {
            needed.add(made);
            graph.findModel(made).ifPresent(open::add);
          }
        }
      }
    }
    return graph.inOrder().stream().filter(model -> needed.contains(model.name())).toList();
  }

  private StructType schema(String table) {
    StructType known = table.contains(".") ? sources.get(table) : models.get(table);
    if (known != null) {
      return known;
    }
    for (Map.Entry<String, StructType> source : sources.entrySet()) {
      if (source.getKey().equalsIgnoreCase(table)) {
        return source.getValue();
      }
    }
    if (table.equals("statuses")) {
      return ModelAnalyzer.canonical(table);
    }
    if (graph.findModel(table).isEmpty()) {
      return session.table(table).schema();
    }
    throw new ProblemException(
        Problem.of(
            ErrorCode.SQL_INVALID,
            "the columns of " + table + " are not known, because it could not be analysed",
            "Run: ripen check"));
  }
}
