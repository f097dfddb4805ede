package dev.ripen.spark;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.problem.SourceSpan;
import dev.ripen.spark.ModelCase.Order;
import dev.ripen.sqlmodel.SqlPlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code case.conf}: {@code as_of}, {@code parameters { … }} and {@code ordered}.
 *
 * @param parameters those of the project, with those of the case over them
 */
record ModelCaseSettings(Map<String, Object> parameters, Order order) {
  private static final List<String> KEYS = List.of("as_of", "ordered", "parameters");

  static ModelCaseSettings none(Map<String, Object> parameters) {
    return new ModelCaseSettings(parameters, Order.ANY);
  }

  /**
   * Reads the text of a {@code case.conf}.
   *
   * @throws ProblemException for an unknown key or a wrong value
   */
  static ModelCaseSettings parse(String file, String text, Map<String, Object> defaults) {
    Config config = config(file, text);
    for (String key : new TreeSet<>(config.root().keySet())) {
      if (!KEYS.contains(key)) {
        String guess =
            NearestName.of(key, KEYS).map(near -> "did you mean " + near + "? ").orElse("");
        throw problem(
            file,
            text,
            config.root().get(key),
            ErrorCode.CONFIG_UNKNOWN_KEY,
            "has an unknown key: " + key,
            guess + "Known keys: " + String.join(", ", KEYS));
      }
    }
    Map<String, Object> parameters = new HashMap<>(defaults);
    if (config.hasPath("as_of")) {
      ConfigValue value = config.getValue("as_of");
      parameters.put("as_of", instant(file, text, "as_of", value));
    }
    if (config.hasPath("parameters")) {
      config
          .getObject("parameters")
          .forEach(
              (name, value) -> parameters.put(name, parameter(file, text, name, value, defaults)));
    }
    boolean listed = config.hasPath("ordered") && config.getBoolean("ordered");
    return new ModelCaseSettings(parameters, listed ? Order.AS_LISTED : Order.ANY);
  }

  private static Config config(String file, String text) {
    try {
      Config config = ConfigFactory.parseString(text).resolve();
      if (config.hasPath("ordered")) {
        config.getBoolean("ordered");
      }
      if (config.hasPath("parameters")) {
        config.getObject("parameters");
      }
      return config;
    } catch (ConfigException e) {
      int line = e.origin() == null ? 0 : e.origin().lineNumber();
      throw new ProblemException(
          Problem.at(
              SqlPlace.of(file, text, line, 0),
              ErrorCode.CONFIG_NOT_PARSED,
              file + " cannot be read: " + e.getMessage(),
              "Example: as_of = \"2026-11-20T06:00:00Z\", parameters { window_days = 30 }"),
          e);
    }
  }

  private static Object parameter(
      String file, String text, String name, ConfigValue value, Map<String, Object> defaults) {
    if (defaults.get(name) instanceof Instant) {
      return instant(file, text, name, value);
    }
    if (value.valueType() == ConfigValueType.STRING
        || value.valueType() == ConfigValueType.NUMBER
        || value.valueType() == ConfigValueType.BOOLEAN) {
      return value.unwrapped();
    }
    throw problem(
        file,
        text,
        value,
        ErrorCode.CONFIG_INVALID_VALUE,
        "gives parameter " + name + " a list, an object or nothing",
        "Write a text, a number, true or false");
  }

  private static Instant instant(String file, String text, String name, ConfigValue value) {
    try {
      return OffsetDateTime.parse(String.valueOf(value.unwrapped())).toInstant();
    } catch (DateTimeException e) {
      throw problem(
          file,
          text,
          value,
          ErrorCode.CONFIG_INVALID_VALUE,
          "has a " + name + " that is no instant: " + value.unwrapped(),
          "Write it with its zone: " + name + " = \"2026-11-20T06:00:00Z\"");
    }
  }

  private static ProblemException problem(
      String file, String text, ConfigValue value, ErrorCode code, String what, String fix) {
    int line = value.origin().lineNumber();
    SourceSpan where = SqlPlace.of(file, text, line, 0);
    return new ProblemException(Problem.at(where, code, file + " " + what, fix));
  }
}
