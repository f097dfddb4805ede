package dev.ripen.crm.hubspot;

import dev.ripen.http.HttpTimeouts;
import dev.ripen.http.JsonClient;
import dev.ripen.http.JsonRequest;
import dev.ripen.sandbox.SandboxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;

/** What somebody does in the CRM that ripen never does. */
public final class HubSpotSandboxEdits implements AutoCloseable {
  private final SandboxServer server;
  private final JsonClient client = new JsonClient(HttpTimeouts.DEFAULT, 1, Map.of());

  public HubSpotSandboxEdits(SandboxServer server) {
    this.server = server;
  }

  /** Deletes a contact. */
  public void archive(String id) {
    HttpUrl url =
        HttpUrl.get(server.uri().toString())
            .newBuilder()
            .addPathSegments("crm/objects/2026-09/contacts/" + id)
            .build();
    try {
      var unused = client.send(new JsonRequest("DELETE", url, null, Set.of()), "sandbox");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
