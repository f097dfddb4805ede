package dev.ripen.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads ripen's fields of contacts. Call with the store's lock held. */
final class MqlView {
  private final ContactStore store;

  MqlView(ContactStore store) {
    this.store = store;
  }

  boolean isMql(Contact contact) {
    return "true".equals(read(contact, "mql"));
  }

  @Nullable String read(Contact contact, String name) {
    return store.properties().find(name).isPresent() ? store.value(contact, name) : null;
  }

  String text(Contact contact, String name) {
    String value = read(contact, name);
    return value == null ? "" : value;
  }

  /** Epoch milliseconds, if the field holds an instant. */
  Optional<Long> millis(Contact contact, String name) {
    return parse(read(contact, name));
  }

  static Optional<Long> parse(@Nullable String instant) {
    try {
      return instant == null || instant.isEmpty()
          ? Optional.empty()
          : Optional.of(Instant.parse(instant).toEpochMilli());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  List<Reason> reasons(Contact contact) {
    return Reason.parse(read(contact, "mql_reasons_json"), read(contact, "mql_reasons"));
  }

  String name(Contact contact) {
    String name = (text(contact, "firstname") + " " + text(contact, "lastname")).trim();
    if (!name.isEmpty()) {
      return name;
    }
    String email = text(contact, "email");
    return email.isEmpty() ? "Contact " + contact.id() : email;
  }

  /** Whether the last sync made the contact an MQL. */
  boolean isNew(Contact contact) {
    SyncReport last = store.lastSync();
    if (last == null || !isMql(contact)) {
      return false;
    }
    int slot = store.properties().slot("mql");
    return contact.changes().stream()
        .anyMatch(
            change ->
                change.slot() == slot
                    && change.after().equals("true")
                    && change.at() >= last.startedAt()
                    && change.at() <= last.endedAt());
  }

  /** Those who are MQLs, newest first. */
  List<Contact> mqls() {
    return sorted(true);
  }

  /** Those who were MQLs and are not, newest first. */
  List<Contact> formerMqls() {
    return sorted(false);
  }

  private List<Contact> sorted(boolean mql) {
    record Dated(Contact contact, long at) {}
    List<Dated> found = new ArrayList<>();
    for (Contact contact : store.everMql()) {
      if (isMql(contact) == mql) {
        found.add(new Dated(contact, millis(contact, "mql_at").orElse(0L)));
      }
    }
    found.sort(
        Comparator.comparingLong(Dated::at)
            .reversed()
            .thenComparing(dated -> dated.contact().id()));
    return found.stream().map(Dated::contact).toList();
  }
}
