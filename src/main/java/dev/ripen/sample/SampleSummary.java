package dev.ripen.sample;

import java.util.SortedMap;

/**
 * What was written.
 *
 * @param contacts rows of {@code hubspot.contact}, merged and deleted ones included
 * @param events delivered rows of all event tables, repeated deliveries included; identifies are
 *     none
 * @param crmRecords lines of the CRM seed
 * @param rows by table, such as {@code segment.pages}
 */
public record SampleSummary(
    long contacts, long events, long crmRecords, SortedMap<String, Long> rows) {}
