package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what one request's writes would store; changes nothing. One per request, so that two
 * inputs cannot take the same address. Call with the store's lock held.
 *
 * <p>{@code lifecyclestage} only goes forward: a backward write is accepted and ignored, which is
 * how HubSpot answers (a 200 whose echo is the old stage).
 */
final class WritePlanner {
  private final ContactStore store;
  private final ApiVersion version;
  private final long now;
  private final Set<String> claimed = new HashSet<>();

  WritePlanner(ContactStore store, ApiVersion version, long now) {
    this.store = store;
    this.version = version;
    this.now = now;
  }

  /**
   * @param target null to create
   * @throws ApiException if the input must be refused
   */
  Planned plan(@Nullable Contact target, Map<String, String> wanted) {
    Map<String, String> set = new LinkedHashMap<>();
    List<PropertyError> errors = new ArrayList<>();
    ArrayNode warnings = Json.array();
    wanted.forEach((name, raw) -> judge(target, name, raw, set, errors, warnings));
    if (!errors.isEmpty()) {
      throw ApiException.invalidProperties(errors);
    }
    Set<String> asked = new LinkedHashSet<>(set.keySet());
    claimUniqueValues(target, set);
    moveStage(target, set);
    return new Planned(target, set, asked, warnings, null);
  }

  private void judge(
      @Nullable Contact target,
      String name,
      String raw,
      Map<String, String> set,
      List<PropertyError> errors,
      ArrayNode warnings) {
    Optional<PropertyDefinition> property = store.properties().find(name);
    if (property.isEmpty()) {
      String message = "Property \"" + name + "\" does not exist";
      errors.add(new PropertyError(name, "PROPERTY_DOESNT_EXIST", message));
      return;
    }
    String whole = appended(target, property.get(), raw);
    ValueRules.Verdict verdict = ValueRules.judge(property.get(), whole, version);
    if (verdict.error() != null) {
      errors.add(verdict.error());
      return;
    }
    set.put(name, verdict.stored());
    if (verdict.normalised()) {
      warnings.add(warning(name, raw, verdict.stored()));
    }
  }

  /** A leading semicolon adds to the check boxes that are ticked instead of replacing them. */
  private String appended(@Nullable Contact target, PropertyDefinition property, String raw) {
    if (!raw.startsWith(";") || !property.fieldType().equals("checkbox")) {
      return raw;
    }
    String before = target == null ? null : store.value(target, property.name());
    Set<String> parts = new LinkedHashSet<>();
    if (before != null) {
      parts.addAll(List.of(before.split(";", -1)));
    }
    parts.addAll(List.of(raw.substring(1).split(";", -1)));
    return String.join(";", parts);
  }

  private static ObjectNode warning(String name, String raw, String stored) {
    ObjectNode warning = Json.object();
    warning.put("category", "PROPERTY_VALUE_NORMALIZED");
    warning.put("message", "The value of property \"" + name + "\" was normalized");
    ObjectNode context = warning.putObject("context");
    context.set("propertyName", Json.strings(List.of(name)));
    context.set("rawValue", Json.strings(List.of(raw)));
    context.set("normalizedValue", Json.strings(List.of(stored)));
    return warning;
  }

  private void claimUniqueValues(@Nullable Contact target, Map<String, String> set) {
    for (Map.Entry<String, String> written : set.entrySet()) {
      String name = written.getKey();
      String value = written.getValue();
      if (value.isEmpty() || !store.isUnique(name)) {
        continue;
      }
      Contact holder = store.byUnique(name, value);
      if (holder != null && holder != target) {
        throw ApiException.conflict(holder.id());
      }
      if (holder == null && !claimed.add(name + "=" + value)) {
        throw new ApiException(
            409, "CONFLICT", "Another input of this batch already has that value", Map.of());
      }
    }
  }

  private void moveStage(@Nullable Contact target, Map<String, String> set) {
    String wanted = set.get("lifecyclestage");
    String current = target == null ? null : store.value(target, "lifecyclestage");
    if (wanted == null || wanted.isEmpty() || wanted.equals(current)) {
      return;
    }
    if (current != null && rank(wanted) < rank(current)) {
      set.remove("lifecyclestage");
      return;
    }
    String entered = PropertyRegistry.enteredDate(wanted);
    if (store.properties().find(entered).isPresent()) {
      set.put(entered, Instants.text(now));
    }
  }

  /** Accounts may have other stages; their order is that of the options. */
  private int rank(String stage) {
    List<PropertyDefinition.Option> options =
        store.properties().find("lifecyclestage").orElseThrow().options();
    for (int i = 0; i < options.size(); i++) {
      if (options.get(i).value().equals(stage)) {
        return i;
      }
    }
    return -1;
  }
}
