/**
 * HTTP with JSON for talking to other people's services: timeouts, pacing, backing off, and nothing
 * secret in any message. Knows no CRM; an adapter decides what an answer means.
 */
@NullMarked
package dev.ripen.http;

import org.jspecify.annotations.NullMarked;
