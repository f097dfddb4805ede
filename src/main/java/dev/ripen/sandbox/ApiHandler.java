package dev.ripen.sandbox;

/** One operation of the API, behind the gate. */
@FunctionalInterface
interface ApiHandler {
  ApiResponse handle(ApiRequest request);
}
