package dev.ripen.spark;

import dev.ripen.config.Project;
import dev.ripen.config.ProjectLoader;
import dev.ripen.sqlmodel.CanonicalTables;
import dev.ripen.sqlmodel.ModelGraph;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The projects that {@code ripen init} writes, as they lie in the class path. */
final class TemplateProjects {
  private TemplateProjects() {}

  static Project simple() {
    return load("simple");
  }

  static Project load(String template) {
    return ProjectLoader.load(directory(template), Optional.empty(), Map.of(), Map.of());
  }

  static Path directory(String template) {
    try {
      Path anchor =
          Path.of(
              TestCases.class
                  .getResource("/dev/ripen/template/" + template + "/conf/ripen.conf")
                  .toURI());
      return anchor.resolve("../..").normalize();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static ModelGraph graph(Project project) {
    return ModelGraph.load(
        project.directory(),
        new SparkSqlReader(),
        OfflineModels.sourceTables(project),
        CanonicalTables.BUILT_IN,
        Set.of("hubspot"));
  }
}
