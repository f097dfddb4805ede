package dev.ripen.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.config.DestinationSettings;
import dev.ripen.crm.CrmField;
import dev.ripen.crm.FieldType;
import dev.ripen.sync.StateFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The CRM's fields as the state remembers them, so that a night on which nothing changes asks the
 * CRM nothing at all. Only those that ripen writes are kept.
 */
final class KnownFields {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "ripen.fields/1";

  private KnownFields() {}

  /** Empty if nothing is remembered, or not all that is written today. */
  static Optional<List<CrmField>> load(StateFiles files, DestinationSettings settings) {
    String path = path(settings);
    if (!files.exists(path)) {
      return Optional.empty();
    }
    List<CrmField> fields = new ArrayList<>();
    try (InputStream in = files.read(path)) {
      JsonNode node = JSON.readTree(in);
      if (!node.path("format").asText().equals(FORMAT)) {
        return Optional.empty();
      }
      for (JsonNode field : node.path("fields")) {
        List<String> options = new ArrayList<>();
        field.path("options").forEach(option -> options.add(option.asText()));
        fields.add(
            new CrmField(
                field.path("name").asText(),
                field.path("label").asText(),
                FieldType.valueOf(field.path("type").asText()),
                false,
                options));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path + " in the state", e);
    }
    List<String> names = fields.stream().map(CrmField::name).toList();
    return names.containsAll(settings.fields().keySet()) ? Optional.of(fields) : Optional.empty();
  }

  static void save(StateFiles files, DestinationSettings settings, List<CrmField> fields) {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT);
    ArrayNode array = node.putArray("fields");
    for (CrmField field : ours(settings, fields)) {
      ObjectNode item = array.addObject();
      item.put("name", field.name()).put("label", field.label()).put("type", field.type().name());
      ArrayNode options = item.putArray("options");
      field.options().forEach(options::add);
    }
    files.write(path(settings), node.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** Of all fields of the CRM those that ripen writes, which is all that plans depend on. */
  static List<CrmField> ours(DestinationSettings settings, List<CrmField> fields) {
    return fields.stream().filter(field -> settings.fields().containsKey(field.name())).toList();
  }

  private static String path(DestinationSettings settings) {
    return "crm/" + settings.name() + "/fields.json";
  }
}
