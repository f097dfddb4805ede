package dev.ripen.adapters;

import dev.ripen.adapters.Adapter.Part;
import dev.ripen.adapters.Adapter.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes {@code conf/ripen.conf}. Pure text. */
final class RipenConf {
  private final String project;
  private final List<Chosen> chosen;
  private final Optional<Warehouse> warehouse;

  /**
   * The configuration of a project.
   *
   * @param warehouse empty if nothing lies in one
   */
  RipenConf(String project, List<Chosen> chosen, Optional<Warehouse> warehouse) {
    this.project = project;
    this.chosen = chosen;
    this.warehouse = warehouse;
  }

  String text() {
    return """
        project   = %s
        time-zone = "Europe/Berlin"              # fill in: local days, nightly steps and MQL dates

        # Where ripen remembers what it told the CRM: a directory that survives the machine, or s3a://,
        # gs://, abfss://, hdfs://.
        state { path = ".ripen/state" }

        signals { history = 90d, look-back = 3d }
        %s
        sources {
        %s}

        # Whose id names a person whom several tools know.
        identity { prefer = [ %s ] }
        %s
        # What stops a plan that looks wrong, before anything is sent.
        guards { max-creates = 0, max-changed = 20%%, max-new-mqls = 60, max-row-drop = 10%% }

        # Who is told when a run fails, is stopped, or goes on again; nobody while the variable is not set.
        notify {
          slack  { url = ${?SLACK_URL} }         # or webhook { url, secret }, mail { host, from, to, … }
          digest { to = [ slack ], person-fields = [ lead_id ] }   # new MQLs with their reasons, for sales
        }
        """
        .formatted(
            project,
            warehouse.map(RipenConf::warehouse).orElse(""),
            sources(),
            preferred(),
            destinations());
  }

  private static String warehouse(Warehouse place) {
    return """

        # %s: the sources below read from it.
        warehouse {
        %s
        }
        """
        .formatted(place.title(), place.settings().stripTrailing());
  }

  private String preferred() {
    List<String> kinds =
        chosen.stream()
            .map(Chosen::adapter)
            .filter(adapter -> adapter.brings(Part.LEADS))
            .map(Adapter::source)
            .collect(Collectors.toCollection(ArrayList::new));
    kinds.addAll(List.of("email", "user", "device"));
    return String.join(", ", kinds);
  }

  private String destinations() {
    String entries =
        chosen.stream()
            .map(each -> each.adapter().destination())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("\n"));
    return entries.isEmpty() ? "" : "\ndestinations {\n" + entries + "}\n";
  }

  /** Two adapters of one tool are one source. */
  private String sources() {
    Map<String, List<Chosen>> bySource = new LinkedHashMap<>();
    for (Chosen each : chosen) {
      bySource.computeIfAbsent(each.adapter().source(), s -> new ArrayList<>()).add(each);
    }
    StringBuilder text = new StringBuilder();
    bySource.forEach((source, parts) -> text.append(source(source, parts)));
    return text.toString();
  }

  private String source(String name, List<Chosen> parts) {
    StringBuilder text = new StringBuilder();
    Adapter first = parts.get(0).adapter();
    if (!first.needsWarehouse()) {
      text.append("  # ").append(upperFirst(first.title())).append(".\n");
      return text.append(first.sourceText()).toString();
    }
    Map<String, String> tables = new LinkedHashMap<>();
    for (Chosen part : parts) {
      text.append("  # ").append(upperFirst(part.adapter().title())).append(".\n");
      for (Table table : part.adapter().tables()) {
        tables.put(table.name(), entry(part, table));
      }
    }
    int width = tables.keySet().stream().mapToInt(String::length).max().orElse(0);
    text.append("  ").append(name).append(" = ${warehouse} {\n    tables {\n");
    tables.forEach(
        (table, entry) ->
            text.append("      ")
                .append(String.format(Locale.ROOT, "%-" + width + "s", table))
                .append(" { ")
                .append(entry)
                .append(" }\n"));
    return text.append("    }\n  }\n").toString();
  }

  private String entry(Chosen chosen, Table table) {
    List<String> settings = new ArrayList<>();
    String schema = chosen.schema();
    if (place().isFiles()) {
      settings.add("path = \"" + (schema.isEmpty() ? "" : schema + "/") + table.table() + "\"");
    } else {
      String name = (schema.isEmpty() ? "" : schema + ".") + table.table();
      settings.add("table = " + quoted(letters(name)));
    }
    Map<String, String> rest = new TreeMap<>(table.settings());
    String loadedAt = rest.remove("loaded-at");
    if (loadedAt != null) {
      settings.add("loaded-at = " + letters(loadedAt));
    }
    rest.forEach((key, value) -> settings.add(key + " = " + value));
    return String.join(", ", settings);
  }

  private String letters(String name) {
    return place().isUpperCase() ? name.toUpperCase(Locale.ROOT) : name.toLowerCase(Locale.ROOT);
  }

  private Warehouse place() {
    return warehouse.orElseThrow();
  }

  private static String quoted(String name) {
    return name.matches("[A-Za-z_][\\w.]*") ? name : "\"" + name.replace("\"", "\\\"") + "\"";
  }

  private static String upperFirst(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
