package dev.ripen.scoring;

import dev.ripen.scoring.FoldState.SignalKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The signals that a fold has taken, each key with the time at which it was first seen. Plain
 * arrays: a night reads and writes everybody's, and asks for none or few of them.
 */
final class SeenSignals {
  /** So many are looked through one by one. */
  private static final int FEW = 16;

  /** The few that a night brings, beside those of a state. */
  private static final int ROOM = 2;

  /** What a written signal takes: three small numbers and an id. */
  private static final int LEAST_BYTES = 3 + Long.BYTES;

  private static final int FREE = -1;
  private static final int[] NOT_MADE = {};

  private int[] names;
  private long[] visitors;
  private long[] events;
  private long[] times;
  private int size;

  /** Whether the places are in the order of {@link Entry}. */
  private boolean isSorted = true;

  /**
   * Places by hash, twice as many as there may be signals; empty: not made. Who only asks makes it,
   * too, perhaps in several threads at once: hence volatile.
   */
  private volatile int[] index = NOT_MADE;

  /** The order in which signals are written. */
  private record Entry(long at, int name, long event, long visitor) implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      if (at != other.at) {
        return Long.compare(at, other.at);
      }
      if (name != other.name) {
        return Integer.compare(name, other.name);
      }
      return event != other.event
          ? Long.compare(event, other.event)
          : Long.compare(visitor, other.visitor);
    }
  }

  SeenSignals() {
    this(0);
  }

  private SeenSignals(int room) {
    names = new int[room];
    visitors = new long[room];
    events = new long[room];
    times = new long[room];
  }

  SeenSignals copy() {
    SeenSignals copy = new SeenSignals(names.length);
    for (int i = 0; i < size; i++) {
      copy.append(names[i], visitors[i], events[i], times[i]);
    }
    return copy;
  }

  int size() {
    return size;
  }

  int name(int place) {
    return names[place];
  }

  long visitor(int place) {
    return visitors[place];
  }

  long at(int place) {
    return times[place];
  }

  /** Where a signal is; −1 if it has not been seen. */
  int find(SignalKey key) {
    if (size <= FEW) {
      for (int i = 0; i < size; i++) {
        if (isAt(i, key)) {
          return i;
        }
      }
      return FREE;
    }
    int[] places = madeIndex();
    int slot = slot(key.name(), key.visitor(), key.event(), places);
    while (places[slot] != FREE && !isAt(places[slot], key)) {
      slot = (slot + 1) & (places.length - 1);
    }
    return places[slot];
  }

  /** Whether it had not been seen. */
  boolean add(SignalKey key, long atMicros) {
    if (find(key) >= 0) {
      return false;
    }
    append(key.name(), key.visitor(), key.event(), atMicros);
    return true;
  }

  /** Adds a signal that is not among them. */
  void append(int name, long visitor, long event, long atMicros) {
    if (size == names.length) {
      resize(Math.max(8, Math.multiplyExact(size, 2)));
    }
    names[size] = name;
    visitors[size] = visitor;
    events[size] = event;
    times[size] = atMicros;
    isSorted = isSorted && (size == 0 || comesAfter(size));
    size++;
    if (index.length > 0) {
      putInto(index, size - 1);
    }
  }

  /** The same, whatever the order in which they came. */
  void write(StateOutput out) {
    SeenSignals sorted = sorted();
    VisitorNumbers numbers = new VisitorNumbers();
    for (int i = 0; i < size; i++) {
      numbers.of(sorted.visitors[i]);
    }
    out.integer(numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      out.number(numbers.visitor(i));
    }
    out.integer(size);
    long last = 0;
    for (int i = 0; i < size; i++) {
      out.integer(sorted.names[i]);
      out.integer(numbers.of(sorted.visitors[i]));
      out.number(sorted.events[i]);
      out.difference(sorted.times[i] - last);
      last = sorted.times[i];
    }
  }

  /** Adds what was written. */
  void read(StateInput in) {
    long[] written = new long[in.size(Long.BYTES)];
    for (int i = 0; i < written.length; i++) {
      written[i] = in.number();
    }
    int more = in.size(LEAST_BYTES);
    resize(Math.addExact(size, more + ROOM));
    long last = 0;
    for (int i = 0; i < more; i++) {
      int name = in.integer();
      int visitor = in.integer();
      if (visitor >= written.length) {
        throw StateInput.damaged("a visitor is missing");
      }
      long event = in.number();
      last += in.difference();
      append(name, written[visitor], event, last);
    }
  }

  private SeenSignals sorted() {
    if (isSorted) {
      return this;
    }
    List<Entry> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(new Entry(times[i], names[i], events[i], visitors[i]));
    }
    Collections.sort(entries);
    SeenSignals sorted = new SeenSignals(size);
    for (Entry entry : entries) {
      sorted.append(entry.name, entry.visitor, entry.event, entry.at);
    }
    return sorted;
  }

  private boolean comesAfter(int place) {
    int before = place - 1;
    return times[place] > times[before]
        || (times[place] == times[before]
            && new Entry(times[before], names[before], events[before], visitors[before])
                    .compareTo(
                        new Entry(times[place], names[place], events[place], visitors[place]))
                < 0);
  }

  private boolean isAt(int place, SignalKey key) {
    return events[place] == key.event()
        && visitors[place] == key.visitor()
        && names[place] == key.name();
  }

  private void resize(int room) {
    names = Arrays.copyOf(names, room);
    visitors = Arrays.copyOf(visitors, room);
    events = Arrays.copyOf(events, room);
    times = Arrays.copyOf(times, room);
    index = NOT_MADE;
  }

  private int[] madeIndex() {
    int[] places = index;
    if (places.length == 0) {
      places = new int[Integer.highestOneBit(names.length) * 4];
      Arrays.fill(places, FREE);
      for (int i = 0; i < size; i++) {
        putInto(places, i);
      }
      index = places;
    }
    return places;
  }

  private void putInto(int[] places, int place) {
    int slot = slot(names[place], visitors[place], events[place], places);
    while (places[slot] != FREE) {
      slot = (slot + 1) & (places.length - 1);
    }
    places[slot] = place;
  }

  /** Ids are hashes already. */
  private static int slot(int name, long visitor, long event, int[] places) {
    long hash = event ^ Long.rotateLeft(visitor, 32) ^ (name * 0x9e3779b97f4a7c15L);
    return (int) (hash >>> 32 ^ hash) & (places.length - 1);
  }
}
