package dev.ripen.crm.hubspot;

import dev.ripen.crm.RejectCode;
import java.util.Set;

/**
 * One complaint of HubSpot's, about the rows that it names, if it names any.
 *
 * @param message HubSpot's words without mail addresses
 * @param traceIds of the inputs that it concerns
 * @param ids record ids or lower-case mail addresses that it concerns
 * @param properties names of the properties that it concerns
 */
record HubSpotError(
    RejectCode code,
    String message,
    Set<String> traceIds,
    Set<String> ids,
    Set<String> properties) {
  /** Whether every row with these properties will be refused, whatever the values. */
  boolean concernsFieldsAsSuch() {
    return !properties.isEmpty()
        && (code == RejectCode.UNKNOWN_FIELD || code == RejectCode.READ_ONLY_FIELD);
  }
}
