package dev.ripen.bench;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.DestinationSettings.Leavers;
import dev.ripen.config.FieldPolicy;
import dev.ripen.config.Guards;
import dev.ripen.crm.Budget;
import dev.ripen.crm.Destination;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.WriteAction;
import dev.ripen.crm.hubspot.HubSpotDestination;
import dev.ripen.crm.hubspot.HubSpotSettings;
import dev.ripen.http.Sleeper;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.sync.Candidate;
import dev.ripen.sync.LiveResolver;
import dev.ripen.sync.LocalStateFiles;
import dev.ripen.sync.PlanSummary;
import dev.ripen.sync.PlanTotals;
import dev.ripen.sync.PlanWriter;
import dev.ripen.sync.RecordOwners;
import dev.ripen.sync.RowPlanner;
import dev.ripen.sync.SyncProgress;
import dev.ripen.sync.SyncResult;
import dev.ripen.sync.SyncRunner;
import dev.ripen.sync.WantedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Prints how long the HTTP part of a sync takes: rows whose values must be read first, so one read
 * and one write per hundred rows. {@code scripts/bench http [ROWS] [LATENCY_MS] [ROUNDS]}.
 */
final class HttpBench {
  private HttpBench() {}

  public static void main(String[] arguments) throws IOException {
    int rows = argument(arguments, 0, 2_000);
    int latency = argument(arguments, 1, 100);
    int rounds = argument(arguments, 2, 5);
    try (Scratch scratch = Scratch.of("ripen-http-bench")) {
      measure(scratch.folder(), rows, latency, rounds);
    }
  }

  private static void measure(Path work, int rows, int latency, int rounds) throws IOException {
    Path seed = work.resolve("seed.jsonl");
    List<String> lines = new ArrayList<>();
    for (int id = 1; id <= rows; id++) {
      lines.add("{\"id\":\"" + id + "\",\"email\":\"p" + id + "@bench.example\"}");
    }
    Files.write(seed, lines);
    try (SandboxServer server =
        SandboxServer.start(SandboxOptions.in(work.resolve("crm")).withSeed(seed))) {
      try (HubSpotDestination crm = connect(server.uri().toString())) {
        crm.provision(List.of(new FieldSpec("mql_score", "Score", FieldType.NUMBER, List.of())));
      }
      server.faults().latency(Duration.ofMillis(latency));
      for (int round = 1; round <= rounds; round++) {
        try (HubSpotDestination crm = connect(server.uri().toString())) {
          RowPlanner planner =
              RowPlanner.of(settings(), crm.describeFields(), ZoneOffset.UTC, "bench");
          crm.read(List.of(RecordKey.ofRecordId("1")), planner.fieldNames());
          server.clearLog();
          long start = System.nanoTime();
          long planned = plan(work, crm, planner, rows, round);
          long read = System.nanoTime();
          SyncResult result = send(work, crm, round);
          long end = System.nanoTime();
          System.out.printf(
              "round %d: %d rows, %d requests, reading %.2f s, writing %.2f s, HTTP part %.2f s;"
                  + " %d written%n",
              round,
              planned,
              server.log().size(),
              (read - start) / 1e9,
              (end - read) / 1e9,
              (end - start) / 1e9,
              result.written());
        }
      }
    }
  }

  static HubSpotDestination connect(String url) {
    return new HubSpotDestination(
        HubSpotSettings.of("hubspot", url, "2026-09", () -> "sandbox", 10),
        Clock.systemUTC(),
        Sleeper.system());
  }

  private static long plan(
      Path work, HubSpotDestination crm, RowPlanner planner, int rows, int round) {
    List<Candidate> candidates = new ArrayList<>();
    for (int id = 1; id <= rows; id++) {
      candidates.add(planner.firstPass(wanted(id, round), null, null));
    }
    return freeze(work, crm, planner, candidates, round);
  }

  static WantedRow wanted(int id, int round) {
    return new WantedRow(
        Integer.toString(id),
        Integer.toString(id),
        null,
        Map.of("mql_score", Integer.toString(round * 10 + id % 7)),
        false,
        null,
        null,
        "");
  }

  /** Reads what has to be read and freezes the plan; returns the rows to send. */
  static long freeze(
      Path work,
      HubSpotDestination crm,
      RowPlanner planner,
      List<Candidate> candidates,
      int round) {
    LocalStateFiles files = new LocalStateFiles(work);
    try (PlanWriter writer = new PlanWriter(files, "run" + round);
        LiveResolver resolver =
            new LiveResolver(planner, crm, RecordOwners.NONE, candidates.iterator())) {
      while (resolver.hasNext()) {
        writer.add(resolver.next());
      }
      return writer
          .freeze(
              new PlanSummary(
                  "run" + round,
                  "hubspot",
                  Instant.EPOCH,
                  "bench",
                  -1,
                  WriteAction.CREATE,
                  PlanTotals.NONE))
          .totals()
          .toSend();
    }
  }

  static SyncResult send(Path work, Destination crm, int round) {
    Guards guards =
        new Guards(
            0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    return new SyncRunner(new LocalStateFiles(work), crm, settings(), guards, Clock.systemUTC())
        .run("run" + round, SyncProgress.SILENT);
  }

  static DestinationSettings settings() {
    Map<String, FieldPolicy> fields = new LinkedHashMap<>();
    fields.put("mql_score", new FieldPolicy(FieldPolicy.Kind.OVERWRITE, null));
    return new DestinationSettings(
        "hubspot",
        "hubspot",
        false,
        0,
        Optional.empty(),
        "2026-09",
        Optional.empty(),
        DestinationSettings.Mode.LIVE,
        Optional.empty(),
        List.of(RecordKey.Kind.RECORD_ID),
        DestinationSettings.Create.NEVER,
        8,
        Budget.ALL,
        false,
        Leavers.CLEAR,
        fields);
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
  }
}
