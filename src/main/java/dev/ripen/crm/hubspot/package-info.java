/**
 * HubSpot contacts behind {@link dev.ripen.crm.Destination}. Decides what HubSpot's answers mean;
 * how they are fetched is the matter of {@code dev.ripen.http}. Facts about HubSpot's behaviour
 * come from its public documentation as of November 2026; every field of an error is treated as
 * optional, as it asks for.
 */
@NullMarked
package dev.ripen.crm.hubspot;

import org.jspecify.annotations.NullMarked;
