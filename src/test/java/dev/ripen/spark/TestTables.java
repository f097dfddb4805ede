package dev.ripen.spark;

import dev.ripen.config.Source;
import java.util.Map;
import java.util.Optional;

/** Tables of sources for tests. */
final class TestTables {
  private TestTables() {}

  static Source.Table table(String name, Map<String, String> options) {
    return new Source.Table(
        name,
        Optional.of(name),
        Optional.empty(),
        options,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }
}
