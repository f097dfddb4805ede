package dev.ripen.sandbox;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * A running sandbox on 127.0.0.1. Safe for several threads. Closing frees the port and the data
 * directory; every answered write is kept, also if the process is killed.
 */
public final class SandboxServer implements AutoCloseable {
  private static final long LARGEST_BODY = 16L << 20;

  private final Javalin app;
  private final DataDirectory directory;
  private final ContactStore store;
  private final Faults faults;
  private final RequestLog log;
  private final CountDownLatch closing;

  private SandboxServer(
      Javalin app,
      DataDirectory directory,
      ContactStore store,
      Faults faults,
      RequestLog log,
      CountDownLatch closing) {
    this.app = app;
    this.directory = directory;
    this.store = store;
    this.faults = faults;
    this.log = log;
    this.closing = closing;
  }

  /**
   * Opens the data, seeds it if it is empty, and listens.
   *
   * @throws ProblemException {@code STATE_LOCKED} if another process holds the data directory,
   *     {@code USAGE_INVALID} if the port is taken, {@code DATA_INVALID} for a bad seed
   */
  public static SandboxServer start(SandboxOptions options) {
    DataDirectory directory = DataDirectory.open(options.dataDirectory());
    try {
      return start(options, directory, ContactStore.open(directory));
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static SandboxServer start(
      SandboxOptions options, DataDirectory directory, ContactStore store) {
    try {
      Path seed = options.seed();
      if (seed != null) {
        new SandboxSeed(store, seed, options.clock().millis()).fillIfEmpty();
      }
      return listen(options, directory, store);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static SandboxServer listen(
      SandboxOptions options, DataDirectory directory, ContactStore store) {
    RateLimiter limiter = new RateLimiter(options.clock(), options.limits());
    Faults faults = new Faults(limiter, options.faults());
    RequestLog log = new RequestLog();
    CountDownLatch closing = new CountDownLatch(1);
    Javalin app = Javalin.create(SandboxServer::configure);
    ApiGate gate = new ApiGate(options.tokens(), limiter, faults, log, options.clock(), closing);
    ContactView view = new ContactView(store);
    ContactWriter writer = new ContactWriter(store, view, options.clock());
    Routes routes = new Routes(app, gate, store);
    routes.contacts(
        new BatchApi(store, view, writer, options.clock()),
        new SingleApi(store, view, writer, options.clock()),
        new SearchApi(store, view));
    routes.properties(new PropertiesApi(store, options.clock()));
    routes.account();
    RecordFile records = new RecordFile(directory.records());
    for (String object : List.of("companies", "deals")) {
      routes.records(object, new RecordApi(records, object, options.clock()));
    }
    routes.forms(new FormApi(records));
    new PageRoutes(app, store, directory, options, faults, log).add();
    try {
      app.start("127.0.0.1", options.port());
    } catch (JavalinBindException e) {
      app.stop();
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "port " + options.port() + " is in use by another process",
              "choose another port, or 0 for any free one"),
          e);
    }
    return new SandboxServer(app, directory, store, faults, log, closing);
  }

  private static void configure(JavalinConfig config) {
    config.showJavalinBanner = false;
    config.startupWatcherEnabled = false;
    config.http.maxRequestSize = LARGEST_BODY;
    config.http.defaultContentType = "application/json";
  }

  /** The port that it listens on. */
  public int port() {
    return app.port();
  }

  /** Where the API and the page are, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  /** What sales said on the page, one JSON object per line; exists from the start. */
  public Path statusChanges() {
    return directory.statusChanges();
  }

  /**
   * Companies, deals, forms and submissions, one JSON object per line; may be changed at any time.
   * There is none at the start.
   */
  public Path records() {
    return directory.records();
  }

  /** The mishaps that it plays. */
  public Faults faults() {
    return faults;
  }

  /** API requests since the start or {@link #clearLog}, oldest first; at most 20,000. */
  public List<LoggedRequest> log() {
    return log.all();
  }

  /** Forgets the requests so far. */
  public void clearLog() {
    log.clear();
  }

  /** How many contacts there are. */
  public int contactCount() {
    synchronized (store) {
      return store.all().size();
    }
  }

  /** The filled properties of a contact, by name, as the API reads them. */
  public Optional<Map<String, String>> findContact(String id) {
    synchronized (store) {
      long number = BatchApi.recordId(id);
      Contact contact = number < 0 ? null : store.byAnyId(number);
      if (contact == null) {
        return Optional.empty();
      }
      Map<String, String> values = new TreeMap<>();
      for (PropertyDefinition property : store.properties().all()) {
        String value = store.value(contact, property.name());
        if (value != null) {
          values.put(property.name(), value);
        }
      }
      return Optional.of(values);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    app.stop();
    synchronized (store) {
      store.close();
    }
    directory.close();
  }
}
