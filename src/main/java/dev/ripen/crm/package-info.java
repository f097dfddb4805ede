/**
 * What ripen asks of a CRM. One SPI, {@link dev.ripen.crm.Destination}; adapters are sub-packages.
 * Values travel as canonical text: {@code true}/{@code false}, plain decimal digits, {@code
 * 2026-11-05} for dates, {@code 2026-11-05T09:33:00.000Z} for instants, null for empty. An adapter
 * turns them into its CRM's format and back. What is read of a CRM as a source, {@link
 * dev.ripen.crm.CrmRecord}, is as the CRM writes it.
 */
@NullMarked
package dev.ripen.crm;

import org.jspecify.annotations.NullMarked;
