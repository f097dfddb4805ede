package dev.ripen.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a project's {@code conf/ripen.conf}, a profile's {@code conf/ripen.<profile>.conf} over it,
 * the command line's overrides over both, and {@code conf/scoring.conf}.
 *
 * <p>Depends on nothing but its arguments and the files: neither on the process's environment nor
 * on its zone or locale. Every mistake of both files is found in one go and thrown in one {@link
 * ProblemException}, each with its place and a fix; no message shows a secret.
 */
public final class ProjectLoader {
  private static final String MAIN = "ripen.conf";
  private static final String SCORING = "scoring.conf";

  private final Reading reading;
  private final HoconFiles hocon;
  private final Path conf;

  private ProjectLoader(Path project, Map<String, String> environment) {
    this.reading = new Reading(project);
    this.hocon = new HoconFiles(reading, environment);
    this.conf = project.resolve("conf");
  }

  /**
   * The project, checked.
   *
   * @param projectDirectory holds {@code conf/}; relative paths in the files start here
   * @param profile for example {@code prod}
   * @param overrides dotted keys of either file to values, as of {@code --set}
   * @param environment the only variables that substitutions see
   * @throws ProblemException with everything that is wrong
   */
  public static Project load(
      Path projectDirectory,
      Optional<String> profile,
      Map<String, String> overrides,
      Map<String, String> environment) {
    Path project = projectDirectory.toAbsolutePath().normalize();
    return new ProjectLoader(project, environment).load(project, profile, overrides);
  }

  /**
   * What of the definition is legal but surely not meant, each with its place and a fix. The other
   * parameters are those of {@link #load}.
   *
   * @param heard rules that have had events lately; empty: nobody has looked
   * @throws ProblemException with everything that is wrong
   */
  public static List<Problem> warnings(
      Path projectDirectory,
      Optional<String> profile,
      Map<String, String> overrides,
      Map<String, String> environment,
      Optional<Heard> heard) {
    Path project = projectDirectory.toAbsolutePath().normalize();
    ProjectLoader loader = new ProjectLoader(project, environment);
    heard.ifPresent(loader.reading::hear);
    loader.load(project, profile, overrides);
    return loader.reading.warnings();
  }

  /**
   * The settings of {@code conf/ripen.conf} that decide over results, as a text that is another one
   * if any of them is. No secret is in it. The parameters are those of {@link #load}.
   *
   * @throws ProblemException if the files cannot be read
   */
  public static String settingsText(
      Path projectDirectory,
      Optional<String> profile,
      Map<String, String> overrides,
      Map<String, String> environment) {
    ProjectLoader loader =
        new ProjectLoader(projectDirectory.toAbsolutePath().normalize(), environment);
    Optional<Config> settings = loader.resolved(profile, overrides);
    if (!loader.reading.problems().isEmpty()) {
      throw new ProblemException(loader.reading.problems());
    }
    return SettingsText.of(settings.orElseThrow());
  }

