package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A property of contacts as an administrator defined it.
 *
 * @param type {@code bool, date, datetime, enumeration, number, phone_number, string}
 * @param standard defined by the CRM, not by a user
 */
record PropertyDefinition(
    String name,
    String label,
    String type,
    String fieldType,
    String group,
    String description,
    List<Option> options,
    boolean unique,
    boolean readOnly,
    boolean standard,
    boolean archived,
    long createdAt,
    long updatedAt) {
  PropertyDefinition {
    options = List.copyOf(options);
  }

  /** One choice of an enumeration; {@code value} is what the API writes. */
  record Option(String label, String value) {}

  static PropertyDefinition standard(String name, String label, String type, String fieldType) {
    return new PropertyDefinition(
        name,
        label,
        type,
        fieldType,
        "contactinformation",
        "",
        List.of(),
        name.equals("email"),
        false,
        true,
        false,
        0,
        0);
  }

  PropertyDefinition asReadOnly() {
    return new PropertyDefinition(
        name,
        label,
        type,
        fieldType,
        group,
        description,
        options,
        unique,
        true,
        standard,
        archived,
        createdAt,
        updatedAt);
  }

  PropertyDefinition withOptions(List<Option> newOptions) {
    return new PropertyDefinition(
        name,
        label,
        type,
        fieldType,
        group,
        description,
        newOptions,
        unique,
        readOnly,
        standard,
        archived,
        createdAt,
        updatedAt);
  }

  PropertyDefinition withArchived(boolean newArchived, long at) {
    return new PropertyDefinition(
        name,
        label,
        type,
        fieldType,
        group,
        description,
        options,
        unique,
        readOnly,
        standard,
        newArchived,
        createdAt,
        at);
  }

  /** As a PATCH changes it: what is absent stays, options are replaced as a whole. */
  PropertyDefinition patched(JsonNode patch, long at) {
    return new PropertyDefinition(
        name,
        Json.text(patch, "label", label),
        Json.text(patch, "type", type),
        Json.text(patch, "fieldType", fieldType),
        Json.text(patch, "groupName", group),
        Json.text(patch, "description", description),
        patch.has("options") ? options(patch) : options,
        unique,
        readOnly,
        standard,
        archived,
        createdAt,
        at);
  }

  static List<Option> options(JsonNode definition) {
    List<Option> options = new ArrayList<>();
    for (JsonNode option : definition.path("options")) {
      options.add(new Option(Json.text(option, "label", ""), Json.text(option, "value", "")));
    }
    return options;
  }

  static PropertyDefinition fromJson(JsonNode node) {
    return new PropertyDefinition(
        Json.text(node, "name", ""),
        Json.text(node, "label", ""),
        Json.text(node, "type", "string"),
        Json.text(node, "fieldType", "text"),
        Json.text(node, "groupName", "contactinformation"),
        Json.text(node, "description", ""),
        options(node),
        node.path("hasUniqueValue").asBoolean(),
        node.path("modificationMetadata").path("readOnlyValue").asBoolean(),
        node.path("hubspotDefined").asBoolean(),
        node.path("archived").asBoolean(),
        Instant.parse(Json.text(node, "createdAt", Instant.EPOCH.toString())).toEpochMilli(),
        Instant.parse(Json.text(node, "updatedAt", Instant.EPOCH.toString())).toEpochMilli());
  }

  ObjectNode toJson() {
    ObjectNode node = Json.object();
    node.put("updatedAt", Instants.text(updatedAt));
    node.put("createdAt", Instants.text(createdAt));
    node.put("name", name);
    node.put("label", label);
    node.put("type", type);
    node.put("fieldType", fieldType);
    node.put("description", description);
    node.put("groupName", group);
    int order = 0;
    for (Option option : options) {
      ObjectNode item = node.withArray("options").addObject();
      item.put("label", option.label);
      item.put("value", option.value);
      item.put("displayOrder", order++);
      item.put("hidden", false);
    }
    node.withArray("options");
    node.put("displayOrder", -1);
    node.put("calculated", false);
    node.put("externalOptions", false);
    node.put("hasUniqueValue", unique);
    node.put("hidden", false);
    node.put("hubspotDefined", standard);
    ObjectNode metadata = node.putObject("modificationMetadata");
    metadata.put("archivable", !standard);
    metadata.put("readOnlyDefinition", standard);
    metadata.put("readOnlyOptions", standard && !name.equals("lifecyclestage"));
    metadata.put("readOnlyValue", readOnly);
    node.put("formField", !readOnly);
    node.put("archived", archived);
    return node;
  }
}
