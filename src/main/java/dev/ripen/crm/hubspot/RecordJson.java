package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.crm.CrmRecord;
import dev.ripen.crm.CrmTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Records and submissions as HubSpot writes them. Pure. */
final class RecordJson {
  static final String FORM_ID = "form_id";
  static final String FORM_NAME = "form_name";
  static final String PAGE_URL = "page_url";

  private static final String CONTACT_TYPE = "0-1";

  private RecordJson() {}

  /** The property that says when a record was changed; contacts have the older name. */
  static String modifiedProperty(String object) {
    return object.equals("contacts") ? "lastmodifieddate" : "hs_lastmodifieddate";
  }

  static CrmRecord record(CrmTable table, JsonNode node) {
    JsonNode given = node.path("properties");
    Map<String, @Nullable String> properties = new TreeMap<>();
    table.properties().forEach(name -> properties.put(name, text(given.path(name))));
    Instant modified = instant(given.path(modifiedProperty(table.object())));
    return new CrmRecord(
        node.path("id").asText(),
        instant(node.path("createdAt")),
        modified == null ? instant(node.path("updatedAt")) : modified,
        node.path("archived").asBoolean(),
        properties,
        history(table, node.path("propertiesWithHistory")),
        List.of());
  }

  private static List<CrmRecord.Change> history(CrmTable table, JsonNode histories) {
    List<CrmRecord.Change> changes = new ArrayList<>();
    for (String property : table.history()) {
      for (JsonNode change : histories.path(property)) {
        Instant at = instant(change.path("timestamp"));
        if (at != null) {
          changes.add(new CrmRecord.Change(property, text(change.path("value")), at));
        }
      }
    }
    return changes;
  }

  /** What somebody wrote into a form. Fields of the company of a form are left out. */
  static CrmRecord submission(String formId, String formName, JsonNode node) {
    Map<String, @Nullable String> properties = new TreeMap<>();
    for (JsonNode value : node.path("values")) {
      if (value.path("objectTypeId").asText(CONTACT_TYPE).equals(CONTACT_TYPE)) {
        // A field with several choices comes once for each.
        properties.merge(
            value.path("name").asText(), value.path("value").asText(), (a, b) -> a + ";" + b);
      }
    }
    properties.put(FORM_ID, formId);
    properties.put(FORM_NAME, formName);
    properties.put(PAGE_URL, text(node.path("pageUrl")));
    Instant at = instant(node.path("submittedAt"));
    return new CrmRecord(
        submissionId(formId, node), at, at, false, properties, List.of(), List.of());
  }

  /** Its own id; what was submitted before there were such has one made of all that it says. */
  private static String submissionId(String formId, JsonNode node) {
    String id = node.path("conversionId").asText("");
    if (!id.isEmpty()) {
      return id;
    }
    String all =
        formId + '\n' + node.path("submittedAt") + node.path("pageUrl") + node.path("values");
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  private static @Nullable String text(JsonNode value) {
    return value.isMissingNode() || value.isNull() ? null : value.asText();
  }

  /** ISO text or epoch milliseconds; null if it is neither. */
  static @Nullable Instant instant(JsonNode value) {
    String text = value.asText("");
    try {
      if (text.matches("\\d{1,15}")) {
        return Instant.ofEpochMilli(Long.parseLong(text));
      }
      return text.isEmpty() ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
