package dev.ripen.crm.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.crm.Budget;
import dev.ripen.http.FakeTime;
import dev.ripen.http.HttpTimeouts;
import dev.ripen.http.JsonClient;
import dev.ripen.http.RetryPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;

/**
 * A server that answers what a test tells it, in order; it lists some properties by itself, and
 * those requests are not recorded.
 */
final class FakeHubSpot implements AutoCloseable {
  static final String TOKEN = "pat-eu1-secret";

  private static final String PROPERTIES =
      """
      {"results":[
       {"name":"email","label":"Email","type":"string","fieldType":"text"},
       {"name":"mql","label":"MQL","type":"bool","fieldType":"booleancheckbox",
        "options":[{"label":"Yes","value":"true","displayOrder":0,"hidden":false},
                   {"label":"No","value":"false","displayOrder":1,"hidden":false}]},
       {"name":"mql_score","label":"MQL score","type":"number","fieldType":"number"},
       {"name":"mql_at","label":"MQL at","type":"datetime","fieldType":"date"},
       {"name":"mql_on","label":"MQL on","type":"date","fieldType":"date"},
       {"name":"lifecyclestage","label":"Lifecycle stage","type":"enumeration",
        "fieldType":"radio","options":[
         {"label":"Lead","value":"lead","displayOrder":1,"hidden":false},
         {"label":"Subscriber","value":"subscriber","displayOrder":0,"hidden":false}]},
       {"name":"hs_object_id","label":"Record ID","type":"number","fieldType":"number",
        "modificationMetadata":{"readOnlyValue":true,"readOnlyDefinition":true}}
      ]}
      """;

  final FakeTime time = new FakeTime();

  /** A request as the server got it. */
  record Call(String method, String path, JsonNode body) {
    List<String> inputs(String field) {
      List<String> values = new ArrayList<>();
      body.path("inputs").forEach(input -> values.add(input.path(field).asText()));
      return values;
    }
  }

  private final MockWebServer server = new MockWebServer();
  private final Deque<Function<Call, MockResponse>> answers = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
  private Function<Call, MockResponse> properties = call -> json(200, PROPERTIES);
  private Function<Call, MockResponse> otherwise =
      call -> {
        return json(418, "no answer is left for " + call.path());
      };

  FakeHubSpot() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return answer(request);
          }
        });
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeHubSpot then(int status, String body, String... headers) {
    return then(call -> json(status, body, headers));
  }

  FakeHubSpot then(Function<Call, MockResponse> answer) {
    answers.add(answer);
    return this;
  }

  FakeHubSpot thenBreaksTheConnection() {
    return then(
        call -> new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
  }

  FakeHubSpot otherwise(Function<Call, MockResponse> answer) {
    otherwise = answer;
    return this;
  }

  FakeHubSpot properties(Function<Call, MockResponse> answer) {
    properties = answer;
    return this;
  }

  static MockResponse json(int status, String body, String... headers) {
    MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
    for (int i = 0; i < headers.length; i += 2) {
      response.addHeader(headers[i], headers[i + 1]);
    }
    return response.build();
  }

  /** Paths of the GET requests. */
  synchronized List<String> gets() {
    return List.copyOf(paths);
  }

  synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  HubSpotDestination destination() {
    return destination("2026-09");
  }

  HubSpotDestination destination(String apiVersion) {
    return new HubSpotDestination(settings(apiVersion), time, time);
  }

  HubSpotSettings settings(String apiVersion) {
    return new HubSpotSettings(
        "hubspot",
        server.url("/"),
        apiVersion,
        () -> TOKEN,
        8,
        Budget.ALL,
        new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)),
        RetryPolicy.DEFAULT,
        java.util.Map.of("User-Agent", "ripen/test"));
  }

  @Override
  public void close() {
    server.close();
  }

  private synchronized MockResponse answer(RecordedRequest request) {
    String body = request.getBody() == null ? "" : request.getBody().utf8();
    Call call =
        new Call(
            request.getMethod(), request.getUrl().encodedPath(), JsonClient.parseOrMissing(body));
    if (call.method().equals("GET")) {
      paths.add(call.path());
      return properties.apply(call);
    }
    calls.add(call);
    Function<Call, MockResponse> answer = answers.poll();
    return (answer == null ? otherwise : answer).apply(call);
  }
}