  private Project load(Path project, Optional<String> profile, Map<String, String> overrides) {
    if (!Files.isRegularFile(conf.resolve(MAIN))) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.PROJECT_NOT_FOUND,
              "there is no conf/ripen.conf in " + project,
              "go to the project or name it with --project DIR; ripen init DIR makes one"));
    }
    Optional<RipenReader.Settings> settings =
        main(profile, overrides).map(root -> new RipenReader(root).read());
    ZoneId zone = settings.map(RipenReader.Settings::zone).orElse(ZoneId.of("UTC"));
    Optional<Definition> definition = definition(zone, overrides);
    if (!reading.problems().isEmpty()) {
      throw new ProblemException(reading.problems());
    }
    return project(project, settings.orElseThrow(), definition.orElseThrow());
  }

  private static Project project(
      Path directory, RipenReader.Settings settings, Definition definition) {
    return new Project(
        directory,
        settings.name().orElseThrow(),
        settings.zone(),
        settings.asOf(),
        settings.state(),
        settings.signals(),
        settings.sources(),
        settings.destinations(),
        settings.guards(),
        settings.notifications(),
        settings.identity(),
        definition,
        settings.parameters(),
        settings.spark());
  }

  private Optional<Node> main(Optional<String> profile, Map<String, String> overrides) {
    return resolved(profile, overrides)
        .map(config -> Node.ofFile(reading, config.root(), conf.resolve(MAIN)));
  }

  private Optional<Config> resolved(Optional<String> profile, Map<String, String> overrides) {
    Path file = conf.resolve(MAIN);
    Optional<Config> main = hocon.parse(file);
    Optional<Config> over =
        profile.isEmpty() ? Optional.of(ConfigFactory.empty()) : profile(profile.get());
    if (main.isEmpty() || over.isEmpty()) {
      return Optional.empty();
    }
    Config merged = overridesOf(overrides, false).withFallback(over.get()).withFallback(main.get());
    return hocon.resolve(file, merged);
  }

  private Optional<Config> profile(String profile) {
    Path file = conf.resolve("ripen." + profile + ".conf");
    if (Files.isRegularFile(file)) {
      return hocon.parse(file);
    }
    List<String> profiles = profiles();
    reading.add(
        Problem.of(
            ErrorCode.USAGE_INVALID,
            "there is no profile `" + profile + "`: conf/ripen." + profile + ".conf does not exist",
            NearestName.of(profile, profiles)
                .map(near -> "did you mean --profile " + near + "?")
                .orElse(
                    profiles.isEmpty()
                        ? "write the file, or leave out --profile"
                        : "profiles: " + String.join(", ", profiles))));
    return Optional.empty();
  }

  private List<String> profiles() {
    List<String> profiles = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(conf, "ripen.*.conf")) {
      for (Path file : files) {
        profiles.add(file.getFileName().toString().replaceAll("^ripen\\.|\\.conf$", ""));
      }
    } catch (IOException e) {
      // Only the hint is lost.
      return List.of();
    }
    return profiles.stream().sorted().toList();
  }

  private Optional<Definition> definition(ZoneId zone, Map<String, String> overrides) {
    Path file = conf.resolve(SCORING);
    Optional<String> text = textOf(file);
    Optional<Config> parsed = text.flatMap(present -> hocon.parse(file));
    if (parsed.isEmpty()) {
      return Optional.empty();
    }
    Config over = overridesOf(overrides, true);
    return hocon
        .resolve(file, over.withFallback(parsed.get()))
        .flatMap(
            config -> {
              Node root = Node.ofFile(reading, config.root(), file);
              String kept = keptText(text.get() + appended(over), config, root);
              return new ScoringReader(root, zone, kept).read();
            });
  }

  /** The text as it is, if it says everything: the state cannot ask for files and variables. */
  private static String keptText(String text, Config config, Node root) {
    return HoconFiles.isWhole(text, config) ? text : root.render();
  }

  private Optional<String> textOf(Path file) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      reading.add(
          SourceSpan.ofFile(reading.texts().shown(file)),
          ErrorCode.PROJECT_NOT_FOUND,
          "conf/scoring.conf, the definition of an MQL, cannot be read",
          "write it; ripen init shows how it looks");
      return Optional.empty();
    }
  }

  /** So that the stored text is the definition that was in force. */
  private static String appended(Config over) {
    if (over.isEmpty()) {
      return "";
    }
    String braced = over.root().render(ConfigRenderOptions.concise());
    return "\n" + braced.substring(1, braced.length() - 1) + "\n";
  }

  private Config overridesOf(Map<String, String> overrides, boolean scoring) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, String> entry : new TreeMap<>(overrides).entrySet()) {
      if (ScoringReader.KEYS.contains(HoconFiles.firstKey(entry.getKey())) == scoring) {
        config = hocon.override(entry.getKey(), entry.getValue()).withFallback(config);
      }
    }
    return config;
  }
}
