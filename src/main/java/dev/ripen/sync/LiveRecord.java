package dev.ripen.sync;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CRM record as it was read for the plan.
 *
 * @param recordId of the record that answers to the key: after a merge another than asked for
 * @param fields canonical text; a field that is empty in the CRM is null or absent
 */
public record LiveRecord(String recordId, Map<String, @Nullable String> fields) {}
