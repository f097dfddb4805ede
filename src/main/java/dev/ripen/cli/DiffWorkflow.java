package dev.ripen.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;

import dev.ripen.cli.DiffReport.Cause;
import dev.ripen.cli.DiffReport.Outcome;
import dev.ripen.cli.DiffReport.Person;
import dev.ripen.cli.DiffReport.Week;
import dev.ripen.config.Definition;
import dev.ripen.config.Definition.Apply;
import dev.ripen.config.DefinitionReader;
import dev.ripen.config.DestinationSettings.Mode;
import dev.ripen.config.Project;
import dev.ripen.spark.DefinitionDiff;
import dev.ripen.spark.OfflineModels;
import dev.ripen.spark.ScoredChanges;
import dev.ripen.spark.Sources;
import dev.ripen.spark.SparkSqlReader;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Runs a comparison of two definitions and gathers what people want to know. */
final class DiffWorkflow {
  private static final int WEEKS = 13;
  private static final String DATE =
      "date_format(from_utc_timestamp(%s, '%s'), 'yyyy-MM-dd HH:mm')";

  private final Workspace workspace;
  private final Project project;
  private final int samples;
  private final @Nullable Path out;

  /**
   * @param samples how many people to name of each kind
   * @param out where full lists go; null for nowhere
   */
  DiffWorkflow(Workspace workspace, int samples, @Nullable Path out) {
    this.workspace = workspace;
    this.project = workspace.project();
    this.samples = samples;
    this.out = out;
  }

  /**
   * Compares.
   *
   * @param against directory of the older definition
   * @param name how it was called, for problems in it
   */
  DiffReport run(Path against, String name) {
    Definition older = definition(against, name);
    ModelGraph olderGraph = graph(against);
    Definition newer = project.definition();
    try (Sources sources = workspace.sources();
        DefinitionDiff diff =
            new DefinitionDiff(workspace.spark(), workspace.state(), workspace.asOf())) {
      DefinitionDiff.Scored scored =
          diff.score(
              new DefinitionDiff.Side(project.with(older), olderGraph, sources),
              new DefinitionDiff.Side(project, workspace.graph(), sources));
      return new DiffReport(
          title(older),
          title(newer),
          workspace.asOf(),
          mqls(scored.before()),
          outcome(scored, scored.retroactive(), "retroactive"),
          outcome(scored, scored.from(), "from"),
          applies(newer),
          weeks(scored),
          accepted(newer));
    }
  }

  private static String title(Definition definition) {
    return definition.version() + " (" + definition.fingerprint() + ")";
  }

