package dev.ripen.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.adapters.Adapter.Kind;
import dev.ripen.adapters.Adapter.Part;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every adapter of events has to bring, by its files alone. */
class EventAdapterFilesTest {
  private static final String ROOT = "/dev/ripen/adapters";

  static Map<String, SortedMap<String, String>> adapters() {
    Map<String, SortedMap<String, String>> byName = new TreeMap<>();
    ResourceTree.read(ROOT, "project/conf/scoring.conf")
        .forEach(
            (path, text) -> {
              String[] parts = path.split("/", 3);
              if (parts[0].equals(Kind.EVENTS.directory())) {
                byName.computeIfAbsent(parts[1], name -> new TreeMap<>()).put(parts[2], text);
              }
            });
    return byName;
  }

  static java.util.stream.Stream<Adapter> each() {
    return adapters().entrySet().stream()
        .map(entry -> AdapterReader.adapter(Kind.EVENTS, entry.getKey(), entry.getValue()));
  }

  @ParameterizedTest
  @MethodSource("each")
  void workOutACaseOfEachModelThatTheyBring(Adapter adapter) {
    for (Part part : adapter.models().keySet()) {
      assertThat(adapter.files().keySet())
          .anyMatch(
              path ->
                  path.startsWith("sql/tests/" + adapter.model(part) + "/")
                      && path.endsWith("/expect.csv"));
    }
  }

  @ParameterizedTest
  @MethodSource("each")
  void nameTheirModelsAfterTheirSource(Adapter adapter) {
    assertThat(adapter.files().keySet())
        .filteredOn(path -> path.startsWith("sql/staging/"))
        .allMatch(path -> path.matches("sql/staging/(stg_)?" + adapter.source() + "_\\w+\\.sql"));
    assertThat(adapter.tables())
        .allMatch(
            table ->
                adapter
                    .files()
                    .containsKey("conf/schemas/" + adapter.source() + "." + table.name() + ".ddl"));
  }
}
