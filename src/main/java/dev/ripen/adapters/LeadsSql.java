package dev.ripen.adapters;

import dev.ripen.adapters.Adapter.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes {@code sql/leads.sql}: the records of the CRMs that are one person become one row. Pure
 * text.
 */
final class LeadsSql {
  /** What every CRM says of a person; the first CRM that knows it is believed. */
  private static final List<String> COMMON =
      List.of("lead_source", "job_title", "company", "country", "industry", "lifecycle_stage");

  private static final String RECORD =
      "id, %d AS crm_rank, record_rank, email, created_at, %s,\n"
          + "    current_mql, has_opted_out, merged_records";

  private final List<Adapter> crms;
  private final List<Adapter> scored;

  /**
   * The model for these tools.
   *
   * @param crms in the order in which they are believed
   * @param scored those that bring attributes of people whom a CRM knows
   */
  LeadsSql(List<Adapter> crms, List<Adapter> scored) {
    this.crms = crms;
    this.scored = scored;
  }

  String text() {
    return """
        -- One row per person: records of the CRM that belong to one person are one.
        -- @check unique(lead_id)
        -- @check not_null(lead_id, created_at)
        -- @check rows where email <> lower(trim(email)) is empty
        WITH records AS (
        %s
        ),
        ranked AS (
          SELECT
            coalesce(people.person_id, records.id) AS lead_id,
            -- Where two records differ, the first of this order is believed.
            struct(crm_rank, record_rank, created_at, records.id) AS place,
            records.*
          FROM records
          LEFT JOIN people ON people.id = records.id
        ),
        persons AS (
          SELECT
            lead_id,
        %s
          FROM ranked
          GROUP BY lead_id
        )%s
        SELECT
          persons.*,%s
          -- The company, for rules about accounts: the domain of an address that is no private one.
          CASE WHEN NOT is_free_mail(email) THEN registrable_domain(email) END AS account_id
        FROM persons%s
        """
        .formatted(records(), person(), scoredPeople(), scoredColumns(), joins());
  }

  private String records() {
    List<String> selects = new ArrayList<>();
    for (int i = 0; i < crms.size(); i++) {
      selects.add(record(crms.get(i), i + 1));
    }
    return String.join("\n  UNION ALL\n", selects);
  }

  private String record(Adapter crm, int rank) {
    StringBuilder text = new StringBuilder("  SELECT\n    ");
    text.append(RECORD.formatted(rank, String.join(", ", COMMON)));
    for (Adapter other : crms) {
      boolean own = other.equals(crm);
      for (String column : other.columns()) {
        text.append(",\n    ").append(own ? column : "NULL AS " + column);
      }
      text.append(",\n    ")
          .append(own ? "record_id" : "NULL")
          .append(" AS ")
          .append(recordId(other));
    }
    return text.append("\n  FROM ").append(crm.model(Part.LEADS)).toString();
  }

  private static String recordId(Adapter crm) {
    return crm.source() + "_id";
  }

  private String person() {
    List<String> columns = new ArrayList<>();
    columns.add(first("email"));
    columns.add("min(created_at) AS created_at");
    COMMON.forEach(column -> columns.add(first(column)));
    columns.add("bool_or(current_mql) AS current_mql");
    columns.add("bool_or(has_opted_out) AS has_opted_out");
    columns.add("sum(merged_records) + count(*) AS merged_records");
    for (Adapter crm : crms) {
      crm.columns().forEach(column -> columns.add(first(column)));
      columns.add(first(recordId(crm)));
    }
    return columns.stream().map(column -> "    " + column).collect(Collectors.joining(",\n"));
  }

  private static String first(String column) {
    return "min_by(%1$s, place) FILTER (WHERE %1$s IS NOT NULL) AS %1$s".formatted(column);
  }

  private String scoredPeople() {
    return scored.stream().map(LeadsSql::scoredPeople).collect(Collectors.joining());
  }

  private static String scoredPeople(Adapter tool) {
    String columns =
        tool.columns().stream()
            .map(
                column ->
                    "    max_by(%1$s, struct(scored_at, scored.id)) AS %1$s".formatted(column))
            .collect(Collectors.joining(",\n"));
    return """
        ,
        %s AS (
          SELECT
            coalesce(people.person_id, scored.id) AS lead_id,
        %s
          FROM %s AS scored
          LEFT JOIN people ON people.id = scored.id
          GROUP BY coalesce(people.person_id, scored.id)
        )"""
        .formatted(tool.source(), columns, tool.model(Part.ATTRIBUTES));
  }

  private String scoredColumns() {
    return scored.stream()
        .flatMap(tool -> tool.columns().stream().map(column -> tool.source() + "." + column))
        .map(column -> "\n  " + column + ",")
        .collect(Collectors.joining());
  }

  private String joins() {
    return scored.stream()
        .map(tool -> "\nLEFT JOIN %1$s ON %1$s.lead_id = persons.lead_id".formatted(tool.source()))
        .collect(Collectors.joining());
  }
}
