package dev.ripen.spark;

import dev.ripen.problem.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.types.StructType;

/**
 * What a look at all models found, before anything runs.
 *
 * @param schemas columns of every model that compiled, and of lead_scores, by name
 * @param problems in the order of the models
 * @param notChecked models that read one with a problem, sorted
 */
public record ModelAnalysis(
    Map<String, StructType> schemas, List<Problem> problems, Set<String> notChecked) {
  public ModelAnalysis {
    schemas = Map.copyOf(schemas);
    problems = List.copyOf(problems);
    notChecked = Collections.unmodifiableSet(new TreeSet<>(notChecked));
  }
}
