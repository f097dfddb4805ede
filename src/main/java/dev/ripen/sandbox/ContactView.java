package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A contact as the API shows it. Call with the store's lock held. */
final class ContactView {
  private static final List<String> ALWAYS =
      List.of("createdate", "hs_object_id", "lastmodifieddate");
  static final List<String> DEFAULTS = List.of("email", "firstname", "lastname");

  private final ContactStore store;

  ContactView(ContactStore store) {
    this.store = store;
  }

  /** Names that no property has are left out without a word; empty ones are null. */
  ObjectNode show(Contact contact, Set<String> asked) {
    ObjectNode node = Json.object();
    node.put("id", Long.toString(contact.id()));
    ObjectNode properties = node.putObject("properties");
    Set<String> names = new LinkedHashSet<>(asked);
    names.addAll(ALWAYS);
    for (String name : names) {
      if (store.properties().find(name).isPresent()) {
        properties.put(name, store.value(contact, name));
      }
    }
    node.put("createdAt", Instants.text(contact.createdAt()));
    node.put("updatedAt", Instants.text(contact.modifiedAt()));
    node.put("archived", false);
    return node;
  }

  ObjectNode showArchived(ArchivedContact archived, Set<String> asked) {
    ObjectNode node = show(archived.contact(), asked);
    node.put("archived", true);
    node.put("archivedAt", Instants.text(archived.at()));
    return node;
  }

  ObjectNode showWithHistory(Contact contact, Set<String> asked, Set<String> withHistory) {
    Set<String> all = new LinkedHashSet<>(asked);
    all.addAll(withHistory);
    ObjectNode node = show(contact, all);
    if (withHistory.isEmpty()) {
      return node;
    }
    ObjectNode histories = node.putObject("propertiesWithHistory");
    List<Contact.Change> changes = contact.changes();
    for (String name : withHistory) {
      if (store.properties().find(name).isPresent()) {
        history(histories.putArray(name), changes, store.properties().slot(name));
      }
    }
    return node;
  }

  private void history(ArrayNode into, List<Contact.Change> changes, int slot) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      Contact.Change change = changes.get(i);
      if (change.slot() == slot) {
        ObjectNode item = into.addObject();
        item.put("value", change.after());
        item.put("timestamp", Instants.text(change.at()));
        item.put("sourceType", "INTEGRATION");
        item.put("sourceId", store.source(change.source()));
      }
    }
  }
}
