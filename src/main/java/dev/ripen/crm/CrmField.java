package dev.ripen.crm;

import java.util.List;

/**
 * A field as the CRM has it.
 *
 * @param options internal values of an enumeration in their order, else empty
 */
public record CrmField(
    String name, String label, FieldType type, boolean readOnly, List<String> options) {
  public CrmField {
    options = List.copyOf(options);
  }
}
