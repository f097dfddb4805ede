package dev.ripen.crm;

/**
 * Requests since the destination was opened.
 *
 * @param requests all that were sent, retries included
 * @param writes those that could change something
 */
public record TrafficStats(long requests, long writes, long retries, long rateLimited) {}
