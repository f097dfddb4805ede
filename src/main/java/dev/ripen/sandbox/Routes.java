package dev.ripen.sandbox;

import dev.ripen.sandbox.ApiGate.Needs;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import java.util.List;

/** The API's paths: dated and v3, by name and by type id. */
final class Routes {
  private static final Needs READ = new Needs(List.of("crm.objects.contacts.read"), false);
  private static final Needs SEARCH = new Needs(List.of("crm.objects.contacts.read"), true);
  private static final Needs WRITE = new Needs(List.of("crm.objects.contacts.write"), false);
  private static final Needs READ_SCHEMA =
      new Needs(List.of("crm.schemas.contacts.read", "crm.objects.contacts.read"), false);
  private static final Needs WRITE_SCHEMA = new Needs(List.of("crm.schemas.contacts.write"), false);
  private static final Needs ANY = new Needs(List.copyOf(SandboxToken.ALL_SCOPES), false);

  private final Javalin app;
  private final ApiGate gate;
  private final ContactStore store;

  Routes(Javalin app, ApiGate gate, ContactStore store) {
    this.app = app;
    this.gate = gate;
    this.store = store;
  }

  void contacts(BatchApi batch, SingleApi single, SearchApi search) {
    for (String base : bases("objects")) {
      add(HandlerType.POST, base + "/batch/read", READ, batch::read);
      add(HandlerType.POST, base + "/batch/create", WRITE, batch::create);
      add(HandlerType.POST, base + "/batch/update", WRITE, batch::update);
      add(HandlerType.POST, base + "/batch/upsert", WRITE, batch::upsert);
      add(HandlerType.POST, base + "/batch/archive", WRITE, batch::archive);
      add(HandlerType.POST, base + "/search", SEARCH, search::search);
      add(HandlerType.GET, base, READ, single::list);
      add(HandlerType.POST, base, WRITE, single::create);
      add(HandlerType.GET, base + "/{id}", READ, single::read);
      add(HandlerType.PATCH, base + "/{id}", WRITE, single::update);
      add(HandlerType.DELETE, base + "/{id}", WRITE, single::archive);
    }
  }

  void properties(PropertiesApi properties) {
    for (String base : bases("properties")) {
      add(HandlerType.GET, base + "/groups", READ_SCHEMA, properties::listGroups);
      add(HandlerType.POST, base + "/groups", WRITE_SCHEMA, properties::createGroup);
      add(HandlerType.GET, base + "/groups/{name}", READ_SCHEMA, properties::readGroup);
      add(HandlerType.POST, base + "/batch/create", WRITE_SCHEMA, properties::batchCreate);
      add(HandlerType.POST, base + "/batch/read", READ_SCHEMA, properties::batchRead);
      add(HandlerType.POST, base + "/batch/archive", WRITE_SCHEMA, properties::batchArchive);
      add(HandlerType.GET, base, READ_SCHEMA, properties::list);
      add(HandlerType.POST, base, WRITE_SCHEMA, properties::create);
      add(HandlerType.GET, base + "/{name}", READ_SCHEMA, properties::read);
      add(HandlerType.PATCH, base + "/{name}", WRITE_SCHEMA, properties::update);
      add(HandlerType.DELETE, base + "/{name}", WRITE_SCHEMA, properties::archive);
    }
  }

  /** Records that are only read. */
  void records(String object, RecordApi api) {
    Needs read = new Needs(List.of("crm.objects." + object + ".read"), false);
    Needs search = new Needs(read.anyOf(), true);
    for (String version : List.of("v3/objects", "objects/{version}")) {
      String base = "/crm/" + version + "/" + object;
      add(HandlerType.GET, base, read, api::list);
      add(HandlerType.POST, base + "/search", search, api::search);
      add(HandlerType.POST, base + "/batch/read", read, api::batchRead);
    }
    for (String version : List.of("v3/properties", "properties/{version}")) {
      add(HandlerType.GET, "/crm/" + version + "/" + object, read, api::properties);
    }
    for (String version : List.of("v4/associations", "associations/{version}")) {
      String path = "/crm/" + version + "/" + object + "/contacts/batch/read";
      add(HandlerType.POST, path, read, api::contacts);
    }
  }

  void forms(FormApi api) {
    Needs forms = new Needs(List.of("forms"), false);
    add(HandlerType.GET, "/marketing/v3/forms", forms, api::list);
    add(HandlerType.GET, "/form-integrations/v1/submissions/forms/{form}", forms, api::submissions);
  }

  void account() {
    add(HandlerType.GET, "/account-info/v3/details", ANY, AccountApi::details);
    add(HandlerType.GET, "/account-info/{version}/details", ANY, AccountApi::details);
  }

  private static List<String> bases(String family) {
    return List.of(
        "/crm/v3/" + family + "/contacts",
        "/crm/v3/" + family + "/0-1",
        "/crm/" + family + "/{version}/contacts",
        "/crm/" + family + "/{version}/0-1");
  }

  private void add(HandlerType method, String path, Needs needs, ApiHandler handler) {
    ApiHandler oneAtATime =
        request -> {
          synchronized (store) {
            return handler.handle(request);
          }
        };
    app.addHttpHandler(method, path, http -> gate.handle(http, needs, oneAtATime));
  }
}
