package dev.ripen.crm;

import java.util.List;

/**
 * Records of a CRM as a table.
 *
 * @param object what the CRM calls them, in the plural: contacts, deals …
 * @param properties to read, by the CRM's names; each becomes a column
 * @param history properties of which every earlier value is read, too
 */
public record CrmTable(String object, List<String> properties, List<String> history) {
  public CrmTable {
    properties = List.copyOf(properties);
    history = List.copyOf(history);
  }
}
