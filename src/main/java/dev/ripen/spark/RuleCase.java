package dev.ripen.spark;

import dev.ripen.spark.ModelCase.Order;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * A unit test of the rules, as its directory says.
 *
 * @param directory relative to the project
 * @param given tables by name; events and leads are always there
 * @param parameters those of the project, with those of {@code case.conf} over them
 */
record RuleCase(
    String name,
    String directory,
    Map<String, ModelCsv> given,
    ModelCsv expect,
    Map<String, Object> parameters,
    Order order) {
  /** The name of the suite, and of the directory below {@code sql/tests}. */
  static final String SUITE = "rules";

  RuleCase {
    given = new TreeMap<>(given);
    parameters = Map.copyOf(parameters);
  }

  Instant asOf() {
    return (Instant) parameters.get("as_of");
  }
}
