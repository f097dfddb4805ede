package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Talks to a sandbox as a test wants to. */
final class SandboxClient {
  static final String CONTACTS = "/crm/objects/2026-09/contacts";
  static final String CONTACTS_V3 = "/crm/v3/objects/contacts";
  static final String PROPERTIES = "/crm/properties/2026-09/contacts";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String token;
  private final @Nullable String run;

  SandboxClient(SandboxServer server) {
    this(server.uri(), "sandbox", null);
  }

  private SandboxClient(URI base, String token, @Nullable String run) {
    this.base = base;
    this.token = token;
    this.run = run;
  }

  SandboxClient withToken(String newToken) {
    return new SandboxClient(base, newToken, run);
  }

  SandboxClient inRun(String newRun) {
    return new SandboxClient(base, token, newRun);
  }

  /** Status, body and headers of an answer. */
  record Answer(int status, JsonNode body, HttpResponse<String> raw) {
    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }

    String message() {
      return body.path("message").asText();
    }

    Set<String> resultIds() {
      Set<String> ids = new TreeSet<>();
      body.path("results").forEach(result -> ids.add(result.path("id").asText()));
      return ids;
    }

    JsonNode result(String id) {
      for (JsonNode result : body.path("results")) {
        if (result.path("id").asText().equals(id)) {
          return result;
        }
      }
      throw new AssertionError("no result " + id + " in " + body);
    }
  }

  Answer get(String path) throws Exception {
    return send("GET", path, null);
  }

  Answer post(String path, JsonNode body) throws Exception {
    return send("POST", path, body.toString());
  }

  Answer post(String path, String body) throws Exception {
    return send("POST", path, body.replace('\'', '"'));
  }

  Answer patch(String path, String body) throws Exception {
    return send("PATCH", path, body.replace('\'', '"'));
  }

  Answer delete(String path) throws Exception {
    return send("DELETE", path, null);
  }

  private Answer send(String method, String path, @Nullable String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (run != null) {
      request.header("X-Ripen-Run", run);
    }
    HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    return new Answer(answer.statusCode(), parse(answer.body()), answer);
  }

  private static JsonNode parse(String text) throws IOException {
    boolean json = text.startsWith("{") || text.startsWith("[");
    return json ? MAPPER.readTree(text) : MAPPER.missingNode();
  }

  /** Starts the inputs of a batch. */
  static Inputs inputs() {
    return new Inputs(MAPPER.createObjectNode());
  }

  /** Inputs of a batch. */
  record Inputs(ObjectNode body) {
    private ArrayNode list() {
      return body.withArray("inputs");
    }

    Inputs id(String id) {
      list().addObject().put("id", id);
      return this;
    }

    /** An input for an id, or for a new contact if that is empty; names and values in turn. */
    Inputs write(String id, String... namesAndValues) {
      ObjectNode input = list().addObject();
      if (!id.isEmpty()) {
        input.put("id", id);
      }
      ObjectNode properties = input.putObject("properties");
      for (int i = 0; i < namesAndValues.length; i += 2) {
        properties.put(namesAndValues[i], namesAndValues[i + 1]);
      }
      return this;
    }

    /** For the input added last. */
    Inputs trace(String traceId) {
      last().put("objectWriteTraceId", traceId);
      return this;
    }

    Inputs byEmail() {
      last().put("idProperty", "email");
      return this;
    }

    private ObjectNode last() {
      return (ObjectNode) list().get(list().size() - 1);
    }

    Inputs top(String field, JsonNode value) {
      body.set(field, value);
      return this;
    }

    Inputs idProperty(String name) {
      body.put("idProperty", name);
      return this;
    }

    Inputs properties(String... names) {
      for (String name : names) {
        body.withArray("properties").add(name);
      }
      return this;
    }
  }
}
