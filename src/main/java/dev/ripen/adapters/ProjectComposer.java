package dev.ripen.adapters;

import dev.ripen.adapters.Adapter.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts chosen adapters together to the files of a project. Pure: same choice, same texts. */
final class ProjectComposer {
  private final String project;
  private final List<Chosen> chosen;
  private final List<Adapter> adapters;
  private final Optional<Warehouse> warehouse;
  private final SortedMap<String, String> common;

  ProjectComposer(
      String project,
      List<Chosen> chosen,
      Optional<Warehouse> warehouse,
      SortedMap<String, String> common) {
    this.project = project;
    this.chosen = List.copyOf(chosen);
    this.adapters = chosen.stream().map(Chosen::adapter).toList();
    this.warehouse = warehouse;
    this.common = common;
  }

  NewProject compose() {
    SortedMap<String, String> files = new TreeMap<>();
    for (Adapter adapter : adapters) {
      adapter.files().forEach((path, text) -> add(files, path, text));
    }
    files.putAll(new CanonicalSql(adapters).files());
    files.putAll(rules().files(common));
    files.put("sql/scores.sql", common.get("sql/scores.sql"));
    files.put("conf/ripen.conf", new RipenConf(project, chosen, warehouse).text());
    files.put("README.md", readme());
    files.put(".gitignore", common.get("gitignore"));
    return new NewProject(files);
  }

  /** Two adapters of one tool may read one table, each its own columns of it. */
  private static void add(SortedMap<String, String> files, String path, String text) {
    String before = files.get(path);
    if (before == null || before.equals(text)) {
      files.put(path, text);
    } else if (path.endsWith(".ddl")) {
      files.put(path, columns(before, text));
    } else {
      throw new IllegalStateException("two adapters differ about " + path);
    }
  }

  private static String columns(String one, String other) {
    Map<String, String> byName = new LinkedHashMap<>();
    Stream.concat(one.lines(), other.lines())
        .filter(line -> !line.isBlank())
        .forEach(line -> byName.putIfAbsent(line.strip().split(" ", 2)[0], line));
    return String.join("\n", byName.values()) + "\n";
  }

  private StartingRules rules() {
    List<Adapter> telling = adapters.stream().filter(a -> a.brings(Part.EVENTS)).toList();
    return new StartingRules(
        telling.stream()
            .flatMap(a -> a.files().entrySet().stream())
            .filter(file -> file.getKey().startsWith("sql/staging/"))
            .map(Map.Entry::getValue)
            .toList(),
        telling.stream().anyMatch(Adapter::anyEventType),
        adapters.stream().anyMatch(a -> a.brings(Part.STATUSES)));
  }

  private String readme() {
    String tools =
        adapters.stream()
            .map(a -> "- **" + a.source() + "**: " + a.title() + ". " + a.notes())
            .map(String::strip)
            .distinct()
            .collect(Collectors.joining("\n"));
    return common.get("README.md").replace("my-project", project).replace("TOOLS", tools);
  }
}
