package dev.ripen.sandbox;

import java.time.Instant;

/**
 * One API request as the sandbox saw it.
 *
 * @param path without query
 * @param status of the answer; 0 if the connection was cut or left without one
 * @param millis from arrival to answer
 * @param rows inputs of a batch, else 0
 * @param at when it arrived, by the sandbox's clock
 */
public record LoggedRequest(
    String method, String path, int status, long millis, int rows, Instant at) {}