  /** The other definition over this project's data: its sources, zone and parameters. */
  private Definition definition(Path against, String name) {
    Path file = against.resolve("conf").resolve("scoring.conf");
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return DefinitionReader.read(text, name + ": conf/scoring.conf", project.zone());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private ModelGraph graph(Path against) {
    Set<String> destinations =
        project.destinations().stream().map(crm -> crm.name()).collect(Collectors.toSet());
    return ModelGraph.load(
        against,
        new SparkSqlReader(),
        OfflineModels.sourceTables(project),
        CanonicalTables.BUILT_IN,
        destinations);
  }

  private static long mqls(Dataset<Row> scores) {
    return scores.where("is_mql").count();
  }

  private Outcome outcome(DefinitionDiff.Scored scored, Dataset<Row> after, String way) {
    Dataset<Row> changes = ScoredChanges.between(scored.before(), after).select(shown()).cache();
    try {
      if (out != null) {
        for (String change : DiffReport.CHANGES) {
          DiffCsv.write(
              out.resolve(way + "-" + change + ".csv"),
              changes.where(col("change").equalTo(change)).drop("change").orderBy("lead_id"));
        }
      }
      Map<String, Long> counts = new TreeMap<>();
      List<Cause> causes = new ArrayList<>();
      for (Row row :
          changes.groupBy("change", "cause").count().orderBy(desc("count")).collectAsList()) {
        String cause = row.isNullAt(1) ? "mql" : row.getString(1);
        causes.add(new Cause(row.getString(0), cause, row.getLong(2)));
        counts.merge(row.getString(0), row.getLong(2), Math::addExact);
      }
      Map<String, List<Person>> people = new LinkedHashMap<>();
      for (String change : DiffReport.CHANGES) {
        people.put(change, people(changes.where(col("change").equalTo(change))));
      }
      return new Outcome(
          mqls(after), counts, scored.opportunities().map(o -> among(changes, o)), causes, people);
    } finally {
      changes.unpersist(false);
    }
  }

  private org.apache.spark.sql.Column[] shown() {
    String zone = project.zone().getId();
    return Stream.of(
            "change",
            "lead_id",
            "coalesce(email, '') AS email",
            "coalesce(CAST(floor(old_score) AS STRING), '') AS old_score",
            "coalesce(CAST(floor(new_score) AS STRING), '') AS new_score",
            "coalesce(" + String.format(DATE, "old_mql_at", zone) + ", '') AS old_mql_at",
            "coalesce(" + String.format(DATE, "new_mql_at", zone) + ", '') AS new_mql_at",
            "cause")
        .map(org.apache.spark.sql.functions::expr)
        .toArray(org.apache.spark.sql.Column[]::new);
  }

  private List<Person> people(Dataset<Row> changes) {
    return changes.orderBy("lead_id").limit(samples).collectAsList().stream()
        .map(
            row ->
                new Person(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.isNullAt(7) ? "mql" : row.getString(7)))
        .toList();
  }

  private static Map<String, Long> among(Dataset<Row> changes, Dataset<Row> opportunities) {
    Map<String, Long> counts = new TreeMap<>();
    changes
        .join(opportunities, "lead_id")
        .groupBy("change")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private List<Week> weeks(DefinitionDiff.Scored scored) {
    Map<String, Long> before = weekly(scored.before());
    Map<String, Long> after = weekly(scored.retroactive());
    TreeMap<String, Long> all = new TreeMap<>(before);
    all.putAll(after);
    return all.descendingKeySet().stream()
        .limit(WEEKS)
        .sorted()
        .map(week -> new Week(week, before.getOrDefault(week, 0L), after.getOrDefault(week, 0L)))
        .toList();
  }

  private Map<String, Long> weekly(Dataset<Row> scores) {
    Map<String, Long> weeks = new TreeMap<>();
    ScoredChanges.weekly(scores, workspace.asOf(), project.zone())
        .collectAsList()
        .forEach(row -> weeks.put(String.valueOf(row.get(0)), row.getLong(1)));
    return weeks;
  }

  private String applies(Definition newer) {
    boolean live = project.destinations().stream().anyMatch(crm -> crm.mode() == Mode.LIVE);
    Apply apply = newer.apply().orElse(live ? Apply.FROM : Apply.RETROACTIVE);
    return apply == Apply.FROM ? "from" : "retroactive";
  }

  private String accepted(Definition newer) {
    return Stream.concat(project.guards().accepted().stream(), Stream.of(newer.fingerprint()))
        .distinct()
        .collect(Collectors.joining(", ", "guards { accepted = [", "] }"));
  }

  /** People by what the CRM says and what ripen would. */
  record ColumnReport(String column, Map<String, Long> counts, Map<String, List<Person>> samples) {
    static final List<String> KINDS = List.of("both", "only_ours", "only_theirs", "neither");
  }

  /**
   * Compares with a column of the leads.
   *
   * @param column boolean, or a text or number that says true or false
   */
  ColumnReport against(String column) {
    try (Sources sources = workspace.sources();
        DefinitionDiff diff =
            new DefinitionDiff(workspace.spark(), workspace.state(), workspace.asOf())) {
      Dataset<Row> compared =
          diff.againstColumn(new DefinitionDiff.Side(project, workspace.graph(), sources), column)
              .cache();
      Map<String, Long> counts = new LinkedHashMap<>();
      ColumnReport.KINDS.forEach(kind -> counts.put(kind, 0L));
      compared
          .groupBy("kind")
          .count()
          .collectAsList()
          .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
      Map<String, List<Person>> people = new LinkedHashMap<>();
      for (String kind : List.of("only_ours", "only_theirs")) {
        Dataset<Row> some = compared.where(col("kind").equalTo(kind));
        if (out != null) {
          DiffCsv.write(
              out.resolve(kind.replace('_', '-') + ".csv"), some.drop("kind").orderBy("lead_id"));
        }
        people.put(kind, peopleOfColumn(some));
      }
      compared.unpersist(false);
      return new ColumnReport(column, counts, people);
    }
  }

  private List<Person> peopleOfColumn(Dataset<Row> some) {
    return some.orderBy("lead_id").limit(samples).collectAsList().stream()
        .map(
            row ->
                new Person(
                    row.getAs("lead_id"),
                    Optional.ofNullable(row.<String>getAs("email")).orElse(""),
                    "",
                    row.getAs("score"),
                    "",
                    row.getAs("mql_at"),
                    row.getAs("why")))
        .toList();
  }
}
