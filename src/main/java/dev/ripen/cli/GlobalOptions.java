package dev.ripen.cli;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. Filled by picocli; mixed into each command. */
public final class GlobalOptions {
  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The project: a directory with conf/ and sql/. Default: the current one.")
  private Path project = Path.of("");

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Also read conf/ripen.NAME.conf, over conf/ripen.conf.")
  private @Nullable String profile;

  @Option(
      names = "--as-of",
      paramLabel = "INSTANT",
      description = "See nothing later than this, for example 2026-11-20T05:00:00Z. Default: now.")
  private @Nullable Instant asOf;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a setting of conf/ripen.conf. May be repeated.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(
      names = "--format",
      paramLabel = "text|json",
      description = "How to print the result. Default: text.")
  private Format format = Format.text;

  @Option(names = "--quiet", description = "No progress, only results and errors.")
  private boolean quiet;

  @Option(names = "--verbose", description = "Say more, with the logs of the libraries.")
  private boolean verbose;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      description = "Colours. Default: auto; NO_COLOR is honoured.")
  private ColorMode color = ColorMode.auto;

  @Option(names = "--stacktrace", description = "Show where in the program an error came from.")
  private boolean stacktrace;

  Path project() {
    return project.toAbsolutePath().normalize();
  }

  Optional<String> profile() {
    return Optional.ofNullable(profile);
  }

  Optional<Instant> asOf() {
    return Optional.ofNullable(asOf);
  }

  Map<String, String> settings() {
    return settings;
  }

  boolean isJson() {
    return format == Format.json;
  }

  boolean isQuiet() {
    return quiet;
  }

  boolean isVerbose() {
    return verbose;
  }

  boolean showsStacktrace() {
    return stacktrace;
  }

  ColorMode color() {
    return color;
  }

  /** How results are printed. */
  enum Format {
    text,
    json
  }

  /** When colours are used. */
  enum ColorMode {
    auto,
    always,
    never
  }
}
