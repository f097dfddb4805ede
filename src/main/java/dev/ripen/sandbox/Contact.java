package dev.ripen.sandbox;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A contact in memory: packed values and packed history. Guarded by the store's lock. */
final class Contact {
  private final long id;
  private final long createdAt;
  private long modifiedAt;
  private byte[] values;
  private byte[] history;

  Contact(long id, long createdAt, long modifiedAt, byte[] values, byte[] history) {
    this.id = id;
    this.createdAt = createdAt;
    this.modifiedAt = modifiedAt;
    this.values = values;
    this.history = history;
  }

  /**
   * A value that changed.
   *
   * @param slot of the property
   * @param at epoch milliseconds
   * @param source index of who wrote it
   * @param before empty if there was none
   * @param after empty if it was cleared
   */
  record Change(int slot, long at, int source, String before, String after) {}

  long id() {
    return id;
  }

  long createdAt() {
    return createdAt;
  }

  long modifiedAt() {
    return modifiedAt;
  }

  byte[] packedValues() {
    return values;
  }

  byte[] packedHistory() {
    return history;
  }

  @Nullable String value(int slot) {
    return Packed.get(values, slot);
  }

  /** Sets values, an empty one clears, and keeps what changed in the history. */
  void apply(Map<Integer, String> wanted, long at, int source) {
    Map<Integer, String> all = Packed.unpack(values);
    ByteArrayOutputStream grown = new ByteArrayOutputStream(history.length + 64);
    grown.writeBytes(history);
    wanted.forEach(
        (slot, after) -> {
          String before = after.isEmpty() ? all.remove(slot) : all.put(slot, after);
          if (!after.equals(before == null ? "" : before)) {
            write(grown, new Change(slot, at, source, before == null ? "" : before, after));
          }
        });
    values = Packed.pack(all);
    history = grown.toByteArray();
    // A reader that pages by lastmodifieddate must see each write, also two in one millisecond.
    modifiedAt = Math.max(at, modifiedAt + 1);
  }

  private static void write(ByteArrayOutputStream out, Change change) {
    Packed.number(out, change.slot);
    Packed.number(out, change.at);
    Packed.number(out, change.source);
    Packed.text(out, change.before);
    Packed.text(out, change.after);
  }

  /** Oldest first. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    Packed.Reader in = new Packed.Reader(history);
    while (in.hasMore()) {
      changes.add(new Change(in.number(), in.bigNumber(), in.number(), in.text(), in.text()));
    }
    return changes;
  }
}
