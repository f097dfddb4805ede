package dev.ripen.sqlmodel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The tables that ripen itself reads, with the columns that they must have at least. */
public final class CanonicalTables {
  /** Models without which nothing can be scored. */
  public static final List<String> REQUIRED = List.of("leads", "events", "identities", "scores");

  /** Ids that were seen together; ripen makes {@link #PEOPLE} of it. */
  public static final String IDENTITY_LINKS = "identity_links";

  /** Whose an id is; built in where the project has {@link #IDENTITY_LINKS}. */
  public static final String PEOPLE = "people";

  /** Tables that ripen makes. */
  public static final Set<String> BUILT_IN = Set.of("signals", "facts", "lead_scores", PEOPLE);

  private static final Map<String, Map<String, String>> COLUMNS =
      Map.of(
          "leads",
          columns("lead_id STRING", "email STRING", "created_at TIMESTAMP"),
          "events",
          columns(
              "event_id STRING", "visitor_id STRING", "occurred_at TIMESTAMP", "event_type STRING"),
          "identities",
          columns("visitor_id STRING", "lead_id STRING"),
          IDENTITY_LINKS,
          columns("id STRING", "other_id STRING", "seen_at TIMESTAMP"),
          PEOPLE,
          columns("id STRING", "person_id STRING"),
          "statuses",
          columns(
              "lead_id STRING",
              "status STRING",
              "occurred_at TIMESTAMP",
              "reason STRING",
              "amount NUMERIC"),
          "account_events",
          columns(
              "event_id STRING", "account_id STRING", "occurred_at TIMESTAMP", "event_type STRING"),
          "attribute_changes",
          columns("lead_id STRING", "attribute STRING", "value STRING", "occurred_at TIMESTAMP"),
          "spend",
          columns("day DATE", "channel STRING", "amount NUMERIC"),
          "scores",
          columns("lead_id STRING", "is_mql BOOLEAN", "score NUMERIC"));

  /** Columns that are checked only if they are there. */
  private static final Map<String, Map<String, String>> OPTIONAL =
      Map.of(
          "leads",
          columns("account_id STRING"),
          "events",
          columns("loaded_at TIMESTAMP"),
          "account_events",
          columns("loaded_at TIMESTAMP"),
          "scores",
          columns("mql_at TIMESTAMP", "first_mql_at TIMESTAMP", "published_score NUMERIC"));

  private static final Pattern NUMERIC =
      Pattern.compile("TINYINT|SMALLINT|INT|BIGINT|FLOAT|DOUBLE|DECIMAL(\\(.*\\))?");

  private CanonicalTables() {}

  /** Names of the canonical models, {@code scores} not among them. */
  static Set<String> canonical() {
    return Set.of(
        "leads",
        "events",
        "identities",
        IDENTITY_LINKS,
        "statuses",
        "account_events",
        "attribute_changes",
        "spend");
  }

  /**
   * The columns that a model must have, with their types in Spark SQL; {@code NUMERIC} stands for
   * every number.
   */
  public static Map<String, String> requiredColumns(SqlModel model) {
    return switch (model.layer()) {
      case CANONICAL, SCORES -> COLUMNS.getOrDefault(model.name(), Map.of());
      case CRM -> columns("lead_id STRING");
      case STAGING, OTHER -> Map.of();
    };
  }

  /** The columns that a model may have, whose types then matter. */
  public static Map<String, String> optionalColumns(SqlModel model) {
    return switch (model.layer()) {
      case CANONICAL, SCORES -> OPTIONAL.getOrDefault(model.name(), Map.of());
      case STAGING, CRM, OTHER -> Map.of();
    };
  }

  /** The required columns of a canonical table with types that Spark can make; empty if unknown. */
  public static Optional<Map<String, String>> concreteColumns(String table) {
    return Optional.ofNullable(COLUMNS.get(table))
        .map(
            columns -> {
              Map<String, String> concrete = new LinkedHashMap<>();
              columns.forEach(
                  (name, type) ->
                      concrete.put(name, type.equals("NUMERIC") ? "DECIMAL(18,2)" : type));
              return concrete;
            });
  }

  /** Whether a Spark SQL type is what a column needs. */
  public static boolean fits(String needed, String actual) {
    String type = actual.toUpperCase(Locale.ROOT);
    return needed.equals("NUMERIC") ? NUMERIC.matcher(type).matches() : needed.equals(type);
  }

  private static Map<String, String> columns(String... columns) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (String column : columns) {
      List<String> parts = List.of(column.split(" ", -1));
      ordered.put(parts.get(0), parts.get(1));
    }
    return ordered;
  }
}
