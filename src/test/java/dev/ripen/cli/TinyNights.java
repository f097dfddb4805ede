package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import dev.ripen.crm.hubspot.HubSpotDestination;
import dev.ripen.crm.hubspot.HubSpotSettings;
import dev.ripen.http.Sleeper;
import dev.ripen.sandbox.LoggedRequest;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The project {@code tiny} with its own CRM, run one night after another. */
final class TinyNights implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final Path project;
  final SandboxServer crm;
  private final List<String> settings = new ArrayList<>();

  /** Lead n is the CRM's contact 1000 + n; every third asked for a demo and is an MQL. */
  TinyNights(Path directory, int leads) {
    project = TestProjects.copy("tiny", directory);
    crm = TestProjects.sandbox(project, TestProjects.fillTiny(project, leads));
  }

  /** For every run from now on. */
  TinyNights set(String... keysAndValues) {
    settings.addAll(List.of(keysAndValues));
    return this;
  }

  /** The settings of a run at five in the morning of a day of November. */
  String[] settings(int dayOfNovember, String... more) {
    List<String> all = new ArrayList<>(settings);
    all.add(TestProjects.portSetting(crm));
    all.add("as-of=2026-11-%02dT05:00:00Z".formatted(dayOfNovember));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  TestRun night(int dayOfNovember, String... more) {
    return new TestRun(project, settings(dayOfNovember, more));
  }

  /** One event each, on that day of November. */
  void everyone(String type, int day, int leads) {
    StringBuilder events = new StringBuilder();
    for (int id = 1000; id < 1000 + leads; id++) {
      events.append(event(type, day, id));
    }
    append("data/events.csv", events.toString());
  }

  void happens(String type, int day, int leadId) {
    append("data/events.csv", event(type, day, leadId));
  }

  private static String event(String type, int day, int leadId) {
    return "%s-%d-%d,%d,2026-11-%02d 09:00:00,%s%n".formatted(type, day, leadId, leadId, day, type);
  }

  private void append(String file, String text) {
    try {
      Files.writeString(project.resolve(file), text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void replace(String file, String old, String with) {
    try {
      Path path = project.resolve(file);
      String text = Files.readString(path);
      if (!text.contains(old)) {
        throw new IllegalArgumentException(file + " has no `" + old + "`");
      }
      Files.writeString(path, text.replace(old, with));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a field to what ripen writes, with its policy and its SQL. */
  void addField(String name, String policy, String sql) {
    replace(
        "conf/ripen.conf",
        "mql_score = overwrite",
        "mql_score = overwrite, " + name + " = " + policy);
    replace(
        "sql/crm/hubspot.sql",
        "scores.published_score AS mql_score",
        "scores.published_score AS mql_score,\n  " + sql + " AS " + name);
  }

  /** Makes a field in the CRM before ripen does. */
  void provision(FieldSpec field) {
    try (HubSpotDestination destination = somebodyElse()) {
      destination.provision(List.of(field));
    }
  }

  /** Changes fields of a contact as somebody does who works in the CRM. */
  void edit(String contact, Map<String, String> fields) {
    edit(List.of(contact), fields);
  }

  /** The same for the contacts of all leads. */
  void editEveryone(int leads, Map<String, String> fields) {
    List<String> contacts = IntStream.range(1000, 1000 + leads).mapToObj(id -> "" + id).toList();
    for (int start = 0; start < leads; start += 100) {
      edit(contacts.subList(start, Math.min(leads, start + 100)), fields);
    }
  }

  private void edit(List<String> contacts, Map<String, String> fields) {
    List<RowWrite> rows = new ArrayList<>();
    contacts.forEach(id -> rows.add(new RowWrite(rows.size(), id, null, new HashMap<>(fields))));
    try (HubSpotDestination destination = somebodyElse()) {
      assertThat(destination.write(WriteAction.UPDATE, rows))
          .hasOnlyElementsOfType(RowOutcome.Written.class);
    }
  }

  private HubSpotDestination somebodyElse() {
    return new HubSpotDestination(
        HubSpotSettings.of(
            "hubspot",
            crm.uri().toString(),
            HubSpotSettings.DEFAULT_API_VERSION,
            () -> SandboxHost.TOKEN,
            1),
        Clock.systemUTC(),
        Sleeper.system());
  }

  /** Whom a run's plan sends, in that order. */
  List<String> leadsInOrder(String runId) throws IOException {
    List<String> leads = new ArrayList<>();
    Path changes = project.resolve(".ripen/state/plans/" + runId + "/changes.jsonl");
    for (String line : Files.readAllLines(changes)) {
      leads.add(JSON.readTree(line).path("key").asText());
    }
    return leads;
  }

  /** Rows of all requests that wrote, also of those that were refused. */
  long rowsSent() {
    return crm.log().stream()
        .filter(request -> request.path().endsWith("/batch/update"))
        .mapToLong(LoggedRequest::rows)
        .sum();
  }

  @Override
  public void close() {
    crm.close();
  }
}
