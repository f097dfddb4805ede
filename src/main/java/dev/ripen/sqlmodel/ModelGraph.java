package dev.ripen.sqlmodel;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import dev.ripen.sqlmodel.SqlReader.Obstacle;
import dev.ripen.sqlmodel.SqlReader.Relation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The models of a project in the order in which they can be made. Immutable; what it says depends
 * on the files alone.
 */
public final class ModelGraph {
  /** What ripen itself reads to make its tables. */
  private static final Map<String, Set<String>> BUILT_IN_READS =
      Map.of(
          "signals",
          Set.of("events", "account_events"),
          "facts",
          Set.of(
              "signals",
              "leads",
              "events",
              "account_events",
              "identities",
              "statuses",
              "attribute_changes"),
          "lead_scores",
          Set.of("scores"),
          CanonicalTables.PEOPLE,
          Set.of(CanonicalTables.IDENTITY_LINKS));

  private final Map<String, SqlModel> models;
  private final List<SqlModel> inOrder;
  private final ModelOrder order;

  private final Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private ModelGraph(Map<String, SqlModel> models, ModelOrder order, Set<String> sourceTables) {
    this.models = models;
    this.order = order;
    sourceTables.forEach(name -> spelling.put(name, name));
    this.inOrder = order.sorted().stream().filter(models::containsKey).map(models::get).toList();
  }

  /**
   * Reads the files below {@code sql} and checks what the texts alone can tell.
   *
   * @param sourceTables names with a dot: {@code warehouse.contact}
   * @param builtIns tables that ripen makes, {@link CanonicalTables#BUILT_IN}
   * @param destinations names of the CRMs to write to
   * @throws ProblemException with every problem found
   */
  public static ModelGraph load(
      Path projectDirectory,
      SqlReader reader,
      Set<String> sourceTables,
      Set<String> builtIns,
      Set<String> destinations) {
    ModelFiles files = new ModelFiles(projectDirectory, reader, builtIns, destinations);
    files.read();
    List<Problem> problems = new ArrayList<>(files.problems());
    problems.addAll(missingFiles(files.names(), destinations));
    Set<String> tables = new TreeSet<>(files.names());
    tables.addAll(builtIns);
    // Optional: where there is no file, ripen gives an empty table.
    tables.add("statuses");
    if (!tables.contains(CanonicalTables.IDENTITY_LINKS)) {
      tables.remove(CanonicalTables.PEOPLE);
    }
    for (SqlModel model : files.models().values()) {
      problems.addAll(unknownTables(model, tables, sourceTables));
    }
    ModelOrder order = new ModelOrder(reads(files.models(), builtIns));
    problems.addAll(cycles(order, files.models()));
    problems.addAll(notRowLocal(order, files.models()));
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new ModelGraph(files.models(), order, sourceTables);
  }

  /** The name of the model in {@code sql/crm/<destination>.sql}. */
  public static String crmModel(String destination) {
    return "crm_" + destination.replace('-', '_');
  }

  /** Each after all that it reads; among equals by name. */
  public List<SqlModel> inOrder() {
    return inOrder;
  }

  /**
   * A model by its name.
   *
   * @throws IllegalArgumentException if there is none: names are checked when the graph is loaded
   */
  public SqlModel model(String name) {
    return findModel(name)
        .orElseThrow(() -> new IllegalArgumentException("no model is called " + name));
  }

