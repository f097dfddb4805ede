package dev.ripen.sandbox;

import static dev.ripen.sandbox.PropertyDefinition.standard;

import dev.ripen.sandbox.PropertyDefinition.Option;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The properties of contacts and their numbers in packed values. A number is never given twice, not
 * even after the property was archived. Guarded by the store's lock.
 */
final class PropertyRegistry {
  /** In the order in which a contact moves through them. */
  static final List<String> STAGES =
      List.of(
          "subscriber",
          "lead",
          "marketingqualifiedlead",
          "salesqualifiedlead",
          "opportunity",
          "customer",
          "evangelist",
          "other");

  private static final List<String> STAGE_LABELS =
      List.of(
          "Subscriber",
          "Lead",
          "Marketing Qualified Lead",
          "Sales Qualified Lead",
          "Opportunity",
          "Customer",
          "Evangelist",
          "Other");

  private final Map<String, PropertyDefinition> definitions = new LinkedHashMap<>();
  private final Map<String, Integer> slots = new LinkedHashMap<>();
  private final List<String> names = new ArrayList<>();
  private final Map<String, String> groups = new LinkedHashMap<>();

  PropertyRegistry() {
    groups.put("contactinformation", "Contact information");
    for (PropertyDefinition definition : standardProperties()) {
      put(definition);
    }
  }

  private static List<PropertyDefinition> standardProperties() {
    List<PropertyDefinition> all = new ArrayList<>();
    all.add(standard("email", "Email", "string", "text"));
    all.add(standard("firstname", "First Name", "string", "text"));
    all.add(standard("lastname", "Last Name", "string", "text"));
    all.add(standard("company", "Company Name", "string", "text"));
    all.add(standard("jobtitle", "Job Title", "string", "text"));
    all.add(standard("country", "Country/Region", "string", "text"));
    all.add(standard("city", "City", "string", "text"));
    all.add(standard("industry", "Industry", "string", "text"));
    all.add(standard("phone", "Phone Number", "string", "phonenumber"));
    all.add(standard("website", "Website URL", "string", "text"));
    all.add(standard("hubspot_owner_id", "Contact owner", "string", "text"));
    all.add(
        standard("lifecyclestage", "Lifecycle Stage", "enumeration", "radio")
            .withOptions(options(STAGES, STAGE_LABELS)));
    all.add(
        standard("hs_lead_status", "Lead Status", "enumeration", "radio")
            .withOptions(leadStatuses()));
    all.add(standard("createdate", "Create Date", "datetime", "date").asReadOnly());
    all.add(standard("lastmodifieddate", "Last Modified Date", "datetime", "date").asReadOnly());
    all.add(standard("hs_object_id", "Record ID", "number", "number").asReadOnly());
    all.add(
        standard("hs_additional_emails", "Additional email addresses", "enumeration", "checkbox")
            .asReadOnly());
    all.add(
        standard("hs_merged_object_ids", "Merged record IDs", "enumeration", "checkbox")
            .asReadOnly());
    all.add(standard("hs_calculated_merged_vids", "Merged vids", "string", "text").asReadOnly());
    all.add(standard("hs_analytics_source", "Original Source", "string", "text"));
    all.add(standard("hs_analytics_last_url", "Last Page Seen", "string", "text"));
    all.add(standard("hs_email_optout", "Unsubscribed from all email", "string", "text"));
    all.add(standard("engagements_last_meeting_booked", "Last meeting", "string", "text"));
    all.add(standard("associatedcompanyid", "Primary company", "string", "text"));
    for (int i = 0; i < STAGES.size(); i++) {
      String label = "Became a " + STAGE_LABELS.get(i) + " Date";
      all.add(standard(enteredDate(STAGES.get(i)), label, "datetime", "date").asReadOnly());
    }
    return all;
  }

  /** The property that holds when a contact entered a stage. */
  static String enteredDate(String stage) {
    return "hs_lifecyclestage_" + stage + "_date";
  }

  private static List<Option> leadStatuses() {
    return options(
        List.of(
            "NEW",
            "OPEN",
            "IN_PROGRESS",
            "OPEN_DEAL",
            "UNQUALIFIED",
            "ATTEMPTED_TO_CONTACT",
            "CONNECTED",
            "BAD_TIMING"),
        List.of(
            "New",
            "Open",
            "In Progress",
            "Open Deal",
            "Unqualified",
            "Attempted to Contact",
            "Connected",
            "Bad Timing"));
  }

  private static List<Option> options(List<String> values, List<String> labels) {
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      options.add(new Option(labels.get(i), values.get(i)));
    }
    return options;
  }

  /** Adds a definition or replaces the one of that name. */
  void put(PropertyDefinition definition) {
    definitions.put(definition.name(), definition);
    slot(definition.name());
  }

  int slot(String name) {
    Integer known = slots.get(name);
    if (known != null) {
      return known;
    }
    return slots.computeIfAbsent(
        name,
        added -> {
          names.add(added);
          return names.size() - 1;
        });
  }

  /** Takes the numbers that a snapshot was written with. */
  void restore(List<String> numbered) {
    slots.clear();
    names.clear();
    numbered.forEach(this::slot);
    definitions.keySet().forEach(this::slot);
  }

  String name(int slot) {
    return names.get(slot);
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /** The definition in use, not an archived one. */
  Optional<PropertyDefinition> find(String name) {
    return Optional.ofNullable(definitions.get(name)).filter(found -> !found.archived());
  }

  Optional<PropertyDefinition> findArchived(String name) {
    return Optional.ofNullable(definitions.get(name)).filter(PropertyDefinition::archived);
  }

  Collection<PropertyDefinition> all() {
    return List.copyOf(definitions.values());
  }

  /** Names of properties whose value finds one contact, but for {@code email}. */
  Stream<String> uniqueNames() {
    return definitions.values().stream()
        .filter(found -> found.unique() && !found.name().equals("email"))
        .map(PropertyDefinition::name);
  }

  /** Whether it is one of the {@link #uniqueNames}. */
  boolean isUnique(String name) {
    PropertyDefinition found = definitions.get(name);
    return found != null && found.unique() && !name.equals("email");
  }

  Map<String, String> groups() {
    return groups;
  }
}
