package dev.ripen.config;

import dev.ripen.crm.CrmTable;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables of {@code format = hubspot}: kinds of records, and what is read of each. */
final class HubSpotTables {
  static final String FORMAT = "hubspot";

  private static final List<String> OBJECTS =
      List.of("contacts", "companies", "deals", "form_submissions");
  private static final String SUBMISSIONS = "form_submissions";
  private static final String PROPERTIES = "properties";
  private static final String HISTORY = "history";

  /** Columns that are there in any case. */
  private static final Set<String> TAKEN =
      Set.of(
          "id",
          "created_at",
          "modified_at",
          "submitted_at",
          "is_archived",
          "loaded_at",
          "history",
          "contact_ids",
          "form_id",
          "form_name",
          "page_url");

  private HubSpotTables() {}

  static void checkConnection(Node node, Map<String, String> options) {
    node.parsed("base-url", DestinationReader::baseUrl)
        .ifPresent(url -> options.put("base-url", url));
    node.parsed("api-version", HubSpotTables::version);
  }

  private static String version(String text) throws InvalidValue {
    if (!text.matches("v3|20\\d\\d-\\d\\d(-beta)?")) {
      throw InvalidValue.of("not a version of HubSpot's API", "write for example \"2026-09\"");
    }
    return text;
  }

  static Optional<Source.Table> table(String name, Node node) {
    String object = node.text("table").orElse(name);
    boolean known = OBJECTS.contains(object);
    if (!known) {
      String all = String.join(", ", OBJECTS);
      String fix =
          NearestName.of(object, OBJECTS)
              .map(near -> "did you mean " + near + "?")
              .orElse("HubSpot's tables are " + all + "; name = { table = contacts } renames one");
      node.reading()
          .add(
              node.place(),
              ErrorCode.CONFIG_INVALID_VALUE,
              "`" + node.path() + "` is no table that can be read of HubSpot",
              fix);
    }
    Map<String, String> options = new TreeMap<>();
    properties(node, PROPERTIES, true).ifPresent(list -> options.put(PROPERTIES, list));
    if (!object.equals(SUBMISSIONS)) {
      node.require(PROPERTIES, "name what is read of each: properties = [ email, company ]");
      properties(node, HISTORY, false).ifPresent(list -> options.put(HISTORY, list));
    }
    node.end();
    return known
        ? Optional.of(
            new Source.Table(
                name,
                Optional.of(object),
                Optional.empty(),
                options,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1))
        : Optional.empty();
  }

  private static Optional<String> properties(Node node, String key, boolean areColumns) {
    List<String> names = new ArrayList<>();
    for (String text : node.texts(key)) {
      Optional<String> name = node.parsed(key, text, HubSpotTables::property);
      if (name.isPresent() && names.contains(text)) {
        node.invalid(
            key, "`" + node.pathOf(key) + "` names `" + text + "` twice", "name each once");
      } else if (name.isPresent() && areColumns && TAKEN.contains(text)) {
        node.invalid(
            key,
            "`" + node.pathOf(key) + "` names `" + text + "`, which is a column in any case",
            "take it out of the list");
      } else {
        name.ifPresent(names::add);
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
  }

  private static String property(String text) throws InvalidValue {
    if (!text.matches("[a-z0-9_]+")) {
      throw InvalidValue.of(
          "not the internal name of a property",
          "look it up in HubSpot: Settings > Properties > the property > </>");
    }
    return text;
  }

  static CrmTable crmTable(Source.Table table) {
    return new CrmTable(
        table.table().orElse(table.name()),
        names(table.options().get(PROPERTIES)),
        names(table.options().get(HISTORY)));
  }

  private static List<String> names(@Nullable String list) {
    return list == null ? List.of() : List.of(list.split(",", -1));
  }
}
