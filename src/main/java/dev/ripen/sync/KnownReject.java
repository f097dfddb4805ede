package dev.ripen.sync;

import dev.ripen.crm.RejectCode;

/**
 * The last refusal of a lead's row by the CRM.
 *
 * @param content fingerprint of what was wanted then ({@link PlannedRow#content()})
 * @param definition fingerprint of the rules then
 */
public record KnownReject(String content, String definition, RejectCode code) {}
