package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.crm.CrmField;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.crm.ProvisionReport;
import dev.ripen.crm.hubspot.HubSpotApi.Effect;
import dev.ripen.http.JsonClient;
import dev.ripen.http.JsonReply;
import dev.ripen.http.JsonRequest;
import dev.ripen.problem.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The contact properties of an account. Safe for several threads; the types are asked for once. */
final class PropertyCatalog {
  private static final String GROUP = "ripen";
  private static final Set<String> TRUE_FALSE = Set.of("true", "false");

  private final HubSpotApi api;
  private final HubSpotPaths paths;
  private volatile @Nullable Map<String, FieldType> types;

  PropertyCatalog(HubSpotApi api, HubSpotPaths paths) {
    this.api = api;
    this.paths = paths;
  }

  List<CrmField> describe() {
    JsonRequest request = JsonRequest.get(paths.contactProperties());
    JsonReply reply = api.call(request, Effect.READS);
    if (!reply.isSuccess() || !reply.body().path("results").isArray()) {
      throw new ProblemException(api.rules().refused(request, reply));
    }
    List<CrmField> fields = new ArrayList<>();
    reply.body().path("results").forEach(property -> fields.add(field(property)));
    remember(fields);
    return List.copyOf(fields);
  }

  /** Asks HubSpot for the types unless they are known. */
  void load() {
    types();
  }

  /** OTHER for a property that HubSpot does not list. */
  FieldType typeOf(String property) {
    return types().getOrDefault(property, FieldType.OTHER);
  }

  ProvisionReport provision(List<FieldSpec> wanted) {
    Set<String> existing = describe().stream().map(CrmField::name).collect(Collectors.toSet());
    List<String> created = new ArrayList<>();
    List<String> present = new ArrayList<>();
    for (FieldSpec spec : wanted) {
      if (existing.contains(spec.name())) {
        present.add(spec.name());
        continue;
      }
      if (created.isEmpty()) {
        create(paths.contactPropertyGroups(), group());
      }
      boolean isNew = create(paths.contactProperties(), property(spec));
      (isNew ? created : present).add(spec.name());
    }
    synchronized (this) {
      types = null;
    }
    return new ProvisionReport(created, present);
  }

  private Map<String, FieldType> types() {
    Map<String, FieldType> known = types;
    return known == null ? ask() : known;
  }

  private synchronized Map<String, FieldType> ask() {
    if (types == null) {
      describe();
    }
    Map<String, FieldType> known = types;
    return known == null ? Map.of() : known;
  }

  private synchronized void remember(List<CrmField> fields) {
    Map<String, FieldType> byName = new HashMap<>();
    fields.forEach(field -> byName.put(field.name(), field.type()));
    types = Map.copyOf(byName);
  }

  /** Whether it is there because of this call: 409 means that it was there before. */
  private boolean create(HttpUrl url, ObjectNode body) {
    JsonRequest request = JsonRequest.post(url, body);
    // A repetition of one that was done gets 409 as well, so it is safe.
    JsonReply reply = api.call(request, Effect.SETS);
    if (reply.isSuccess()) {
      return true;
    }
    String category = reply.body().path("category").asText("OBJECT_ALREADY_EXISTS");
    if (reply.status() == 409 && category.equals("OBJECT_ALREADY_EXISTS")) {
      return false;
    }
    throw new ProblemException(api.rules().refused(request, reply));
  }

  private static ObjectNode group() {
    return JsonClient.JSON.createObjectNode().put("name", GROUP).put("label", "ripen");
  }

  private static ObjectNode property(FieldSpec spec) {
    ObjectNode body =
        JsonClient.JSON
            .createObjectNode()
            .put("name", spec.name())
            .put("label", spec.label())
            .put("groupName", GROUP);
    switch (spec.type()) {
      case BOOLEAN -> type(body, "bool", "booleancheckbox");
      case NUMBER -> type(body, "number", "number");
      case TEXT -> type(body, "string", "text");
      case LONG_TEXT -> type(body, "string", "textarea");
      case DATE -> type(body, "date", "date");
      case INSTANT -> type(body, "datetime", "date");
      case ENUMERATION -> type(body, "enumeration", "select");
      case OTHER -> throw new IllegalArgumentException("no type for field " + spec.name());
    }
    if (spec.type() == FieldType.BOOLEAN) {
      ArrayNode options = body.putArray("options");
      option(options, "Yes", "true");
      option(options, "No", "false");
    }
    if (spec.type() == FieldType.ENUMERATION) {
      ArrayNode options = body.putArray("options");
      spec.options().forEach(value -> option(options, label(value), value));
    }
    return body;
  }

  private static void type(ObjectNode body, String type, String fieldType) {
    body.put("type", type).put("fieldType", fieldType);
  }

  private static void option(ArrayNode options, String label, String value) {
    int displayOrder = options.size();
    options
        .addObject()
        .put("label", label)
        .put("value", value)
        .put("displayOrder", displayOrder)
        .put("hidden", false);
  }

  private static String label(String value) {
    return value.isEmpty()
        ? value
        : Character.toUpperCase(value.charAt(0)) + value.substring(1).replace('_', ' ');
  }

  private static CrmField field(JsonNode property) {
    List<String> options =
        StreamSupport.stream(property.path("options").spliterator(), false)
            .sorted(Comparator.comparingInt(option -> option.path("displayOrder").asInt(0)))
            .map(option -> option.path("value").asText(""))
            .toList();
    String name = property.path("name").asText("");
    FieldType type = fieldType(property, options);
    boolean readOnly =
        property.path("modificationMetadata").path("readOnlyValue").asBoolean(false)
            || property.path("calculated").asBoolean(false);
    return new CrmField(
        name,
        property.path("label").asText(name),
        type,
        readOnly,
        type == FieldType.ENUMERATION ? options : List.of());
  }

  private static FieldType fieldType(JsonNode property, List<String> options) {
    String control = property.path("fieldType").asText("");
    return switch (property.path("type").asText("")) {
      case "bool" -> FieldType.BOOLEAN;
      case "number" -> FieldType.NUMBER;
      case "date" -> FieldType.DATE;
      case "datetime" -> FieldType.INSTANT;
      case "phone_number" -> FieldType.TEXT;
      case "string" -> stringType(control);
      case "enumeration" -> enumerationType(control, options);
      default -> FieldType.OTHER;
    };
  }

  private static FieldType stringType(String control) {
    return switch (control) {
      case "file" -> FieldType.OTHER;
      case "textarea", "html" -> FieldType.LONG_TEXT;
      default -> FieldType.TEXT;
    };
  }

  private static FieldType enumerationType(String control, List<String> options) {
    // Some integrations model booleans as an enumeration of true and false.
    if (control.equals("booleancheckbox") || Set.copyOf(options).equals(TRUE_FALSE)) {
      return FieldType.BOOLEAN;
    }
    // Several values at once, joined by semicolons.
    return control.equals("checkbox") ? FieldType.OTHER : FieldType.ENUMERATION;
  }
}
