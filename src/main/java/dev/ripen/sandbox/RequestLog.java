package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** The latest API requests, and how many there were in all. Thread-safe. */
final class RequestLog {
  private static final int KEPT = 20_000;

  private final Deque<LoggedRequest> entries = new ArrayDeque<>();
  private long total;

  synchronized void add(LoggedRequest entry) {
    total++;
    entries.addLast(entry);
    if (entries.size() > KEPT) {
      entries.removeFirst();
    }
  }

  /** Oldest first. */
  synchronized List<LoggedRequest> all() {
    return List.copyOf(entries);
  }

  synchronized void clear() {
    entries.clear();
    total = 0;
  }

  /** Newest first. */
  synchronized ObjectNode toJson(int most, DisplayTime time) {
    ObjectNode node = Json.object();
    node.put("total", total);
    ArrayNode requests = node.putArray("requests");
    Iterator<LoggedRequest> newest = entries.descendingIterator();
    while (newest.hasNext() && requests.size() < most) {
      LoggedRequest entry = newest.next();
      ObjectNode item = requests.addObject();
      item.put("method", entry.method());
      item.put("path", entry.path());
      item.put("status", entry.status());
      item.put("ms", entry.millis());
      item.put("rows", entry.rows());
      item.put("when", Instants.text(entry.at().toEpochMilli()));
      item.put("whenText", time.withSeconds(entry.at().toEpochMilli()));
    }
    return node;
  }
}
