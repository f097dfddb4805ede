package dev.ripen.bench;

import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.crm.RecordKey;
import dev.ripen.crm.hubspot.HubSpotDestination;
import dev.ripen.sandbox.RateLimits;
import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import dev.ripen.sync.Candidate;
import dev.ripen.sync.LedgerRow;
import dev.ripen.sync.RowPlanner;
import dev.ripen.sync.SyncResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the HTTP part of a sync, from its first request to its last answer, with HubSpot's own
 * Node client and with drt, each in a process of its own, against one built-in CRM in this process.
 * {@code scripts/bench sync} calls it and installs the others.
 */
final class SyncBench {
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final int AT_THE_LIMIT = 30_000;

  // 20 requests a round, and the JVM compiles what was called 200 times: half way it is compiling.
  private static final int UNTIL_COMPILED = 20;

  private final SandboxServer server;
  private final String python;
  private int values = 1;

  private SyncBench(SandboxServer server, String python) {
    this.server = server;
    this.python = python;
  }

  /**
   * {@code all PYTHON [MOST_ROWS]} runs everything; {@code write URL ROWS ROUNDS VALUE} and {@code
   * read URL ROWS VALUE} are the processes that it starts.
   */
  public static void main(String[] arguments) throws IOException {
    switch (arguments[0]) {
      case "write" ->
          write(arguments[1], number(arguments[2]), number(arguments[3]), number(arguments[4]));
      case "read" -> readAndWrite(arguments[1], number(arguments[2]), number(arguments[3]));
      default -> all(arguments[1], arguments.length > 2 ? number(arguments[2]) : 100_000);
    }
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  private static void all(String python, int most) throws IOException {
    try (Scratch scratch = Scratch.of("ripen-sync-bench")) {
      all(scratch.folder(), python, most);
    }
  }

  private static void all(Path work, String python, int most) throws IOException {
    Path seed = work.resolve("seed.jsonl");
    List<String> lines = new ArrayList<>();
    for (int id = 1; id <= Math.max(most, AT_THE_LIMIT); id++) {
      lines.add("{\"id\":\"" + id + "\",\"email\":\"p" + id + "@bench.example\"}");
    }
    Files.write(seed, lines);
    RateLimits wide = new RateLimits(1_000_000, INTERVAL, 100_000_000, 1_000);
    try (SandboxServer server =
        SandboxServer.start(
            SandboxOptions.in(work.resolve("crm")).withSeed(seed).withLimits(wide))) {
      try (HubSpotDestination crm = HttpBench.connect(server.uri().toString())) {
        crm.provision(List.of(new FieldSpec("mql_score", "Score", FieldType.NUMBER, List.of())));
      }
      SyncBench bench = new SyncBench(server, python);
      bench.warm();
      // Rounds without latency differ by half: many of them, of several processes.
      bench.againstNode(2_000, 0, 4, UNTIL_COMPILED, 20);
      bench.againstNode(most, 0, 3, 1, 3);
      bench.againstNode(2_000, 100, 1, 1, 5);
      bench.againstNode(most, 100, 1, 1, 1);
      bench.unchanged();
      bench.againstDrt(200);
      bench.atTheLimit(AT_THE_LIMIT);
    }
  }

  /**
   * In turns, each side as often before the other as after it. First rounds of a process do not
   * count, in which its own compiler has not seen the work yet: what they cost is told apart.
   */
  private void againstNode(int rows, int latency, int turns, int first, int rounds) {
    server.faults().latency(Duration.ofMillis(latency));
    Side ripen = new Side();
    Side theirs = new Side();
    for (int turn = 0; turn < turns; turn++) {
      ripen.add(child(ripen("write", rows, first + rounds)), first);
      theirs.add(child(node(rows, first + rounds)), first);
      theirs.add(child(node(rows, first + rounds)), first);
      ripen.add(child(ripen("write", rows, first + rounds)), first);
    }
    double ours = median(ripen.http);
    double others = median(theirs.http);
    double whole = median(ripen.whole);
    say(
        "%,7d rows, %3d ms: ripen %.3f s, Node client with 8 workers %.3f s, ratio %.2f; with"
            + " reading the plan and keeping every outcome %.3f s, ratio %.2f; the first round %.3f"
            + " and %.3f s",
        rows,
        latency,
        ours,
        others,
        ours / others,
        whole,
        whole / others,
        median(ripen.firsts),
        median(theirs.firsts));
    server.faults().latency(Duration.ZERO);
  }

  /** Seconds of the rounds of one side, and of the first round of each of its processes. */
  private static final class Side {
    final List<Double> http = new ArrayList<>();
    final List<Double> whole = new ArrayList<>();
    final List<Double> firsts = new ArrayList<>();

    void add(List<Round> rounds, int first) {
      firsts.add(rounds.get(0).whole());
      for (Round round : rounds.subList(first, rounds.size())) {
        http.add(round.http());
        whole.add(round.whole());
      }
    }
  }

  /**
   * What a process says of a round, in seconds: one number, or two.
   *
   * @param http from the first request to the last answer
   * @param whole with what is done before and after it
   */
  private record Round(double http, double whole) {
    static Round of(String line) {
      String[] numbers = line.split(" ", 2);
      return new Round(
          Double.parseDouble(numbers[0]), Double.parseDouble(numbers[numbers.length - 1]));
    }
  }

  /** Until the server's compiler is done with it: else who comes first pays for that. */
  private void warm() {
    child(node(20_000, 40));
    child(ripen("write", 20_000, 40));
  }

  private List<String> node(int rows, int rounds) {
    return List.of(
        "node",
        "scripts/lib/bench_node_client.cjs",
        server.uri().toString(),
        Integer.toString(rows),
        Integer.toString(rounds),
        value(rounds));
  }

  private void unchanged() {
    server.clearLog();
    child(ripen("same", 2_000, 1));
    say("unchanged: %d requests for 2,000 rows that are the same", batchRequests());
  }

  private void againstDrt(int rows) {
    server.clearLog();
    double seconds =
        child(
                List.of(
                    python,
                    "scripts/lib/bench_drt.py",
                    server.uri().toString(),
                    Integer.toString(rows),
                    value(1)))
            .get(0)
            .whole();
    long theirs = server.log().size();
    server.clearLog();
    double ours = child(ripen("write", rows, 1)).get(0).whole();
    long requests = batchRequests();
    say(
        "%,7d rows: drt-core %d requests, %.1f rows/s; ripen %d requests, %.1f rows/s",
        rows, theirs, rows / seconds, requests, rows / ours);
  }

  /** Besides what a sync asks once: the fields. */
  private long batchRequests() {
    return server.log().stream().filter(request -> request.path().contains("/batch/")).count();
  }

  /** One read and one write for a hundred rows: the ideal waits for nothing but the window. */
  private void atTheLimit(int rows) {
    server.faults().limits(RateLimits.professional());
    server.clearLog();
    double seconds = child(ripen("read", rows, 1)).get(0).whole();
    long requests = 2L * rows / 100;
    long windows = (requests - 1) / 190;
    double ideal = windows * 10.0;
    long refused = server.log().stream().filter(request -> request.status() == 429).count();
    say(
        "%,7d rows at 190 per 10 s: %.2f s for %d requests, ideal %.0f s, %.1f %% of it, %d"
            + " rate-limit answers",
        rows, seconds, requests, ideal, 100 * ideal / seconds, refused);
  }

  private List<String> ripen(String mode, int rows, int rounds) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@conf/jvm.options",
                // As scripts/ripen starts it.
                "-XX:+UseParallelGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SyncBench.class.getName(),
                mode.equals("read") ? "read" : "write",
                server.uri().toString(),
                Integer.toString(rows)));
    if (!mode.equals("read")) {
      command.add(Integer.toString(mode.equals("same") ? 0 : rounds));
    }
    command.add(value(rounds));
    return command;
  }

  /** Values that no round has written yet. */
  private String value(int rounds) {
    String value = Integer.toString(values);
    values += rounds;
    return value;
  }

  /** Runs a process to its end; each of its lines is a round. */
  private static List<Round> child(List<String> command) {
    List<Round> rounds = new ArrayList<>();
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      try (BufferedReader out = process.inputReader()) {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
          rounds.add(Round.of(line));
        }
      }
      int exit = process.waitFor();
      if (exit != 0 || rounds.isEmpty()) {
        throw new IllegalStateException(command.get(0) + " ended with " + exit);
      }
      return rounds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static double median(List<Double> rounds) {
    List<Double> sorted = rounds.stream().sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static void say(String text, Object... values) {
    System.out.printf(Locale.ROOT, text + "%n", values);
  }

  /** Rows whose records the ledger knows: nothing is read. No rounds: rows that are the same. */
  private static void write(String url, int rows, int rounds, int value) throws IOException {
    try (Scratch scratch = Scratch.of("ripen-sync-bench-client");
        HubSpotDestination crm = HttpBench.connect(url)) {
      Path work = scratch.folder();
      RowPlanner planner =
          RowPlanner.of(HttpBench.settings(), crm.describeFields(), ZoneOffset.UTC, "bench");
      for (int round = value; round < value + Math.max(1, rounds); round++) {
        List<Candidate> candidates = new ArrayList<>();
        int acknowledged = rounds == 0 ? round : round - 1;
        for (int id = 1; id <= rows; id++) {
          Candidate candidate =
              planner.firstPass(HttpBench.wanted(id, round), ledger(id, acknowledged), null);
          if (candidate.verdict() == Candidate.Verdict.CHANGED) {
            candidates.add(candidate);
          }
        }
        long toSend = HttpBench.freeze(work, crm, planner, candidates, round);
        long start = System.nanoTime();
        TimedWrites timed = new TimedWrites(crm);
        SyncResult result = HttpBench.send(work, timed, round);
        double seconds = (System.nanoTime() - start) / 1e9;
        long wanted = rounds == 0 ? 0 : rows;
        if (toSend != wanted || result.written() != wanted) {
          throw new IllegalStateException(result.written() + " of " + wanted + " rows written");
        }
        System.out.println(timed.seconds() + " " + seconds);
      }
    }
  }

  private static LedgerRow ledger(int id, int round) {
    return new LedgerRow(
        Integer.toString(id),
        Integer.toString(id),
        Map.of("mql_score", Integer.toString(round * 10 + id % 7)),
        false,
        null,
        null,
        Instant.EPOCH,
        "bench");
  }

  /** Rows that the ledger does not know: each hundred is read, then written. */
  private static void readAndWrite(String url, int rows, int value) throws IOException {
    try (Scratch scratch = Scratch.of("ripen-sync-bench-client");
        HubSpotDestination crm = HttpBench.connect(url)) {
      Path work = scratch.folder();
      RowPlanner planner =
          RowPlanner.of(HttpBench.settings(), crm.describeFields(), ZoneOffset.UTC, "bench");
      crm.read(List.of(RecordKey.ofRecordId("1")), planner.fieldNames());
      List<Candidate> candidates = new ArrayList<>();
      for (int id = 1; id <= rows; id++) {
        candidates.add(planner.firstPass(HttpBench.wanted(id, value), null, null));
      }
      long start = System.nanoTime();
      HttpBench.freeze(work, crm, planner, candidates, value);
      SyncResult result = HttpBench.send(work, crm, value);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (result.written() != rows) {
        throw new IllegalStateException(result.written() + " of " + rows + " rows written");
      }
      System.out.println(seconds);
    }
  }
}
