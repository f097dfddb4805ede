package dev.ripen.adapters;

import dev.ripen.adapters.Adapter.Kind;
import dev.ripen.adapters.Adapter.Part;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All adapters that there are, and projects made of them. Immutable; {@link #load} reads the class
 * path once.
 */
public final class Adapters {
  private static final String DIRECTORY = "/dev/ripen/adapters";
  private static final String WAREHOUSES = "warehouse";
  private static final String COMMON = "project";

  private final List<Adapter> adapters;
  private final List<Warehouse> warehouses;
  private final SortedMap<String, String> common;

  private Adapters(
      List<Adapter> adapters, List<Warehouse> warehouses, SortedMap<String, String> common) {
    this.adapters = List.copyOf(adapters);
    this.warehouses = List.copyOf(warehouses);
    this.common = common;
  }

  /** Reads them. */
  public static Adapters load() {
    SortedMap<String, String> texts = ResourceTree.read(DIRECTORY, COMMON + "/conf/scoring.conf");
    List<Adapter> adapters = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      SortedMap<String, SortedMap<String, String>> ofKind = byName(texts, kind.directory());
      ofKind.keySet().forEach(name -> adapters.add(AdapterReader.adapter(kind, name, ofKind)));
    }
    List<Warehouse> warehouses = new ArrayList<>();
    byName(texts, WAREHOUSES)
        .forEach((name, files) -> warehouses.add(AdapterReader.warehouse(name, files)));
    return new Adapters(adapters, warehouses, below(texts, COMMON + "/"));
  }

  /** Names and titles of what {@code --crm} takes, in the order of the names. */
  public SortedMap<String, String> crms() {
    return titles(Kind.CRM);
  }

  /** Names and titles of what {@code --events} takes, in the order of the names. */
  public SortedMap<String, String> events() {
    return titles(Kind.EVENTS);
  }

  /** Names and titles of what {@code --warehouse} takes, in the order of the names. */
  public SortedMap<String, String> warehouses() {
    return warehouses.stream()
        .collect(Collectors.toMap(Warehouse::name, Warehouse::title, (a, b) -> a, TreeMap::new));
  }

  /**
   * The files of a project that reads these tools.
   *
   * @param project its name
   * @param crms each a name, or {@code name=schema}; the first one's attributes win
   * @param events likewise; may be empty if a CRM brings events
   * @param warehouse where all of them lie; empty if all are read themselves
   * @throws ProblemException {@code USAGE_INVALID} with every name that is not known and everything
   *     that is missing
   */
  public NewProject project(
      String project, List<String> crms, List<String> events, Optional<String> warehouse) {
    List<Problem> problems = new ArrayList<>();
    List<Chosen> chosen = new ArrayList<>();
    chosen.addAll(chosen(Kind.CRM, crms, problems));
    boolean told = chosen.stream().anyMatch(c -> c.adapter().brings(Part.EVENTS));
    if (!events.isEmpty() || !told) {
      chosen.addAll(chosen(Kind.EVENTS, events, problems));
    }
    boolean needed =
        chosen.isEmpty() || chosen.stream().anyMatch(c -> c.adapter().needsWarehouse());
    Optional<Warehouse> place =
        needed || warehouse.isPresent() ? warehouse(warehouse, problems) : Optional.empty();
    if (!needed && place.isPresent()) {
      problems.add(
          usage(
              "nothing of this lies in a warehouse: " + String.join(",", crms) + " is read itself",
              "leave out --warehouse"));
    }
    if (problems.isEmpty()) {
      problems.addAll(clashes(chosen));
      problems.addAll(missing(chosen, crms));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new ProjectComposer(project, chosen, place, common).compose();
  }

  private List<Chosen> chosen(Kind kind, List<String> names, List<Problem> problems) {
    List<Chosen> chosen = new ArrayList<>();
    for (String given : new LinkedHashSet<>(names)) {
      String[] parts = given.strip().split("=", 2);
      Optional<Adapter> adapter =
          adapters.stream().filter(a -> a.kind() == kind && a.isCalled(parts[0])).findFirst();
      if (adapter.isEmpty()) {
        problems.add(unknown(kind, parts[0]));
      } else if (chosen.stream().noneMatch(other -> other.adapter().equals(adapter.get()))) {
        String schema = parts.length == 2 ? parts[1] : "";
        chosen.add(
            new Chosen(adapter.get(), schema.isBlank() ? Optional.empty() : Optional.of(schema)));
      }
    }
    if (names.isEmpty()) {
      String all = String.join(", ", titles(kind).keySet());
      problems.add(
          usage(
              kind.option() + " is missing",
              "name your tools, divided by commas; there are " + all));
    }
    return chosen;
  }

  private Problem unknown(Kind kind, String name) {
    Set<String> known = names(kind);
    Optional<Kind> other =
        adapters.stream().filter(a -> a.isCalled(name)).map(Adapter::kind).findFirst();
    String fix =
        other
            .map(right -> "write " + right.option() + " " + name)
            .or(() -> NearestName.of(name, known).map(near -> "did you mean " + near + "?"))
            .orElse(
                "there are "
                    + String.join(", ", titles(kind).keySet())
                    + "; table stands for tables of any other tool");
    return usage(kind.option() + " knows no " + name, fix);
  }

  private Set<String> names(Kind kind) {
    Set<String> names = new TreeSet<>();
    for (Adapter adapter : adapters) {
      if (adapter.kind() == kind) {
        names.add(adapter.name());
        names.addAll(adapter.aliases());
      }
    }
    return names;
  }

  private Optional<Warehouse> warehouse(Optional<String> name, List<Problem> problems) {
    String all = String.join(", ", warehouses().keySet());
    if (name.isEmpty()) {
      problems.add(usage("--warehouse is missing", "say where the tables lie: one of " + all));
      return Optional.empty();
    }
    Optional<Warehouse> found =
        warehouses.stream().filter(warehouse -> warehouse.name().equals(name.get())).findFirst();
    if (found.isEmpty()) {
      String fix =
          NearestName.of(name.get(), warehouses().keySet())
              .map(near -> "did you mean " + near + "?")
              .orElse(
                  "there are "
                      + all
                      + "; what is none of them can be read with its JDBC driver (jdbc), through"
                      + " Spark's catalog (table), or as files that it exports");
      problems.add(usage("--warehouse knows no " + name.get(), fix));
    }
    return found;
  }

  /** The models of one tool have one name, and its tables one pipeline. */
  private static List<Problem> clashes(List<Chosen> chosen) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Adapter one = chosen.get(i).adapter();
      for (Chosen later : chosen.subList(i + 1, chosen.size())) {
        Adapter other = later.adapter();
        if (other.source().equals(one.source()) && clash(one, other)) {
          problems.add(
              usage(
                  one.kind().option()
                      + " "
                      + one.name()
                      + " and "
                      + other.kind().option()
                      + " "
                      + other.name()
                      + " are one tool, landed by different pipelines",
                  "name the one that your pipeline lands"));
        }
      }
    }
    return problems;
  }

  private static boolean clash(Adapter one, Adapter other) {
    Map<String, String> tables = new TreeMap<>();
    one.tables().forEach(table -> tables.put(table.name(), table.table()));
    return one.kind() == other.kind()
        || one.needsWarehouse() != other.needsWarehouse()
        || other.tables().stream()
            .anyMatch(
                table -> !tables.getOrDefault(table.name(), table.table()).equals(table.table()));
  }

  private static List<Problem> missing(List<Chosen> chosen, List<String> crms) {
    List<Problem> problems = new ArrayList<>();
    if (chosen.stream().noneMatch(c -> c.adapter().brings(Part.LEADS))) {
      problems.add(usage("nobody brings people: --crm " + String.join(",", crms), "add a CRM"));
    }
    if (chosen.stream().noneMatch(c -> c.adapter().brings(Part.EVENTS))) {
      problems.add(
          usage(
              "none of these tools brings events",
              "add one that does, for example --events table"));
    }
    return problems;
  }

  private static Problem usage(String what, String fix) {
    return Problem.of(ErrorCode.USAGE_INVALID, what, fix);
  }

  private SortedMap<String, String> titles(Kind kind) {
    return adapters.stream()
        .filter(adapter -> adapter.kind() == kind)
        .collect(Collectors.toMap(Adapter::name, Adapter::title, (a, b) -> a, TreeMap::new));
  }

  private static SortedMap<String, SortedMap<String, String>> byName(
      SortedMap<String, String> texts, String directory) {
    SortedMap<String, SortedMap<String, String>> byName = new TreeMap<>();
    for (Map.Entry<String, String> file : below(texts, directory + "/").entrySet()) {
      int slash = file.getKey().indexOf('/');
      byName
          .computeIfAbsent(file.getKey().substring(0, slash), name -> new TreeMap<>())
          .put(file.getKey().substring(slash + 1), file.getValue());
    }
    return byName;
  }

  private static SortedMap<String, String> below(SortedMap<String, String> texts, String prefix) {
    SortedMap<String, String> below = new TreeMap<>();
    texts.forEach(
        (path, text) -> {
          if (path.startsWith(prefix)) {
            below.put(path.substring(prefix.length()), text);
          }
        });
    return below;
  }
}
