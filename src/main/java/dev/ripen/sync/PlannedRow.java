package dev.ripen.sync;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen with one CRM record.
 *
 * @param seq number in the plan from 1; 0 until {@link PlanWriter} numbers it
 * @param recordId of an update; null for a create, or when nothing was looked up
 * @param fields what changes, by field, in the order of the configuration; empty unless the action
 *     is create or update
 * @param reasons for people, why it is written and what was left alone
 * @param after what the ledger holds once this is done; of a row that is skipped it means nothing
 * @param content fingerprint of what was wanted, for {@link KnownReject}
 * @param drift fields that somebody edited in the CRM since they were acknowledged, with the CRM's
 *     values; only where the CRM was read
 */
public record PlannedRow(
    long seq,
    PlanAction action,
    @Nullable SkipReason skipReason,
    String leadId,
    @Nullable String recordId,
    @Nullable String email,
    Map<String, FieldChange> fields,
    List<String> reasons,
    Acknowledged after,
    String content,
    Map<String, @Nullable String> drift) {
  public PlannedRow {
    drift = Collections.unmodifiableMap(new LinkedHashMap<>(drift));
    // Not Map.copyOf: it would lose the order.
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    reasons = List.copyOf(reasons);
  }

  PlannedRow numbered(long number) {
    return new PlannedRow(
        number,
        action,
        skipReason,
        leadId,
        recordId,
        email,
        fields,
        reasons,
        after,
        content,
        drift);
  }

  /** The same row, not sent after all. */
  PlannedRow skipped(SkipReason reason) {
    return new PlannedRow(
        0,
        PlanAction.SKIPPED,
        reason,
        leadId,
        recordId,
        email,
        Map.of(),
        List.of(reason.text()),
        after,
        content,
        Map.of());
  }
}
