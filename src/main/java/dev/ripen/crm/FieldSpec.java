package dev.ripen.crm;

import java.util.List;

/**
 * A field that ripen wants to exist.
 *
 * @param options for an enumeration, in their order
 */
public record FieldSpec(String name, String label, FieldType type, List<String> options) {
  public FieldSpec {
    options = List.copyOf(options);
  }
}
