package dev.ripen.spark;

import static java.util.stream.Collectors.joining;

import dev.ripen.spark.RulesInForce.VersionRules;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Writes the SQL of {@code lead_history} from {@code attribute_changes}: the leads that changed, at
 * the beginning, at each change and at the start of each version of the rules, with the values as
 * of then. Before the first change of an attribute its value is null; attributes that never changed
 * are as they are now. Pure text.
 */
final class LeadHistory {
  static final String VIEW = "lead_history";
  static final String CHANGES = "attribute_changes";

  /** What a change of cannot be told apart from another person. */
  private static final Set<String> FIXED = Set.of("lead_id", "created_at");

  private LeadHistory() {}

  /**
   * One row per changed lead and instant: the columns of leads, and {@code ripen_since} in
   * microseconds, null for the beginning. Of changes at one instant the greatest value counts.
   *
   * @param leads columns of the model leads
   */
  static String sql(StructType leads, RulesInForce rules) {
    String starts =
        rules.models().stream()
            .flatMap(model -> model.versions().stream().skip(1))
            .map(VersionRules::fromMicros)
            .distinct()
            .sorted()
            .map(from -> from + "L")
            .collect(joining(", "));
    String instants = "transform(ripen_changes, x -> x.at)";
    return """
        -- One row per lead with changes and instant: its attributes as they were then.
        WITH changes AS (
          SELECT lead_id,
            collect_list(struct(unix_micros(occurred_at) AS at, lower(attribute) AS attribute, value)) AS ripen_changes
          FROM attribute_changes
          WHERE lead_id IS NOT NULL AND attribute IS NOT NULL AND occurred_at <= :as_of
            AND lower(attribute) IN (%s)
          GROUP BY lead_id
        ),
        instants AS (
          SELECT l.*, ripen_changes,
            explode(concat(array(CAST(NULL AS BIGINT)), array_distinct(%s))) AS ripen_since
          FROM leads AS l JOIN changes USING (lead_id)
        )
        SELECT ripen_since,
          %s
        FROM instants
        """
        .formatted(
            SignalSql.quotedList(changeable(leads)),
            starts.isEmpty() ? instants : "concat(" + instants + ", array(" + starts + "))",
            Arrays.stream(leads.fields()).map(LeadHistory::asOfThen).collect(joining(",\n  ")));
  }

  /** The names that a change may have, in lower case. */
  static List<String> changeable(StructType leads) {
    return Arrays.stream(leads.fields())
        .filter(LeadHistory::isChangeable)
        .map(field -> field.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static boolean isChangeable(StructField field) {
    return !FIXED.contains(field.name().toLowerCase(Locale.ROOT))
        && field.dataType() instanceof AtomicType
        && !(field.dataType() instanceof BinaryType);
  }

  private static String asOfThen(StructField field) {
    String column = "`" + field.name().replace("`", "``") + "`";
    if (!isChangeable(field)) {
      return column;
    }
    String name = SignalSql.quoted(field.name().toLowerCase(Locale.ROOT));
    return "IF(exists(ripen_changes, x -> x.attribute = "
        + name
        + "),\n    try_cast(array_max(filter(ripen_changes, x -> x.attribute = "
        + name
        + " AND x.at <= ripen_since)).value AS "
        + field.dataType().sql()
        + "),\n    "
        + column
        + ") AS "
        + column;
  }

  /**
   * One row: changes with a name that no lead has, values that do not fit their column, and some of
   * those names.
   */
  static String problems(StructType leads) {
    String fits =
        Arrays.stream(leads.fields())
            .filter(LeadHistory::isChangeable)
            .map(
                field ->
                    "WHEN "
                        + SignalSql.quoted(field.name().toLowerCase(Locale.ROOT))
                        + " THEN try_cast(value AS "
                        + field.dataType().sql()
                        + ") IS NOT NULL")
            .collect(joining("\n  "));
    return """
        SELECT count_if(NOT known), count_if(known AND NOT fits),
          array_join(slice(array_sort(collect_set(attribute) FILTER (WHERE NOT known)), 1, 3), ', ')
        FROM (SELECT attribute, lower(attribute) IN (%s) AS known,
          value IS NULL OR CASE lower(attribute)
          %s
          END AS fits
        FROM attribute_changes
        WHERE attribute IS NOT NULL)
        """
        .formatted(SignalSql.quotedList(changeable(leads)), fits);
  }
}
