package dev.ripen.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contacts that the built-in CRM starts with, one JSON object a line: the same people under the
 * same ids as in the warehouse, without what was merged away or deleted.
 */
final class CrmSeed implements AutoCloseable {
  private final JsonGenerator json;
  private long records;

  CrmSeed(Path file) throws IOException {
    this.json = new JsonFactory().createGenerator(Files.newBufferedWriter(file));
    json.setRootValueSeparator(new SerializedString("\n"));
  }

  long records() {
    return records;
  }

  void write(Person person, long createdMicros, String stage) {
    try {
      json.writeStartObject();
      json.writeStringField("id", Long.toString(person.id()));
      json.writeStringField("email", person.email());
      list("additionalEmails", person.otherEmails());
      list("mergedIds", person.absorbed().stream().map(String::valueOf).toList());
      json.writeObjectFieldStart("properties");
      property("firstname", person.firstName());
      property("lastname", person.lastName());
      property("company", person.companyName());
      property("jobtitle", person.jobTitle());
      property("country", person.country().title);
      // HubSpot keeps milliseconds.
      property(
          "createdate",
          Instant.EPOCH
              .plus(createdMicros, ChronoUnit.MICROS)
              .truncatedTo(ChronoUnit.MILLIS)
              .toString());
      property("lifecyclestage", stage);
      json.writeEndObject();
      json.writeEndObject();
      records++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void list(String name, List<String> values) throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private void property(String name, @Nullable String value) throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  @Override
  public void close() throws IOException {
    if (records > 0) {
      json.writeRaw('\n');
    }
    json.close();
  }
}
