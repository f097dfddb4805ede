package dev.ripen.crm.hubspot;

import dev.ripen.crm.hubspot.HubSpotApi.Effect;
import dev.ripen.http.JsonReply;
import dev.ripen.http.JsonRequest;
import dev.ripen.http.RollingWindow;
import dev.ripen.http.Sleeper;
import dev.ripen.problem.ProblemException;
import java.time.Clock;
import java.time.Duration;

/** Calls that only read: a refusal is a problem, and searches have a pace of their own. */
final class ReadingApi {
  // Five a second for the whole account (reference, read 2026-11-22); one is left to others.
  private static final int SEARCHES = 4;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final HubSpotApi api;
  private final RollingWindow searches;

  ReadingApi(HubSpotApi api, Clock clock, Sleeper sleeper) {
    this.api = api;
    this.searches = new RollingWindow(SEARCHES, SECOND, clock, sleeper);
  }

  JsonReply search(JsonRequest request) {
    RollingWindow.Slot slot = searches.acquire();
    try {
      return read(request);
    } finally {
      slot.over();
    }
  }

  /** The answer, or one without results where HubSpot knows nothing of what was asked for. */
  JsonReply read(JsonRequest request) {
    JsonReply reply = api.call(request, Effect.READS);
    boolean nothing =
        reply.status() == 404 && reply.body().path("category").asText().equals("OBJECT_NOT_FOUND");
    boolean answered = reply.isSuccess() && reply.body().path("results").isArray();
    if (!answered && !nothing) {
      throw new ProblemException(api.rules().refused(request, reply));
    }
    return reply;
  }
}