  /** A model by its name, where it is optional. */
  public Optional<SqlModel> findModel(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /**
   * Models, built-in tables and source tables that a model reads, directly or not, sorted, spelled
   * as in the configuration. What the built-in tables read is included.
   */
  public Set<String> readBy(String model) {
    Set<String> all = new TreeSet<>(order.transitive(model(model).name()));
    for (String name : Set.copyOf(all)) {
      findModel(name).ifPresent(read -> all.addAll(sourceTables(read)));
    }
    all.addAll(sourceTables(model(model)));
    return all;
  }

  /** The texts of a model and of all models that it reads, with their names, for fingerprints. */
  public String closureText(String model) {
    Set<String> names = new TreeSet<>(order.transitive(model(model).name()));
    names.add(model);
    return names.stream()
        .filter(models::containsKey)
        .map(name -> "-- " + name + "\n" + models.get(name).text().strip() + "\n")
        .collect(Collectors.joining("\n"));
  }

  private Set<String> sourceTables(SqlModel model) {
    return model.parsed().relations().stream()
        .filter(relation -> relation.parts().size() > 1)
        .map(relation -> spelling.getOrDefault(lowerName(relation), lowerName(relation)))
        .collect(Collectors.toSet());
  }

  private static String lowerName(Relation relation) {
    return String.join(".", relation.parts()).toLowerCase(Locale.ROOT);
  }

  private static Map<String, Set<String>> reads(
      Map<String, SqlModel> models, Set<String> builtIns) {
    Map<String, Set<String>> reads = new HashMap<>();
    for (String builtIn : builtIns) {
      reads.put(builtIn, BUILT_IN_READS.getOrDefault(builtIn, Set.of()));
    }
    models.forEach(
        (name, model) ->
            reads.put(
                name,
                model.parsed().relations().stream()
                    .filter(relation -> relation.parts().size() == 1)
                    .map(ModelGraph::lowerName)
                    .collect(Collectors.toSet())));
    reads.putIfAbsent("statuses", Set.of());
    return reads;
  }

  private static List<Problem> missingFiles(Set<String> names, Set<String> destinations) {
    Map<String, String> required = new TreeMap<>();
    CanonicalTables.REQUIRED.forEach(name -> required.put(name, "sql/" + name + ".sql"));
    destinations.forEach(name -> required.put(crmModel(name), "sql/crm/" + name + ".sql"));
    List<Problem> problems = new ArrayList<>();
    required.forEach(
        (name, path) -> {
          if (!names.contains(name)) {
            String guess =
                NearestName.of(name, names)
                    .filter(near -> !required.containsKey(near))
                    .map(near -> "should the model " + near + " be called " + name + "? ")
                    .orElse("");
            problems.add(
                Problem.at(
                    SourceSpan.ofFile(path),
                    ErrorCode.SQL_TABLE_NOT_FOUND,
                    "the model " + name + " is missing",
                    guess + "Write " + path + "; ripen init DIR makes an example"));
          }
        });
    return problems;
  }

  private static List<Problem> unknownTables(
      SqlModel model, Set<String> tables, Set<String> sourceTables) {
    Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    known.addAll(tables);
    known.addAll(sourceTables);
    return model.parsed().relations().stream()
        .filter(relation -> !known.contains(lowerName(relation)))
        .map(
            relation -> {
              String name = String.join(".", relation.parts());
              String fix =
                  NearestName.of(name, known)
                      .map(near -> "did you mean " + near + "? Edit the line")
                      .orElseGet(() -> missing(relation));
              return Problem.at(
                  SqlPlace.of(model.path(), model.text(), relation.line(), relation.column()),
                  ErrorCode.SQL_TABLE_NOT_FOUND,
                  model.name() + " reads table `" + name + "`, which does not exist",
                  fix + ", then run: ripen check");
            })
        .toList();
  }

  private static String missing(Relation relation) {
    if (relation.parts().size() > 1) {
      return "List it under sources in conf/ripen.conf";
    }
    String name = relation.parts().get(0);
    return lowerName(relation).equals(CanonicalTables.PEOPLE)
        ? "Write sql/identity_links.sql, of which ripen makes people, or edit the line"
        : "Write sql/" + name + ".sql, or edit the line";
  }

  private static List<Problem> cycles(ModelOrder order, Map<String, SqlModel> models) {
    return order.cycles().stream()
        .map(
            path -> {
              SourceSpan where =
                  path.stream()
                      .filter(models::containsKey)
                      .findFirst()
                      .map(name -> place(models.get(name), path))
                      .orElseThrow();
              return Problem.at(
                  where,
                  ErrorCode.SQL_CYCLE,
                  "models read each other in a circle: " + String.join(" reads ", path),
                  "Take one of these reads out");
            })
        .toList();
  }

  /** Where a model reads the one that follows it in the circle. */
  private static SourceSpan place(SqlModel model, List<String> path) {
    String next = path.get(path.indexOf(model.name()) + 1);
    return model.parsed().relations().stream()
        .filter(relation -> lowerName(relation).equals(next))
        .findFirst()
        .map(r -> SqlPlace.of(model.path(), model.text(), r.line(), r.column()))
        .orElse(SourceSpan.ofFile(model.path()));
  }

  private static List<Problem> notRowLocal(ModelOrder order, Map<String, SqlModel> models) {
    List<Problem> problems = new ArrayList<>();
    for (String events : List.of("events", "account_events")) {
      Set<String> names = new TreeSet<>(order.transitive(events));
      names.add(events);
      problems.addAll(notRowLocal(events, names, models));
    }
    return problems.stream().distinct().toList();
  }

  private static List<Problem> notRowLocal(
      String events, Set<String> names, Map<String, SqlModel> models) {
    List<Problem> problems = new ArrayList<>();
    for (String name : names) {
      SqlModel model = models.get(name);
      if (model == null) {
        continue;
      }
      for (Obstacle obstacle : model.parsed().obstacles()) {
        String way = name.equals(events) ? events : name + ", which " + events + " reads,";
        problems.add(
            Problem.at(
                SqlPlace.of(model.path(), model.text(), obstacle.line(), obstacle.column()),
                ErrorCode.SQL_NOT_ROW_LOCAL,
                way + " uses " + obstacle.what() + ": a range of days would not reach the source",
                "Keep to SELECT, WHERE and UNION ALL; ripen itself removes repeated events"));
      }
    }
    return problems;
  }
}
