package dev.ripen.sync;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CRM record as the models want it: a row of {@code sql/crm/<destination>.sql} with what the
 * score says of the lead.
 *
 * @param leadId the key of the ledger
 * @param recordId the CRM's id as the warehouse knows it, null if it does not
 * @param email lower case, null if there is none
 * @param fields canonical text (see package dev.ripen.crm), null where the model's value is null
 * @param mqlAt of the latest episode
 * @param reasons one line for people: why he is an MQL
 */
public record WantedRow(
    String leadId,
    @Nullable String recordId,
    @Nullable String email,
    Map<String, @Nullable String> fields,
    boolean isMql,
    @Nullable String level,
    @Nullable Instant mqlAt,
    String reasons) {}
