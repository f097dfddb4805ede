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
  static final String ENVIRONMENT = "(environment variable)";

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

  /** A text that is in no file; nothing that it includes is looked at. */
  Optional<Config> parseText(String text, Path name) {
    try {
      ConfigParseOptions options =
          ConfigParseOptions.defaults()
              .setOriginDescription(reading.texts().shown(name))
              .setIncluder(new NoIncludes());
      return Optional.of(ConfigFactory.parseString(text, options));
    } catch (ConfigException e) {
      reading.add(notParsed(name, e));
      return Optional.empty();
    }
  }

  /** Whether a text says all of a configuration: without what it includes, and no variables. */
  static boolean isWhole(String text, Config config) {
    try {
      ConfigParseOptions options = ConfigParseOptions.defaults().setIncluder(new NoIncludes());
      return ConfigFactory.parseString(text, options)
          .resolve(ConfigResolveOptions.noSystem())
          .root()
          .equals(config.root());
    } catch (ConfigException e) {
      // It lacks a variable, or what it adds to.
      return false;
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
    String message = e.getMessage() == null ? "" : e.getMessage();
    ConfigOrigin origin = e.origin();
    if (origin == null || origin.lineNumber() < 1) {
      return problem(SourceSpan.ofFile(reading.texts().shown(file)), Hint.of(message, ""));
    }
    Path where = origin.filename() == null ? file : Path.of(origin.filename());
    int unclosed = message.contains("end of file") ? reading.texts().lineOfUnclosed(where) : 0;
    if (unclosed > 0) {
      return problem(reading.texts().line(where, unclosed, null, ""), Hint.UNCLOSED);
    }
    Hint hint = Hint.of(message, reading.texts().textOf(where, origin.lineNumber()));
    return problem(reading.texts().line(where, origin.lineNumber(), null, hint.key()), hint);
  }

  private static Problem problem(SourceSpan where, Hint hint) {
    return Problem.at(where, ErrorCode.CONFIG_NOT_PARSED, hint.what(), hint.fix());
  }

  /**
   * What the parser's words mean for somebody who wrote a line of configuration.
   *
   * @param key the key that it is about, if known
   */
  private record Hint(String what, String fix, String key) {
    static final Hint UNCLOSED =
        new Hint("a group or list is opened here and not closed", "add the missing } or ]");

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
      Matcher comma = Pattern.compile("([\\w-]+)\"?\\s*[=:]\\s*(-?\\d+),(\\d+)").matcher(line);
      if (message.contains("may not be followed by token") && comma.find()) {
        String number = comma.group(2) + "." + comma.group(3);
        return new Hint("a comma inside a number", "write " + number, comma.group(1));
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
