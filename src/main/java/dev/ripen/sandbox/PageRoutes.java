package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Set;
import java.util.function.Function;

/** The page, what it asks for, and the controls that the real CRM does not have. */
final class PageRoutes {
  private static final int LOG_ROWS = 200;
  private static final Set<String> OWN_HOSTS = Set.of("127.0.0.1", "localhost");

  private final Javalin app;
  private final ContactStore store;
  private final DataDirectory directory;
  private final Faults faults;
  private final RequestLog log;
  private final Clock clock;
  private final DisplayTime time;
  private final PageData page;
  private final StatusChanges statuses;

  PageRoutes(
      Javalin app,
      ContactStore store,
      DataDirectory directory,
      SandboxOptions options,
      Faults faults,
      RequestLog log) {
    this.app = app;
    this.store = store;
    this.directory = directory;
    this.faults = faults;
    this.log = log;
    this.clock = options.clock();
    this.time = new DisplayTime(options.zone());
    this.page = new PageData(store, time, clock);
    this.statuses =
        new StatusChanges(store, directory.statusChanges(), clock, options.statusTime());
  }

  void add() {
    app.before(PageRoutes::onlyOwnHost);
    app.get("/", http -> resource(http, "index.html", "text/html;charset=utf-8"));
    app.get("/app.css", http -> resource(http, "app.css", "text/css;charset=utf-8"));
    app.get("/app.js", http -> resource(http, "app.js", "text/javascript;charset=utf-8"));
    app.get("/favicon.svg", http -> resource(http, "favicon.svg", "image/svg+xml"));
    app.get("/sandbox/identity", this::identity);
    app.get("/sandbox/log", this::log);
    app.get("/sandbox/page/summary", http -> locked(http, any -> page.summary()));
    app.get(
        "/sandbox/page/contacts",
        http -> locked(http, any -> page.contacts(PageQuery.of(http.queryParamMap()))));
    app.get(
        "/sandbox/page/contacts/{id}",
        http -> locked(http, any -> page.contact(http.pathParam("id"))));
    app.post("/sandbox/faults", this::control);
    app.post(
        "/sandbox/contacts/{id}/status",
        http -> locked(http, body -> statuses.change(http.pathParam("id"), body)));
    app.post("/sandbox/sync-report", http -> locked(http, this::report));
    app.error(404, PageRoutes::notFound);
  }

  /** A foreign page must not read or change the data through a name that points to this machine. */
  private static void onlyOwnHost(Context http) {
    String host = http.req().getServerName();
    String origin = http.header("Origin");
    boolean foreign =
        origin != null
            && !OWN_HOSTS.contains(String.valueOf(java.net.URI.create(origin).getHost()));
    if (!OWN_HOSTS.contains(host) || foreign) {
      http.status(403).contentType("text/plain").result("This sandbox answers only to 127.0.0.1");
      http.skipRemainingHandlers();
    }
  }

  private static void resource(Context http, String name, String type) {
    try (InputStream in = PageRoutes.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the page's file " + name + " is missing");
      }
      http.header("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
      http.header("Cache-Control", "no-cache");
      http.contentType(type).result(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void identity(Context http) {
    ObjectNode node = Json.object();
    node.put("product", "ripen-sandbox");
    node.put("data", directory.path().toAbsolutePath().normalize().toString());
    send(http, node);
  }

  private void log(Context http) {
    String limit = http.queryParam("limit");
    int most = limit != null && limit.matches("\\d{1,5}") ? Integer.parseInt(limit) : LOG_ROWS;
    send(http, log.toJson(most, time));
  }

  private void control(Context http) {
    try {
      faults.control(Json.parse(http.bodyAsBytes()));
      http.status(204);
    } catch (IOException | IllegalArgumentException e) {
      ApiException problem = ApiException.validation("Not a fault rule: " + e.getMessage());
      http.status(problem.status());
      send(http, problem.body());
    }
  }

  private ObjectNode report(JsonNode report) {
    store.commit(
        JournalEntry.report(clock.millis(), "ripen run " + Json.text(report, "runId", ""), report));
    return Json.object().put("status", "ok");
  }

  private void locked(Context http, Function<JsonNode, ObjectNode> work) {
    try {
      byte[] text = http.bodyAsBytes();
      JsonNode body = text.length == 0 ? Json.object() : Json.parse(text);
      synchronized (store) {
        send(http, work.apply(body));
      }
    } catch (ApiException e) {
      http.status(e.status());
      send(http, e.body());
    } catch (IOException e) {
      http.status(400);
      send(http, ApiException.validation("Invalid input JSON").body());
    }
  }

  private static void notFound(Context http) {
    if (http.result() == null || String.valueOf(http.result()).startsWith("Endpoint ")) {
      String message = "There is nothing at " + http.path();
      http.contentType("application/json;charset=utf-8")
          .result(Json.bytes(ApiException.notFound(message).body()));
    }
  }

  private static void send(Context http, JsonNode body) {
    http.contentType("application/json;charset=utf-8").result(Json.bytes(body));
  }
}
