package dev.ripen.cli;

import dev.ripen.config.Definition;
import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.crm.CrmField;
import dev.ripen.crm.FieldSpec;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.LedgerTables;
import dev.ripen.spark.OfflineModels;
import dev.ripen.spark.RejectsTable;
import dev.ripen.sync.RecordOwners;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What commands ask about a project's destinations. */
final class Destinations {
  private Destinations() {}

  /** The project's destination. */
  static DestinationSettings only(Project project) {
    if (project.destinations().size() != 1) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.CONFIG_NOT_SUPPORTED_YET,
              "the project has " + project.destinations().size() + " destinations",
              "keep exactly one under destinations in conf/ripen.conf"));
    }
    return project.destinations().get(0);
  }

  /**
   * The CRM's fields; all that ripen writes must be there and writable. The built-in CRM gets what
   * it lacks.
   */
  static List<CrmField> fields(Workspace workspace, DestinationSettings settings, Connection crm) {
    if (!crm.isPresent()) {
      return List.of();
    }
    List<CrmField> fields = crm.destination().describeFields();
    if (crm.isSandbox() && !missing(settings, fields).isEmpty()) {
      crm.destination().provision(specs(workspace, settings));
      fields = crm.destination().describeFields();
    }
    List<Problem> problems = problems(settings, fields);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return fields;
  }

  private static List<String> missing(DestinationSettings settings, List<CrmField> fields) {
    List<String> names = fields.stream().map(CrmField::name).toList();
    return settings.fields().keySet().stream().filter(name -> !names.contains(name)).toList();
  }

  private static List<Problem> problems(DestinationSettings settings, List<CrmField> fields) {
    Map<String, CrmField> byName = new TreeMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    List<Problem> problems = new ArrayList<>();
    for (String name : settings.fields().keySet()) {
      CrmField field = byName.get(name);
      if (field == null) {
        String near =
            NearestName.of(name, byName.keySet()).map(n -> " (there is " + n + ")").orElse("");
        problems.add(
            Problem.of(
                ErrorCode.CRM_FIELD_NOT_FOUND,
                settings.name() + " has no field " + name + near,
                "create it with: ripen provision"));
      } else if (field.readOnly()) {
        problems.add(
            Problem.of(
                ErrorCode.CRM_FIELD_READ_ONLY,
                "the field " + name + " of " + settings.name() + " is read-only",
                "take it out of fields in conf/ripen.conf and of sql/crm/"
                    + settings.name()
                    + ".sql"));
      }
    }
    return problems;
  }

  /** The fields as ripen would create them, from the types of the model's columns. */
  static List<FieldSpec> specs(Workspace workspace, DestinationSettings settings) {
    Definition definition = workspace.project().definition();
    List<String> levels =
        definition.models().stream()
            .flatMap(model -> model.scoring().levels().names().stream())
            .distinct()
            .toList();
    return OfflineModels.fieldSpecs(
        workspace.spark(), workspace.project(), workspace.graph(), settings, levels);
  }

  static RecordOwners owners(Workspace workspace, DestinationSettings settings) {
    return new LedgerTables(workspace.spark(), workspace.state()).owners(settings.name());
  }

  static long ledgerSize(Workspace workspace, DestinationSettings settings) {
    return new LedgerTables(workspace.spark(), workspace.state()).size(settings.name());
  }

  /** Whose rows were rejected and wait for someone. */
  static Set<String> leadsWithRejects(Workspace workspace, DestinationSettings settings) {
    return new RejectsTable(workspace.spark(), workspace.state())
        .open(settings.name()).select("lead_id").collectAsList().stream()
            .map(row -> row.getString(0))
            .collect(Collectors.toCollection(HashSet::new));
  }

  static long openRejects(Workspace workspace, DestinationSettings settings) {
    return new RejectsTable(workspace.spark(), workspace.state()).open(settings.name()).count();
  }
}
