package dev.ripen.adapters;

import dev.ripen.adapters.Adapter.Part;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the models that put the adapters' models together: one file per canonical table, with as
 * little in it as the chosen tools need. Pure text.
 */
final class CanonicalSql {
  private static final String EVENT_COLUMNS =
      "event_id, visitor_id, occurred_at, event_type, name, path, url, campaign, company_domain,"
          + " amount, loaded_at";

  private static final String IDENTITIES =
      """
      -- One row per visitor_id: an id that some tool knows, and the person it belongs to.
      -- @check unique(visitor_id)
      -- @check not_null(visitor_id, lead_id)
      SELECT people.id AS visitor_id, leads.lead_id
      FROM people
      JOIN leads ON leads.lead_id = people.person_id
      """;

  private static final String STATUSES =
      """
      -- One row per status change: what sales and the CRM did with a person.
      -- @check not_null(lead_id, status, occurred_at)
      -- @check rows where status NOT IN ('accepted', 'recycled', 'disqualified', 'opportunity', 'customer') is empty warn
      """;

  private static final String CHANGES =
      """
      -- One row per change of a person's attribute: rules are judged with the values as they were.
      -- @check not_null(lead_id, attribute, occurred_at)
      """;

  private final List<Adapter> adapters;

  CanonicalSql(List<Adapter> adapters) {
    this.adapters = List.copyOf(adapters);
  }

  /** Texts by path. */
  SortedMap<String, String> files() {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(
        "sql/leads.sql", new LeadsSql(bringing(Part.LEADS), bringing(Part.ATTRIBUTES)).text());
    files.put("sql/events.sql", events());
    files.put("sql/identity_links.sql", links());
    files.put("sql/identities.sql", IDENTITIES);
    if (!bringing(Part.STATUSES).isEmpty()) {
      files.put("sql/statuses.sql", ofPeople(STATUSES, Part.STATUSES, "status", "reason, amount"));
    }
    if (!bringing(Part.CHANGES).isEmpty()) {
      files.put("sql/attribute_changes.sql", ofPeople(CHANGES, Part.CHANGES, "attribute", "value"));
    }
    if (!bringing(Part.ACCOUNT_EVENTS).isEmpty()) {
      files.put("sql/account_events.sql", accountEvents());
    }
    return files;
  }

  private List<Adapter> bringing(Part part) {
    return adapters.stream().filter(adapter -> adapter.brings(part)).toList();
  }

  private String events() {
    return """
        -- One row per delivery of an event: an event may come twice, an event_id is of one event.
        -- @check not_null(event_id, visitor_id, occurred_at)
        %s
        """
        .formatted(union(Part.EVENTS, EVENT_COLUMNS, ""));
  }

  private String accountEvents() {
    return """
        -- One row per delivery of what a company did, known by its domain.
        -- @check not_null(event_id, account_id, occurred_at)
        %s
        """
        .formatted(
            union(
                Part.ACCOUNT_EVENTS,
                "event_id, account_id, occurred_at, event_type, name, amount, loaded_at",
                ""));
  }

  private String links() {
    return """
        -- One row per time that two ids were seen to be one person's: `people` is made of these.
        -- @check not_null(id, other_id)
        %s
        """
        .formatted(union(Part.LINKS, "id, other_id, seen_at", ""));
  }

  private String ofPeople(String header, Part part, String what, String more) {
    String columns = "id, " + what + ", occurred_at, " + more;
    String shown =
        Stream.of((what + ", occurred_at, " + more).split(", ", -1))
            .map(column -> "  changes." + column)
            .collect(Collectors.joining(",\n"));
    return """
        %s
        WITH changes AS (
        %s
        )
        SELECT
          leads.lead_id,
        %s
        FROM changes
        LEFT JOIN people ON people.id = changes.id
        JOIN leads ON leads.lead_id = coalesce(people.person_id, changes.id)
        """
        .formatted(header.strip(), union(part, columns, "  "), shown);
  }

  private String union(Part part, String columns, String indent) {
    return bringing(part).stream()
        .map(a -> indent + "SELECT " + columns + "\n" + indent + "FROM " + a.model(part))
        .collect(Collectors.joining("\n" + indent + "UNION ALL\n"));
  }
}
