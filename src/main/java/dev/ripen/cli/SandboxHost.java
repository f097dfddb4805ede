package dev.ripen.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.config.DestinationSettings;
import dev.ripen.config.Project;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The built-in CRM of a project: the one whose page somebody has open, else one of our own. */
final class SandboxHost implements AutoCloseable {
  static final String TOKEN = "sandbox";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String baseUrl;
  private final Optional<SandboxServer> own;
  private final OkHttpClient client;

  private SandboxHost(String baseUrl, Optional<SandboxServer> own, OkHttpClient client) {
    this.baseUrl = baseUrl;
    this.own = own;
    this.client = client;
  }

  /** Where a project's sandbox keeps its data. */
  static Path data(Project project) {
    return project.directory().resolve(".ripen").resolve("sandbox");
  }

  /** Contacts that an empty sandbox starts with, if there is such a file. */
  static Path seed(Project project) {
    return project.directory().resolve(".ripen").resolve("sample").resolve("crm.jsonl");
  }

  static SandboxHost reach(Project project, DestinationSettings settings) {
    OkHttpClient client = new OkHttpClient.Builder().connectTimeout(Duration.ofSeconds(2)).build();
    String url = "http://127.0.0.1:" + settings.sandboxPort();
    if (isSandboxOf(client, url, data(project))) {
      return new SandboxHost(url, Optional.empty(), client);
    }
    int port = isFree(settings.sandboxPort()) ? settings.sandboxPort() : 0;
    SandboxServer server = start(project, port);
    return new SandboxHost("http://127.0.0.1:" + server.port(), Optional.of(server), client);
  }

  static SandboxServer start(Project project, int port) {
    Supplier<Instant> statusTime =
        project.asOf().<Supplier<Instant>>map(asOf -> () -> asOf).orElse(Instant::now);
    SandboxOptions options =
        SandboxOptions.in(data(project))
            .withPort(port)
            .withZone(project.zone())
            .withStatusTime(statusTime);
    Path seed = seed(project);
    return SandboxServer.start(Files.exists(seed) ? options.withSeed(seed) : options);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket =
        new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isSandboxOf(OkHttpClient client, String url, Path data) {
    Request request = new Request.Builder().url(url + "/sandbox/identity").build();
    try (Response response = client.newCall(request).execute()) {
      JsonNode node = JSON.readTree(response.body().string());
      return node.path("product").asText().equals("ripen-sandbox")
          && Path.of(node.path("data").asText()).equals(data.toAbsolutePath().normalize());
    } catch (IOException e) {
      return false;
    }
  }

  /** Tells the page how a sync ended; that it cannot be told changes nothing. */
  void report(String runId, Instant asOf, long written, long rejected, long newMqls) {
    ObjectNode node = JSON.createObjectNode();
    node.put("runId", runId).put("asOf", asOf.toString());
    node.put("written", written).put("rejected", rejected).put("newMqls", newMqls);
    Request request =
        new Request.Builder()
            .url(baseUrl + "/sandbox/sync-report")
            .post(RequestBody.create(node.toString(), MediaType.get("application/json")))
            .build();
    try (Response response = client.newCall(request).execute()) {
      response.body().close();
    } catch (IOException e) {
      // The page is for looking; the sync is done.
      return;
    }
  }

  String baseUrl() {
    return baseUrl;
  }

  /** Whether this process serves the page, so that it ends with it. */
  boolean isOwn() {
    return own.isPresent();
  }

  @Override
  public void close() {
    own.ifPresent(SandboxServer::close);
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }
}
