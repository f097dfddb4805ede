package dev.ripen.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.SourceSpan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An object of the configuration. Every question notes the key as known; {@link #end} reports the
 * keys that nobody asked for. A value that is wrong is reported and then counts as absent, so that
 * reading goes on to the next mistake.
 */
final class Node {
  private final Reading reading;
  private final String path;
  private final ConfigObject object;
  private final SourceSpan place;
  private final Set<String> known = new LinkedHashSet<>();

  private Node(Reading reading, String path, ConfigObject object, SourceSpan place) {
    this.reading = reading;
    this.path = path;
    this.object = object;
    this.place = place;
  }

  /** The whole of a file. */
  static Node ofFile(Reading reading, ConfigObject object, Path file) {
    return new Node(reading, "", object, SourceSpan.ofFile(reading.texts().shown(file)));
  }

  /** Turns the text of a value into what it means. */
  interface Parser<T> {
    T parse(String text) throws InvalidValue;
  }

  Reading reading() {
    return reading;
  }

  boolean has(String key) {
    return find(key).isPresent();
  }

  Optional<ConfigValue> find(String key) {
    known.add(key);
    ConfigValue value = object.get(key);
    return value == null || value.valueType() == ConfigValueType.NULL
        ? Optional.empty()
        : Optional.of(value);
  }

  /** Keys in the order of the file: HOCON forgets it, the origins remember. */
  List<String> keys() {
    Comparator<String> order =
        Comparator.<String, String>comparing(key -> file(object.get(key).origin()))
            .thenComparing(key -> at(key).line())
            .thenComparing(key -> at(key).column())
            .thenComparing(Function.identity());
    return object.keySet().stream()
        .filter(key -> object.get(key).valueType() != ConfigValueType.NULL)
        .sorted(order)
        .toList();
  }

  private static String file(ConfigOrigin origin) {
    return origin.filename() == null ? "" : origin.filename();
  }

  Optional<String> text(String key) {
    return find(key)
        .flatMap(value -> scalar(key, value))
        .map(String::strip)
        .filter(text -> isFilled(key, text));
  }

  private boolean isFilled(String key, String text) {
    if (text.isEmpty()) {
      invalid(key, "`" + pathOf(key) + "` is empty", "write a value, or remove the key");
    }
    return !text.isEmpty();
  }

  Optional<String> requiredText(String key, String fix) {
    require(key, fix);
    return text(key);
  }

  /**
   * Reports that the key is missing, unless it is there with a slip, which {@link #end} reports.
   */
  void require(String key, String fix) {
    if (!has(key) && !hasSlipOf(key)) {
      reading.add(place(), ErrorCode.CONFIG_MISSING_KEY, "`" + pathOf(key) + "` is missing", fix);
    }
  }

  boolean hasSlipOf(String key) {
    return object.keySet().stream()
        .filter(given -> !known.contains(given))
        .anyMatch(given -> NearestName.of(given, List.of(key)).isPresent());
  }

  <T> Optional<T> parsed(String key, Parser<T> parser) {
    return text(key).flatMap(text -> parsed(key, text, parser));
  }

  <T> Optional<T> parsed(String key, String text, Parser<T> parser) {
    try {
      return Optional.of(parser.parse(text));
    } catch (InvalidValue e) {
      String what = "`" + pathOf(key) + "` is `" + text + "`" + ": " + e.getMessage();
      reading.add(at(key), ErrorCode.CONFIG_INVALID_VALUE, what, e.fix());
      return Optional.empty();
    }
  }

  <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
    return parsed(key, text -> Values.choice(text, type)).orElse(otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    return parsed(key, Values::flag).orElse(otherwise);
  }

  int integer(String key, int otherwise, int least) {
    return integer(key, least).orElse(otherwise);
  }

  Optional<Integer> integer(String key, int least) {
    return parsed(key, text -> Values.integer(text, least));
  }

  boolean isGroup(String key) {
    return find(key).filter(ConfigObject.class::isInstance).isPresent();
  }

  boolean isList(String key) {
    return find(key).filter(ConfigList.class::isInstance).isPresent();
  }

  /** Whether it is a list with something in it, right or wrong. */
  boolean isFilledList(String key) {
    return find(key).filter(v -> v instanceof ConfigList list && !list.isEmpty()).isPresent();
  }

  Optional<Node> child(String key) {
    return find(key)
        .flatMap(
            value -> {
              if (value instanceof ConfigObject child) {
                return Optional.of(new Node(reading, pathOf(key), child, at(key)));
              }
              wrongType(key, value, "a group in braces", key + " { … }");
              return Optional.empty();
            });
  }

  /** The objects of a list. */
  List<Node> items(String key) {
    List<Node> items = new ArrayList<>();
    SourceSpan before = at(key);
    for (ConfigValue value : list(key)) {
      if (value instanceof ConfigObject item) {
        // An entry has no key of its own; people know it by its name.
        before = reading.texts().at(item.origin(), object.origin(), before, "name");
        items.add(
            new Node(reading, pathOf(key) + "[" + nameOf(item, items.size()) + "]", item, before));
      } else {
        wrongType(key, value, "a list of groups in braces", key + " = [ { … }, { … } ]");
      }
    }
    return items;
  }

  private static String nameOf(ConfigObject item, int index) {
    ConfigValue name = item.get("name");
    return name != null && name.valueType() == ConfigValueType.STRING
        ? String.valueOf(name.unwrapped())
        : String.valueOf(index + 1);
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (ConfigValue value : list(key)) {
      scalar(key, value).map(String::strip).filter(t -> isFilled(key, t)).ifPresent(texts::add);
    }
    return texts;
  }

  private List<ConfigValue> list(String key) {
    Optional<ConfigValue> value = find(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof ConfigList list) {
      return list;
    }
    wrongType(key, value.get(), "a list", key + " = [ … ]");
    return List.of();
  }

  private Optional<String> scalar(String key, ConfigValue value) {
    if (value instanceof ConfigObject || value instanceof ConfigList) {
      wrongType(key, value, "a single value", key + " = …");
      return Optional.empty();
    }
    // Not unwrapped(): only getString keeps 0.10 and 012345 as they were written.
    return Optional.of(value.atKey("value").getString("value"));
  }

  private void wrongType(String key, ConfigValue value, String wanted, String example) {
    String type =
        switch (value.valueType()) {
          case OBJECT -> "a group in braces";
          case LIST -> "a list";
          case NUMBER, BOOLEAN, STRING, NULL -> "a single value";
        };
    invalid(
        key,
        String.format(Locale.ROOT, "`%s` is %s, not %s", pathOf(key), type, wanted),
        "write " + example);
  }

  void invalid(String key, String what, String fix) {
    reading.add(at(key), ErrorCode.CONFIG_INVALID_VALUE, what, fix);
  }

  /** Whether every key is known by now. */
  boolean isKnown() {
    return known.containsAll(object.keySet());
  }

  /** Reports every key that was never asked for. */
  void end() {
    end(Map.of());
  }

  /**
   * Reports every key that was never asked for.
   *
   * @param elsewhere what to do about keys that belong to another place, by key
   */
  void end(Map<String, String> elsewhere) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        String fix = Optional.ofNullable(elsewhere.get(key)).orElseGet(() -> nearestTo(key));
        String what = "unknown key `" + pathOf(key) + "`";
        reading.add(at(key), ErrorCode.CONFIG_UNKNOWN_KEY, what, fix);
      }
    }
  }

  private String nearestTo(String key) {
    String all =
        known.isEmpty()
            ? "remove it"
            : "known here: " + String.join(", ", known.stream().sorted().toList());
    return NearestName.of(key, known).map(near -> "did you mean `" + near + "`?").orElse(all);
  }

  /** HOCON that says the same without files and variables; keys keep their order. */
  String render() {
    StringBuilder text = new StringBuilder();
    for (String key : keys()) {
      ConfigValue value = object.get(key);
      text.append(ConfigUtil.quoteString(key)).append(" = ").append(render(key, value));
      text.append('\n');
    }
    return text.toString();
  }

  private String render(String key, ConfigValue value) {
    if (value instanceof ConfigObject child) {
      return "{\n" + new Node(reading, pathOf(key), child, place).render() + "}";
    }
    if (value instanceof ConfigList list) {
      StringBuilder items = new StringBuilder("[\n");
      list.forEach(item -> items.append(render(key, item)).append('\n'));
      return items.append(']').toString();
    }
    return value.render(ConfigRenderOptions.concise());
  }

  /** Where the key is, or the object if it has no such key. */
  SourceSpan at(String key) {
    ConfigValue value = object.get(key);
    return value == null
        ? place
        : reading.texts().at(value.origin(), object.origin(), isEntry() ? null : place, key);
  }

  /** Keys of an entry may stand before its name. */
  private boolean isEntry() {
    return path.endsWith("]");
  }

  SourceSpan place() {
    return place;
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  String path() {
    return path;
  }
}
