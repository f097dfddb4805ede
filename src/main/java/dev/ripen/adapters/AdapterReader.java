package dev.ripen.adapters;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import dev.ripen.adapters.Adapter.Kind;
import dev.ripen.adapters.Adapter.Part;
import dev.ripen.adapters.Adapter.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the class path says about adapters. A mistake there is a mistake of the build. */
final class AdapterReader {
  static final String CONF = "adapter.conf";
  private static final String DESTINATION = "destination.conf";
  private static final String SOURCE = "source.conf";
  private static final String WAREHOUSE = "warehouse.conf";
  private static final Set<String> KEYS =
      Set.of(
          "base",
          "title",
          "aliases",
          "source",
          "schema",
          "provides",
          "models",
          "columns",
          "tables",
          "any-event-type",
          "notes");

  private AdapterReader() {}

  /**
   * One adapter that stands by itself.
   *
   * @param texts the files of its directory
   */
  static Adapter adapter(Kind kind, String name, SortedMap<String, String> texts) {
    return adapter(kind, name, new TreeMap<>(Map.of(name, texts)));
  }

  /**
   * One adapter. With {@code base = other} it is the same tool, landed by another pipeline: it has
   * its own tables, schemas and cases, and all of the other's models that it does not bring itself;
   * {@code provides} says what it brings beyond them.
   *
   * @param all the files of the adapters of its kind, by name
   */
  static Adapter adapter(Kind kind, String name, Map<String, SortedMap<String, String>> all) {
    SortedMap<String, String> texts = all.getOrDefault(name, new TreeMap<>());
    Config conf = conf(name, texts);
    for (String key : conf.root().keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalStateException("the adapter " + name + " has an unknown key: " + key);
      }
    }
    Optional<Adapter> base =
        conf.hasPath("base")
            ? Optional.of(adapter(kind, conf.getString("base"), all))
            : Optional.empty();
    String source = text(conf, "source", base.map(Adapter::source).orElse(name));
    return new Adapter(
        kind,
        name,
        texts(conf, "aliases"),
        conf.getString("title"),
        source,
        text(conf, "schema", base.map(Adapter::schema).orElse("")),
        models(conf, source, base),
        base.map(Adapter::columns).orElseGet(() -> texts(conf, "columns")),
        tables(conf),
        conf.hasPath("any-event-type") && conf.getBoolean("any-event-type"),
        text(conf, "notes", "").strip().replaceAll("\\s*\\R\\s*", " "),
        files(texts, base),
        texts.getOrDefault(DESTINATION, base.map(Adapter::destination).orElse("")),
        texts.getOrDefault(SOURCE, ""));
  }

  private static SortedMap<String, String> files(
      SortedMap<String, String> own, Optional<Adapter> base) {
    SortedMap<String, String> files = new TreeMap<>();
    base.ifPresent(
        other ->
            other
                .files()
                .forEach(
                    (path, text) -> {
                      if (path.startsWith("sql/") && !path.startsWith("sql/tests/")) {
                        files.put(path, text);
                      }
                    }));
    files.putAll(own);
    files.remove(CONF);
    files.remove(DESTINATION);
    files.remove(SOURCE);
    return files;
  }

  /**
   * One warehouse.
   *
   * @param texts the files of its directory
   */
  static Warehouse warehouse(String name, SortedMap<String, String> texts) {
    Config conf = conf(name, texts);
    String settings = texts.get(WAREHOUSE);
    if (settings == null) {
      throw new IllegalStateException("the warehouse " + name + " has no " + WAREHOUSE);
    }
    return new Warehouse(
        name,
        conf.getString("title"),
        conf.getString("tables").equals("files"),
        conf.getString("letters").equals("upper"),
        settings);
  }

  private static Config conf(String name, Map<String, String> texts) {
    String text = texts.get(CONF);
    if (text == null) {
      throw new IllegalStateException("the adapter " + name + " has no " + CONF);
    }
    return ConfigFactory.parseString(text);
  }

  private static String text(Config conf, String key, String otherwise) {
    return conf.hasPath(key) ? conf.getString(key) : otherwise;
  }

  private static List<String> texts(Config conf, String key) {
    return conf.hasPath(key) ? conf.getStringList(key) : List.of();
  }

  private static Map<Part, String> models(Config conf, String source, Optional<Adapter> base) {
    Map<Part, String> models = new EnumMap<>(Part.class);
    base.ifPresent(other -> models.putAll(other.models()));
    List<String> own = base.isPresent() ? texts(conf, "provides") : conf.getStringList("provides");
    for (String provided : own) {
      Part part = Part.valueOf(provided.toUpperCase(Locale.ROOT));
      models.put(part, text(conf, "models." + provided, source + "_" + provided));
    }
    return models;
  }

  /** HOCON forgets the order of keys; the lines remember it. */
  private static List<Map.Entry<String, ConfigValue>> inOrder(ConfigObject object) {
    return object.entrySet().stream()
        .sorted(
            Comparator.<Map.Entry<String, ConfigValue>>comparingInt(
                    entry -> entry.getValue().origin().lineNumber())
                .thenComparing(Map.Entry::getKey))
        .toList();
  }

  private static List<Table> tables(Config conf) {
    List<Table> tables = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : inOrder(conf.getObject("tables"))) {
      Map<String, String> settings = new LinkedHashMap<>();
      ConfigObject table = (ConfigObject) entry.getValue();
      inOrder(table).forEach(e -> settings.put(e.getKey(), e.getValue().unwrapped().toString()));
      String name = settings.remove("table");
      tables.add(new Table(entry.getKey(), name == null ? entry.getKey() : name, settings));
    }
    return tables;
  }
}
