package dev.ripen.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.SourceSpan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HOCON text to a tree. Substitutions see the configuration and the given environment only, never
 * the process's own environment or system properties.
 */
final class HoconFiles {
  /** Where a value that came from the environment says it is from. */
  static final String ENVIRONMENT = "environment";

  private static final Pattern NAMED = Pattern.compile("\\$\\{\\??([^}]*)}");

  private final Reading reading;
  private final Config environment;

  HoconFiles(Reading reading, Map<String, String> environment) {
    this.reading = reading;
    this.environment = ConfigValueFactory.fromMap(environment, ENVIRONMENT).toConfig();
  }

  /** The file, or nothing if it is not HOCON, which is then reported. */
  Optional<Config> parse(Path file) {
    try {
      ConfigParseOptions options = ConfigParseOptions.defaults().setAllowMissing(false);
      return Optional.of(ConfigFactory.parseFile(file.toFile(), options));
    } catch (ConfigException e) {
      reading.add(notParsed(file, e));
      return Optional.empty();
    }
  }

  Optional<Config> resolve(Path file, Config config) {
    try {
      return Optional.of(
          config.resolveWith(config.withFallback(environment), ConfigResolveOptions.noSystem()));
    } catch (ConfigException e) {
      reading.add(notParsed(file, e));
      return Optional.empty();
    }
  }

  /** A value of the command line's {@code --set}. */
  Config override(String path, String text) {
    ConfigValue value = ConfigValueFactory.fromAnyRef(text, "--set " + path);
    String plain = text.strip();
    try {
      if (plain.startsWith("[") || plain.startsWith("{")) {
        value =
            ConfigFactory.parseString("value = " + plain)
                .getValue("value")
                .withOrigin(value.origin());
      }
      return value.atPath(path);
    } catch (ConfigException e) {
      reading.add(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "--set " + path + ": the key or its value cannot be read",
              "write --set key=value, for example --set guards.max-creates=10"));
      return ConfigFactory.empty();
    }
  }

  private Problem notParsed(Path file, ConfigException e) {
    if (e instanceof ConfigException.IO) {
      return Problem.at(
          SourceSpan.ofFile(reading.texts().shown(file)),
          ErrorCode.CONFIG_NOT_PARSED,
          "the file, or one that it includes, cannot be read",
          "check that it exists, that this user may read it, and that it is UTF-8");
    }
    ConfigOrigin origin = e.origin();
    boolean placed = origin != null && origin.lineNumber() > 0;
    Path where = placed && origin.filename() != null ? Path.of(origin.filename()) : file;
    String line = placed ? reading.texts().textOf(where, origin.lineNumber()) : "";
    String message = e.getMessage() == null ? "" : e.getMessage();
    Hint hint = Hint.of(message, line);
    SourceSpan span =
        placed
            ? reading.texts().line(where, origin.lineNumber(), null, hint.key())
            : SourceSpan.ofFile(reading.texts().shown(file));
    return Problem.at(span, ErrorCode.CONFIG_NOT_PARSED, hint.what(), hint.fix());
  }

  /**
   * What the parser's words mean for somebody who wrote a line of configuration.
   *
   * @param key the key that it is about, if known
   */
  private record Hint(String what, String fix, String key) {
    Hint(String what, String fix) {
      this(what, fix, "");
    }

    static Hint of(String message, String line) {
      Matcher plus = Pattern.compile("([\\w-]+)\"?\\s*[=:]\\s*\\+\\s*([0-9.]+)").matcher(line);
      if (plus.find()) {
        return new Hint("a plus sign before a number", "write " + plus.group(2), plus.group(1));
      }
      if (message.contains("'newline'")
          || message.contains("triple-quoted string was still open")) {
        return new Hint(
            "a quote is opened and not closed", "add the missing \" at the end of the text");
      }
      if (message.contains("substitution")) {
        return unresolved(message);
      }
      if (message.contains("not: end of file") || message.contains("end of file")) {
        return new Hint("the file ends inside a group", "add the missing } or ]");
      }
      if (message.contains("unbalanced close brace")) {
        return new Hint("a } closes nothing", "remove it, or add the { that it belongs to");
      }
      if (message.contains("valid escape sequence")) {
        return new Hint("a backslash in a quoted text", "write \\\\ for one backslash");
      }
      if (message.contains("List should have ended")) {
        return new Hint(
            "a list is not closed, or an entry is not quoted",
            "close it with ], and put texts with = : or signs into double quotes");
      }
      return character(message);
    }

    private static Hint unresolved(String message) {
      Matcher named = NAMED.matcher(message);
      String name = named.find() ? named.group(1) : "?";
      return new Hint(
          "`${" + name + "}` is neither a key nor an environment variable",
          "set the variable, or write ${?" + name + "} if it may be missing");
    }

    private static Hint character(String message) {
      // Only the one character: the parser's full words could repeat a secret.
      Matcher got = Pattern.compile("got (?:wrong token: )?'([^'\\w])'").matcher(message);
      String sign = got.find() ? "`" + got.group(1) + "`" : "something";
      return new Hint(
          "cannot be read: " + sign + " is not expected here",
          "put texts with other signs than letters, digits, - and . into double quotes");
    }
  }

  /** The first part of a dotted path. */
  static String firstKey(String path) {
    try {
      return ConfigUtil.splitPath(path).get(0);
    } catch (ConfigException e) {
      return path;
    }
  }
}
