package dev.ripen.spark;

import java.util.Map;
import java.util.TreeMap;

/**
 * A unit test of a model, as its directory says.
 *
 * @param directory relative to the project
 * @param given by the name of the table, lower case
 * @param parameters those of the project, with those of {@code case.conf} over them
 * @param order whether the rows must come as they are listed
 */
record ModelCase(
    String model,
    String name,
    String directory,
    Map<String, ModelCsv> given,
    ModelCsv expect,
    Map<String, Object> parameters,
    Order order) {
  ModelCase {
    given = new TreeMap<>(given);
    parameters = Map.copyOf(parameters);
  }

  enum Order {
    ANY,
    AS_LISTED
  }
}
