package dev.ripen.sync;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the CRM last acknowledged for a lead.
 *
 * @param fields canonical text as last acknowledged
 * @param isMql and {@code level}: as they were then; a change of them always writes
 * @param episodeMqlAt {@code mql_at} of the episode whose on-qualification fields were written
 */
public record LedgerRow(
    String leadId,
    String recordId,
    Map<String, @Nullable String> fields,
    boolean isMql,
    @Nullable String level,
    @Nullable Instant episodeMqlAt,
    Instant acknowledgedAt,
    String runId) {}
