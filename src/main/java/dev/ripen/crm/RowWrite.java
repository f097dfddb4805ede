package dev.ripen.crm;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row to write.
 *
 * @param seq number in the plan, unique in a run
 * @param recordId for updates
 * @param email for creates and upserts
 * @param fields canonical text, null clears; may hold null values
 */
public record RowWrite(
    long seq,
    @Nullable String recordId,
    @Nullable String email,
    Map<String, @Nullable String> fields) {}
