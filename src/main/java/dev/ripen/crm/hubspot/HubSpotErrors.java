package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.crm.RejectCode;
import dev.ripen.http.JsonClient;
import dev.ripen.http.Redaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads HubSpot's two shapes of errors. Pure; never fails, whatever is missing. */
final class HubSpotErrors {
  private static final String DUPLICATES = "duplicate ids found in batch input";

  private HubSpotErrors() {}

  /** What a refused request says: several complaints if it names rows one by one, else one. */
  static List<HubSpotError> ofRefusal(int status, JsonNode body) {
    return unfold(body, status);
  }

  /** The {@code errors} of a partial success. */
  static List<HubSpotError> ofPartialSuccess(JsonNode body) {
    List<HubSpotError> all = new ArrayList<>();
    for (JsonNode error : body.path("errors")) {
      all.addAll(unfold(error, 0));
    }
    return all;
  }

  private static List<HubSpotError> unfold(JsonNode error, int status) {
    List<HubSpotError> named = new ArrayList<>();
    for (JsonNode inner : error.path("errors")) {
      if (!strings(inner, "objectWriteTraceId").isEmpty()) {
        named.add(read(inner, error, status));
      }
    }
    return named.isEmpty() ? List.of(read(error, error, status)) : named;
  }

  private static HubSpotError read(JsonNode error, JsonNode outer, int status) {
    String text = error.path("message").asText(outer.path("message").asText(""));
    List<PropertyError> propertyErrors = propertyErrors(text);
    List<String> codes = new ArrayList<>();
    Set<String> properties = new LinkedHashSet<>(strings(error, "propertyName"));
    List<String> words = new ArrayList<>();
    for (PropertyError each : propertyErrors) {
      codes.add(each.code());
      properties.add(each.name());
      words.add(each.words());
    }
    for (JsonNode inner : error.path("errors")) {
      codes.add(inner.path("code").asText(""));
      properties.addAll(strings(inner, "propertyName"));
      propertyErrors(inner.path("message").asText("")).forEach(e -> codes.add(e.code()));
    }
    codes.add(error.path("code").asText(""));
    codes.add(error.path("category").asText(""));
    codes.add(outer.path("category").asText(""));
    properties.remove("");
    String message = words.isEmpty() ? withInnerWords(text, error) : String.join("; ", words);
    return new HubSpotError(
        codeOf(codes, message, status),
        message.isBlank() ? "HubSpot gave no reason" : Redaction.mask(message),
        strings(error, "objectWriteTraceId"),
        lowerCase(strings(error, "ids")),
        properties);
  }

  private static String withInnerWords(String text, JsonNode error) {
    Set<String> words = new LinkedHashSet<>();
    if (!text.isBlank()) {
      words.add(text);
    }
    for (JsonNode inner : error.path("errors")) {
      String word = inner.path("message").asText("");
      if (!word.isBlank()) {
        words.add(word);
      }
    }
    return String.join("; ", words);
  }

  private static RejectCode codeOf(List<String> codes, String message, int status) {
    String words = message.toLowerCase(Locale.ROOT);
    if (words.startsWith(DUPLICATES)) {
      return RejectCode.DUPLICATE_RECORD;
    }
    if (words.startsWith("missing '") && words.contains("permission")) {
      return RejectCode.NOT_ALLOWED;
    }
    for (String code : codes) {
      Optional<RejectCode> known = codeOf(code.toUpperCase(Locale.ROOT));
      if (known.isPresent()) {
        return known.get();
      }
    }
    return switch (status) {
      case 404 -> RejectCode.RECORD_NOT_FOUND;
      case 409 -> RejectCode.ALREADY_EXISTS;
      default -> RejectCode.OTHER;
    };
  }

  private static Optional<RejectCode> codeOf(String code) {
    return switch (code) {
      case "INVALID_EMAIL" -> Optional.of(RejectCode.INVALID_EMAIL);
      case "PROPERTY_DOESNT_EXIST" -> Optional.of(RejectCode.UNKNOWN_FIELD);
      case "MISSING_REQUIRED_PROPERTY", "MISSING_CONDITIONAL_REQUIRED_PROPERTY" ->
          Optional.of(RejectCode.MISSING_REQUIRED_FIELD);
      case "OBJECT_NOT_FOUND" -> Optional.of(RejectCode.RECORD_NOT_FOUND);
      case "CONFLICT", "OBJECT_ALREADY_EXISTS" -> Optional.of(RejectCode.ALREADY_EXISTS);
      default -> codeByFamily(code);
    };
  }

  private static Optional<RejectCode> codeByFamily(String code) {
    if (code.startsWith("READ_ONLY")) {
      return Optional.of(RejectCode.READ_ONLY_FIELD);
    }
    return code.startsWith("INVALID_") ? Optional.of(RejectCode.INVALID_VALUE) : Optional.empty();
  }

  private record PropertyError(String name, String code, String words) {}

  /** HubSpot puts a JSON array as text behind the first colon of the message. */
  private static List<PropertyError> propertyErrors(String message) {
    int colon = message.indexOf(": ");
    if (colon < 0 || !message.startsWith("[", colon + 2)) {
      return List.of();
    }
    List<PropertyError> errors = new ArrayList<>();
    for (JsonNode each : JsonClient.parseOrMissing(message.substring(colon + 2))) {
      String name = each.path("name").asText("");
      String words = each.path("message").asText(each.path("error").asText(""));
      if (words.isEmpty()) {
        // An array of something else, such as the ids of duplicates: the text says it better.
        continue;
      }
      errors.add(
          new PropertyError(
              name, each.path("error").asText(""), name.isEmpty() ? words : name + ": " + words));
    }
    return errors;
  }

  private static Set<String> strings(JsonNode error, String contextKey) {
    Set<String> values = new LinkedHashSet<>();
    JsonNode value = error.path("context").path(contextKey);
    if (value.isTextual()) {
      values.add(value.asText());
    }
    value.forEach(each -> values.add(each.asText()));
    return values;
  }

  private static Set<String> lowerCase(Set<String> values) {
    Set<String> lower = new LinkedHashSet<>();
    values.forEach(value -> lower.add(value.toLowerCase(Locale.ROOT)));
    return lower;
  }
}
