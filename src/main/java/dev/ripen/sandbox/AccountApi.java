package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who the token belongs to. */
final class AccountApi {
  static final int PORTAL_ID = 1000;

  private AccountApi() {}

  static ApiResponse details(ApiRequest request) {
    ObjectNode node = Json.object();
    node.put("portalId", PORTAL_ID);
    node.put("accountType", "STANDARD");
    node.put("timeZone", "UTC");
    node.put("companyCurrency", "USD");
    node.put("utcOffset", "+00:00");
    node.put("utcOffsetMilliseconds", 0);
    node.put("uiDomain", "localhost");
    node.put("dataHostingLocation", "this computer");
    return ApiResponse.ok(node);
  }
}
