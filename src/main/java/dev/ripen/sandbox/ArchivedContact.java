package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/**
 * A contact that was deleted.
 *
 * @param at epoch milliseconds
 */
record ArchivedContact(Contact contact, long at) {

  ObjectNode toJson() {
    return Json.object()
        .put("id", contact.id())
        .put("created", contact.createdAt())
        .put("modified", contact.modifiedAt())
        .put("values", Base64.getEncoder().encodeToString(contact.packedValues()))
        .put("at", at);
  }

  static ArchivedContact fromJson(JsonNode node) {
    return new ArchivedContact(
        new Contact(
            node.path("id").asLong(),
            node.path("created").asLong(),
            node.path("modified").asLong(),
            Base64.getDecoder().decode(node.path("values").asText()),
            Packed.EMPTY),
        node.path("at").asLong());
  }
}
