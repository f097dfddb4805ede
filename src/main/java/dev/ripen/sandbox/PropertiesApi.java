package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.sandbox.PropertyDefinition.Option;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Definitions of properties and their groups. */
final class PropertiesApi {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final Set<String> TYPES =
      Set.of("bool", "date", "datetime", "enumeration", "number", "phone_number", "string");
  private static final Set<String> FIELD_TYPES =
      Set.of(
          "booleancheckbox",
          "calculation_equation",
          "checkbox",
          "date",
          "file",
          "html",
          "number",
          "phonenumber",
          "radio",
          "select",
          "text",
          "textarea");

  private final ContactStore store;
  private final Clock clock;

  PropertiesApi(ContactStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  ApiResponse list(ApiRequest request) {
    boolean archived = "true".equals(request.query("archived"));
    ArrayNode results = Json.array();
    for (PropertyDefinition property : store.properties().all()) {
      if (property.archived() == archived) {
        results.add(property.toJson());
      }
    }
    return ApiResponse.ok(Json.object().set("results", results));
  }

  ApiResponse read(ApiRequest request) {
    return ApiResponse.ok(existing(request.path("name")).toJson());
  }

  ApiResponse create(ApiRequest request) {
    PropertyDefinition created = wanted(request.body());
    store.commit(JournalEntry.properties(clock.millis(), request.source(), List.of(created)));
    return new ApiResponse(201, created.toJson());
  }

  /** Existing names are errors of a partial success; the others are created. */
  ApiResponse batchCreate(ApiRequest request) {
    BatchAnswer answer = new BatchAnswer(clock);
    List<PropertyDefinition> created = new ArrayList<>();
    for (JsonNode input : request.body().path("inputs")) {
      try {
        created.add(wanted(input));
      } catch (ApiException e) {
        answer.error(e.item());
      }
    }
    if (!created.isEmpty()) {
      store.commit(JournalEntry.properties(clock.millis(), request.source(), created));
    }
    created.forEach(property -> answer.result(property.toJson()));
    return answer.response(201, clock);
  }

  ApiResponse batchRead(ApiRequest request) {
    BatchAnswer answer = new BatchAnswer(clock);
    for (JsonNode input : request.body().path("inputs")) {
      try {
        answer.result(existing(Json.text(input, "name", "")).toJson());
      } catch (ApiException e) {
        answer.error(e.item());
      }
    }
    return answer.response(200, clock);
  }

  ApiResponse update(ApiRequest request) {
    PropertyDefinition before = existing(request.path("name"));
    if (before.standard() && !before.name().equals("lifecyclestage")) {
      throw ApiException.validation(
          "Property \"" + before.name() + "\" is defined by HubSpot and cannot be changed");
    }
    PropertyDefinition after = before.patched(request.body(), clock.millis());
    checkTypes(after);
    store.commit(JournalEntry.properties(clock.millis(), request.source(), List.of(after)));
    return ApiResponse.ok(after.toJson());
  }

  ApiResponse archive(ApiRequest request) {
    archive(request, List.of(existing(request.path("name"))));
    return ApiResponse.noContent();
  }

  ApiResponse batchArchive(ApiRequest request) {
    List<PropertyDefinition> found = new ArrayList<>();
    for (JsonNode input : request.body().path("inputs")) {
      store.properties().find(Json.text(input, "name", "")).ifPresent(found::add);
    }
    archive(request, found);
    return ApiResponse.noContent();
  }

  private void archive(ApiRequest request, List<PropertyDefinition> found) {
    long now = clock.millis();
    List<PropertyDefinition> archived = new ArrayList<>();
    for (PropertyDefinition property : found) {
      if (property.standard()) {
        throw ApiException.validation(
                "Property \"" + property.name() + "\" is in use and cannot be deleted")
            .with("subCategory", "PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE");
      }
      archived.add(property.withArchived(true, now));
    }
    store.commit(JournalEntry.properties(now, request.source(), archived));
  }

  private PropertyDefinition existing(String name) {
    return store
        .properties()
        .find(name)
        .orElseThrow(
            () -> ApiException.notFound("Property \"" + name + "\" does not exist for contacts"));
  }

  private PropertyDefinition wanted(JsonNode body) {
    for (String field : List.of("name", "label", "type", "fieldType", "groupName")) {
      if (Json.text(body, field, "").isEmpty()) {
        throw ApiException.validation("Invalid input JSON: missing field '" + field + "'");
      }
    }
    String name = Json.text(body, "name", "");
    if (!NAME.matcher(name).matches()) {
      throw ApiException.validation(
          "Property name \"" + name + "\" must be lower-case letters, digits and underscores");
    }
    if (store.properties().find(name).isPresent()) {
      throw new ApiException(
              409,
              "OBJECT_ALREADY_EXISTS",
              "A property named '" + name + "' already exists.",
              Map.of())
          .with("subCategory", "Properties.PROPERTY_WITH_NAME_EXISTS");
    }
    // Creating an archived name brings the archived property back, as observed on a live account.
    Optional<PropertyDefinition> archived = store.properties().findArchived(name);
    if (archived.isPresent()) {
      return archived.get().withArchived(false, clock.millis());
    }
    PropertyDefinition definition = definition(body, name);
    checkTypes(definition);
    return definition;
  }

  private PropertyDefinition definition(JsonNode body, String name) {
    long now = clock.millis();
    String type = Json.text(body, "type", "");
    List<Option> options = PropertyDefinition.options(body);
    if (type.equals("bool") && options.isEmpty()) {
      options = List.of(new Option("Yes", "true"), new Option("No", "false"));
    }
    return new PropertyDefinition(
        name,
        Json.text(body, "label", ""),
        type,
        Json.text(body, "fieldType", ""),
        Json.text(body, "groupName", ""),
        Json.text(body, "description", ""),
        options,
        body.path("hasUniqueValue").asBoolean(),
        false,
        false,
        false,
        now,
        now);
  }

  private void checkTypes(PropertyDefinition definition) {
    if (!TYPES.contains(definition.type())) {
      throw ApiException.validation("Property type \"" + definition.type() + "\" is unknown");
    }
    if (!FIELD_TYPES.contains(definition.fieldType())) {
      throw ApiException.validation(
          "Property field type \"" + definition.fieldType() + "\" is unknown");
    }
    if (!store.properties().groups().containsKey(definition.group())) {
      throw ApiException.validation("Property group \"" + definition.group() + "\" does not exist");
    }
  }

  ApiResponse listGroups(ApiRequest request) {
    ArrayNode results = Json.array();
    store.properties().groups().forEach((name, label) -> results.add(group(name, label)));
    return ApiResponse.ok(Json.object().set("results", results));
  }

  ApiResponse readGroup(ApiRequest request) {
    String name = request.path("name");
    String label = store.properties().groups().get(name);
    if (label == null) {
      throw ApiException.notFound("Property group \"" + name + "\" does not exist");
    }
    return ApiResponse.ok(group(name, label));
  }

  ApiResponse createGroup(ApiRequest request) {
    String name = Json.text(request.body(), "name", "");
    String label = Json.text(request.body(), "label", "");
    if (name.isEmpty() || label.isEmpty()) {
      throw ApiException.validation("Invalid input JSON: a group needs 'name' and 'label'");
    }
    if (store.properties().groups().containsKey(name)) {
      throw new ApiException(
          409,
          "OBJECT_ALREADY_EXISTS",
          "A property group named '" + name + "' already exists.",
          Map.of());
    }
    store.commit(JournalEntry.group(clock.millis(), request.source(), name, label));
    return new ApiResponse(201, group(name, label));
  }

  private static ObjectNode group(String name, String label) {
    ObjectNode node = Json.object();
    node.put("name", name);
    node.put("label", label);
    node.put("displayOrder", -1);
    node.put("archived", false);
    return node;
  }
}
