package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All contacts and properties, in memory and on disk. Every call needs the store's monitor: {@code
 * synchronized (store)} around a whole request, so that a batch is one step.
 */
final class ContactStore implements AutoCloseable {
  // A snapshot is rewritten at start only if the journal has grown to a good part of it.
  private static final int JOURNAL_SHARE = 4;
  private static final long FIRST_ID = 101;

  private final DataDirectory directory;
  private final PropertyRegistry properties = new PropertyRegistry();
  private final ContactIndex index = new ContactIndex(properties);
  private final NavigableMap<Long, ArchivedContact> archived = new TreeMap<>();
  private final Map<String, Integer> sourceNumbers = new LinkedHashMap<>();
  private final Map<Integer, String> sources = new HashMap<>();
  private Journal journal;
  private int number;
  private long nextId = FIRST_ID;
  private @Nullable SyncReport lastSync;

  private ContactStore(DataDirectory directory) throws IOException {
    this.directory = directory;
    this.number = directory.latest();
    if (number > 0) {
      Snapshot.read(directory.snapshot(number), this::readHeader, index::add);
    }
    nextId = Math.max(nextId, index.highestId() + 1);
    journal = Journal.open(directory.journal(number), this::apply);
  }

  static ContactStore open(DataDirectory directory) {
    try {
      ContactStore store = new ContactStore(directory);
      Path snapshot = directory.snapshot(store.number);
      long size = Files.exists(snapshot) ? Files.size(snapshot) : 0;
      if (store.journal.size() > size / JOURNAL_SHARE) {
        store.compact();
      }
      return store;
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.STATE_NOT_WRITABLE,
              "the sandbox's data in " + directory.path() + " cannot be read: " + e.getMessage(),
              "delete the directory to start with a fresh sandbox"),
          e);
    }
  }

  /** Writes everything into a new snapshot and starts an empty journal. */
  void compact() throws IOException {
    int next = number + 1;
    Path unfinished = directory.path().resolve("snapshot.tmp");
    Snapshot.write(unfinished, header(), index.all());
    journal.close();
    Files.move(unfinished, directory.snapshot(next), StandardCopyOption.ATOMIC_MOVE);
    number = next;
    journal = Journal.open(directory.journal(next), this::apply);
    directory.removeAllBut(next);
  }

  private ObjectNode header() {
    ObjectNode header = Json.object();
    header.put("nextId", nextId);
    header.set("names", Json.strings(properties.names()));
    header.set("sources", Json.strings(sourceNumbers.keySet()));
    properties.all().forEach(property -> header.withArray("properties").add(property.toJson()));
    ObjectNode groups = header.putObject("groups");
    properties.groups().forEach(groups::put);
    archived.values().forEach(contact -> header.withArray("archived").add(contact.toJson()));
    if (lastSync != null) {
      header.set("lastSync", lastSync.toJson());
    }
    return header;
  }

  private void readHeader(JsonNode header) {
    nextId = header.path("nextId").asLong();
    properties.restore(List.copyOf(Json.texts(header, "names")));
    header.path("sources").forEach(source -> sourceNumber(source.asText()));
    header
        .path("properties")
        .forEach(property -> properties.put(PropertyDefinition.fromJson(property)));
    header
        .path("groups")
        .properties()
        .forEach(g -> properties.groups().put(g.getKey(), g.getValue().asText()));
    header
        .path("archived")
        .forEach(
            contact -> {
              ArchivedContact read = ArchivedContact.fromJson(contact);
              archived.put(read.contact().id(), read);
            });
    lastSync = SyncReport.fromJson(header.path("lastSync"));
  }

  private int sourceNumber(String source) {
    Integer known = sourceNumbers.get(source);
    if (known != null) {
      return known;
    }
    int added = sourceNumbers.size();
    sourceNumbers.put(source, added);
    sources.put(added, source);
    return added;
  }

  /** Makes a change durable, then visible. */
  void commit(JournalEntry entry) {
    try {
      journal.append(entry);
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox's journal cannot be written", e);
    }
    apply(entry);
  }

  private void apply(JournalEntry entry) {
    entry.groups().forEach((name, label) -> properties.groups().put(name, label));
    entry.properties().forEach(properties::put);
    int source = sourceNumber(entry.source());
    for (JournalEntry.Write write : entry.writes()) {
      applyWrite(write, entry.at(), source);
    }
    for (long id : entry.archived()) {
      Contact contact = index.byId(id);
      if (contact != null) {
        index.remove(contact);
        archived.put(id, new ArchivedContact(contact, entry.at()));
      }
    }
    if (entry.isSync()) {
      lastSync = SyncReport.afterWrite(lastSync, entry.runId(), entry.at(), entry.writes().size());
    }
    if (entry.report() != null) {
      lastSync = SyncReport.reported(lastSync, entry.report(), entry.at());
    }
  }

  private void applyWrite(JournalEntry.Write write, long at, int source) {
    Map<Integer, String> bySlot = new TreeMap<>();
    write.set().forEach((name, value) -> bySlot.put(properties.slot(name), value));
    Contact contact = index.byId(write.id());
    if (contact == null) {
      Contact created = new Contact(write.id(), at, at - 1, Packed.EMPTY, Packed.EMPTY);
      created.apply(bySlot, at, source);
      index.add(created);
      nextId = Math.max(nextId, write.id() + 1);
      return;
    }
    boolean moves = index.isFoundBy(write.set().keySet());
    if (moves) {
      index.unlink(contact);
    }
    contact.apply(bySlot, at, source);
    if (moves) {
      index.link(contact);
    }
    index.noteMql(contact);
  }

  /** A contact from a seed: no history, nothing in the journal; {@link #compact} makes it last. */
  void seed(Contact contact) {
    index.add(contact);
    nextId = Math.max(nextId, contact.id() + 1);
  }

  long takeId() {
    return nextId++;
  }

  boolean isEmpty() {
    return index.all().isEmpty();
  }

  PropertyRegistry properties() {
    return properties;
  }

  List<String> uniqueNames() {
    return Stream.concat(Stream.of("email"), properties.uniqueNames()).toList();
  }

  /** Whether it is one of the {@link #uniqueNames}. */
  boolean isUnique(String name) {
    return name.equals("email") || properties.isUnique(name);
  }

  @Nullable SyncReport lastSync() {
    return lastSync;
  }

  String source(int sourceNumber) {
    return sources.getOrDefault(sourceNumber, "");
  }

  @Nullable Contact byId(long id) {
    return index.byId(id);
  }

  /** Also finds the survivor of a merge. */
  @Nullable Contact byAnyId(long id) {
    Contact found = index.byId(id);
    return found == null ? index.byMergedId(id) : found;
  }

  /** By a unique property; an address also finds the contact that has it as an additional one. */
  @Nullable Contact byUnique(String name, String value) {
    return name.equals("email")
        ? index.byEmail(value.toLowerCase(java.util.Locale.ROOT))
        : index.byUnique(name, value);
  }

  Collection<Contact> all() {
    return index.all();
  }

  Collection<Contact> newestFirst() {
    return index.newestFirst();
  }

  NavigableMap<Long, Contact> from(long id) {
    return index.from(id);
  }

  /** Those who were deleted, from an id on. */
  NavigableMap<Long, ArchivedContact> archivedFrom(long id) {
    return archived.tailMap(id, true);
  }

  Collection<Contact> everMql() {
    return index.everMql();
  }

  /** A value as the API reads it; null if empty or never defined. */
  @Nullable String value(Contact contact, String name) {
    return switch (name) {
      case "hs_object_id" -> Long.toString(contact.id());
      case "createdate" -> Instants.text(contact.createdAt());
      case "lastmodifieddate" -> Instants.text(contact.modifiedAt());
      default -> contact.value(properties.slot(name));
    };
  }

  @Override
  public void close() {
    try {
      journal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
