package dev.ripen.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.ProblemRenderer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A project in a temporary directory: the least that loads, until a test writes over it. */
final class ProjectFiles {
  static final String LEAST_RIPEN = "project = acme-mql\n";
  static final String LEAST_SCORING =
      """
      version = "1"
      mql { threshold = 50 }
      dimensions { engagement { rules = [
        { name = sign-up, points = 25, event = "event_type = 'signed_up'" }
      ] } }
      """;

  private final Path directory;
  private final Map<String, String> environment = new HashMap<>();
  private final Map<String, String> overrides = new HashMap<>();
  private Optional<String> profile = Optional.empty();

  ProjectFiles(Path directory) {
    this.directory = directory;
    file("conf/ripen.conf", LEAST_RIPEN);
    file("conf/scoring.conf", LEAST_SCORING);
  }

  ProjectFiles ripen(String text) {
    return file("conf/ripen.conf", text);
  }

  ProjectFiles scoring(String text) {
    return file("conf/scoring.conf", text);
  }

  ProjectFiles file(String name, String text) {
    try {
      Path file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ProjectFiles variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  ProjectFiles set(String key, String value) {
    overrides.put(key, value);
    return this;
  }

  ProjectFiles profile(String name) {
    profile = Optional.of(name);
    return this;
  }

  Project load() {
    return ProjectLoader.load(directory, profile, overrides, environment);
  }

  List<Problem> problems() {
    return catchThrowableOfType(ProblemException.class, this::load).problems();
  }

  /** What the user reads. */
  String rendered() {
    return ProblemRenderer.render(problems(), false);
  }

  static String resource(String name) {
    try (InputStream in = ProjectFiles.class.getResourceAsStream("/config/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no test resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
