package dev.ripen.crm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record that a key found.
 *
 * @param key the key that was asked for
 * @param recordId of the record that answers to it (after a merge another than asked for)
 * @param fields canonical text; a field that is empty in the CRM has the value null
 */
public record Match(RecordKey key, String recordId, Map<String, @Nullable String> fields) {}
