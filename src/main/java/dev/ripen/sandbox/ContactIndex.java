package dev.ripen.sandbox;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds contacts by id, address, other unique values, and those that ever were MQLs. */
final class ContactIndex {
  private static final Set<String> LOOKUPS =
      Set.of("email", "hs_additional_emails", "hs_merged_object_ids");

  private final PropertyRegistry properties;
  private final TreeMap<Long, Contact> byId = new TreeMap<>();
  private final Map<String, Contact> byEmail = new HashMap<>();
  private final Map<Long, Contact> byMergedId = new HashMap<>();
  private final Map<String, Map<String, Contact>> byUnique = new HashMap<>();
  private final Set<Contact> everMql = new HashSet<>();

  ContactIndex(PropertyRegistry properties) {
    this.properties = properties;
  }

  void add(Contact contact) {
    byId.put(contact.id(), contact);
    link(contact);
    int mql = properties.slot("mql");
    if (contact.packedHistory().length > 0
        && contact.changes().stream()
            .anyMatch(change -> change.slot() == mql && change.after().equals("true"))) {
      everMql.add(contact);
    }
  }

  void remove(Contact contact) {
    unlink(contact);
    byId.remove(contact.id());
    everMql.remove(contact);
  }

  /** Forgets the values that find a contact, before they change. */
  void unlink(Contact contact) {
    addresses(contact).forEach(address -> byEmail.remove(address, contact));
    merged(contact).forEach(id -> byMergedId.remove(id, contact));
    properties
        .uniqueNames()
        .forEach(
            name -> {
              String value = contact.value(properties.slot(name));
              if (value != null) {
                byUnique.computeIfAbsent(name, any -> new HashMap<>()).remove(value, contact);
              }
            });
  }

  /** Takes up the values that find a contact. */
  void link(Contact contact) {
    addresses(contact).forEach(address -> byEmail.put(address, contact));
    merged(contact).forEach(id -> byMergedId.put(id, contact));
    properties
        .uniqueNames()
        .forEach(
            name -> {
              String value = contact.value(properties.slot(name));
              if (value != null) {
                byUnique.computeIfAbsent(name, any -> new HashMap<>()).put(value, contact);
              }
            });
    noteMql(contact);
  }

  /** Remembers those who are MQLs. */
  void noteMql(Contact contact) {
    if ("true".equals(contact.value(properties.slot("mql")))) {
      everMql.add(contact);
    }
  }

  /** Whether a contact is found by one of these properties. */
  boolean isFoundBy(Set<String> names) {
    for (String name : names) {
      if (LOOKUPS.contains(name) || properties.isUnique(name)) {
        return true;
      }
    }
    return false;
  }

  private Set<String> addresses(Contact contact) {
    Set<String> addresses = new HashSet<>(parts(contact, "hs_additional_emails"));
    String primary = contact.value(properties.slot("email"));
    if (primary != null) {
      addresses.add(primary);
    }
    return addresses;
  }

  private Set<Long> merged(Contact contact) {
    Set<Long> ids = new HashSet<>();
    parts(contact, "hs_merged_object_ids").forEach(id -> ids.add(Long.parseLong(id)));
    return ids;
  }

  private Set<String> parts(Contact contact, String name) {
    String value = contact.value(properties.slot(name));
    return value == null ? Set.of() : Set.of(value.split(";", -1));
  }

  @Nullable Contact byId(long id) {
    return byId.get(id);
  }

  @Nullable Contact byMergedId(long id) {
    return byMergedId.get(id);
  }

  @Nullable Contact byEmail(String address) {
    return byEmail.get(address);
  }

  @Nullable Contact byUnique(String name, String value) {
    return byUnique.getOrDefault(name, Map.of()).get(value);
  }

  /** In the order of ids. */
  Collection<Contact> all() {
    return byId.values();
  }

  /** The highest id first. */
  Collection<Contact> newestFirst() {
    return byId.descendingMap().values();
  }

  /** From an id on, in the order of ids. */
  NavigableMap<Long, Contact> from(long id) {
    return byId.tailMap(id, true);
  }

  Collection<Contact> everMql() {
    return everMql;
  }

  long highestId() {
    return byId.isEmpty() ? 0 : byId.lastKey();
  }
}
