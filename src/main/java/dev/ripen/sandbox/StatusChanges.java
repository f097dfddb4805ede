package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What sales says about an MQL on the page: sets the lead status and appends a line that the next
 * ripen run reads as a source.
 */
final class StatusChanges {
  /** How the history names who wrote; the reason may follow. */
  static final String SOURCE = "sales (you)";

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Map<String, String> LEAD_STATUS =
      Map.of("accepted", "IN_PROGRESS", "recycled", "BAD_TIMING", "disqualified", "UNQUALIFIED");

  private final ContactStore store;
  private final Path file;
  private final Clock clock;
  private final Supplier<Instant> statusTime;

  StatusChanges(ContactStore store, Path file, Clock clock, Supplier<Instant> statusTime) {
    this.store = store;
    this.file = file;
    this.clock = clock;
    this.statusTime = statusTime;
  }

  /** Call with the store's lock held. */
  ObjectNode change(String id, JsonNode wanted) {
    String status = Json.text(wanted, "status", "");
    String leadStatus = LEAD_STATUS.get(status);
    if (leadStatus == null) {
      throw ApiException.validation("status must be accepted, recycled or disqualified");
    }
    long number = BatchApi.recordId(id);
    Contact contact = number < 0 ? null : store.byAnyId(number);
    if (contact == null) {
      throw ApiException.notFound("There is no contact " + id);
    }
    String reason = Json.text(wanted, "reason", "").trim();
    ObjectNode line = Json.object();
    line.put("contact_id", Long.toString(contact.id()));
    line.put("status", status);
    line.put("reason", reason);
    line.put("occurred_at", MICROS.format(statusTime.get()));
    append(line);
    store.commit(
        JournalEntry.writes(
            clock.millis(),
            reason.isEmpty() ? SOURCE : SOURCE + ": " + reason,
            null,
            false,
            List.of(
                new JournalEntry.Write(
                    contact.id(), false, Map.of("hs_lead_status", leadStatus)))));
    return line;
  }

  private void append(ObjectNode line) {
    String text = new String(Json.bytes(line), StandardCharsets.UTF_8) + "\n";
    try {
      Files.writeString(
          file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("the status changes cannot be written", e);
    }
  }
}
