package dev.ripen.cli;

import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.testing.TestProjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random nights, each going on from the one before, leave what one run over everything leaves. Some
 * processes die, and their night is run again. {@code -Dripen.nights=90} looks longer.
 */
@Tag("spark")
final class IncrementalNightsTest {
  private static final Instant START = Instant.parse("2026-10-10T05:00:00Z");
  private static final int NIGHTS = Integer.getInteger("ripen.nights", 30);
  private static final int LEADS = 30;

  /** Of a run, not of the data. */
  private static final List<String> OF_RUN = List.of("run_id", "detected_at", "ripen_new_mql");

  private final Random random = new Random(20261122);
  private final Map<String, String> leads = new TreeMap<>();
  private final Map<String, String> identities = new TreeMap<>();
  private final Map<String, List<String>> events = new TreeMap<>();
  private final List<String> statuses = new ArrayList<>();
  private Path project = Path.of("");
  private Instant now = START;
  private int nextEvent;
  private int nightsGoneOn;

  @Test
  void leaveWhatOneRunOverEverythingLeaves(@TempDir Path directory) {
    project = TestProjects.copy("nights", directory);
    for (int lead = 0; lead < LEADS; lead++) {
      addLead("p" + lead);
    }
    for (int night = 0; night < NIGHTS; night++) {
      now = START.plus(Duration.ofDays(night));
      happen();
      write();
      if (night % 4 == 2) {
        night("nightly", false);
      }
      night("nightly", true);
      if (night % 15 == 14 || night == NIGHTS - 1) {
        night("whole-" + night, true);
        assertThat(signals("nightly")).isNotEmpty().isEqualTo(signals("whole-" + night));
        assertThat(scores("nightly"))
            .as("scores after %d nights", night + 1)
            .isNotEmpty()
            .isEqualTo(scores("whole-" + night));
      }
    }
    assertThat(nightsGoneOn).isGreaterThan(NIGHTS / 2);
  }

  /** Copies of an event that a night finds on another day are known to the fold as copies. */
  private List<String> signals(String state) {
    return texts(
        committed(state, "signals")
            .groupBy("visitor_id", "rule", "event_id")
            .agg(min("occurred_at").as("occurred_at")));
  }

  private List<String> scores(String state) {
    Dataset<Row> scores = committed(state, "scores");
    return texts(scores.drop(OF_RUN.toArray(String[]::new)));
  }

  private Dataset<Row> committed(String state, String table) {
    return TestRun.workspace(project, "as-of=" + now, "state.path=.ripen/" + state)
        .state()
        .committed(table)
        .orElseThrow();
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.selectExpr("to_json(struct(*))").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  /** The session is that of all tests; the project has told it to keep folds however few. */
  @AfterEach
  void leaveTheSessionAsItWas() {
    SparkSession.active().conf().unset("spark.ripen.timelines.from");
  }

  private void addLead(String lead) {
    leads.put(lead, row(lead, lead + "@northwind.example", at(-random.nextInt(20)), title()));
    identities.put("v-" + lead, lead);
    if (random.nextBoolean()) {
      identities.put("w-" + lead, lead);
    }
  }

  private String title() {
    return List.of("VP", "Intern", "Engineer", "Engineer", "Engineer").get(random.nextInt(5));
  }

  /** A day: most of it on time, some of it late, repeated, corrected, merged. */
  private void happen() {
    for (int i = 0; i < 40; i++) {
      double chance = random.nextDouble();
      if (chance < 0.70) {
        event("e" + nextEvent++, visitor(), -random.nextInt(24));
      } else if (chance < 0.80) {
        event("e" + nextEvent++, visitor(), -24 * random.nextInt(25));
      } else if (chance < 0.88) {
        repeat();
      } else {
        correct();
      }
    }
    if (random.nextInt(3) == 0) {
      addLead("n" + now.getEpochSecond());
    }
    if (random.nextInt(2) == 0) {
      String lead = anyOf(leads.keySet());
      leads.put(lead, row(lead, lead + "@northwind.example", at(-100), title()));
    }
    if (random.nextInt(3) == 0 && leads.size() > 10) {
      merge(anyOf(leads.keySet()), anyOf(leads.keySet()));
    }
    for (String status : List.of("accepted", "recycled", "recycled", "customer")) {
      int hours = random.nextInt(8) == 0 ? -24 * random.nextInt(12) : -random.nextInt(24);
      statuses.add(row(anyOf(leads.keySet()), status, at(hours)));
    }
  }

  private void event(String id, String visitor, int hours) {
    String type =
        List.of("page", "page", "page", "pricing", "webinar", "signed_up", "unsubscribed", "other")
            .get(random.nextInt(8));
    events
        .computeIfAbsent(id, key -> new ArrayList<>())
        .add(row(id, visitor, at(hours), type, at(0)));
  }

  /** The same event delivered again, perhaps with an earlier or a later time. */
  private void repeat() {
    if (events.isEmpty()) {
      return;
    }
    List<String> deliveries = events.get(anyOf(events.keySet()));
    String[] parts = deliveries.get(0).split(",", -1);
    Instant then = Instant.parse(parts[2].replace(' ', 'T') + "Z");
    Instant other = then.plus(Duration.ofHours(random.nextInt(80) - 40));
    parts[2] = text(other.isAfter(now) ? then : other);
    parts[4] = at(0);
    deliveries.add(String.join(",", parts));
  }

  /** The source says now that it was another event; the day stays. */
  private void correct() {
    if (events.isEmpty()) {
      return;
    }
    List<String> deliveries = events.get(anyOf(events.keySet()));
    for (int i = 0; i < deliveries.size(); i++) {
      String[] parts = deliveries.get(i).split(",", -1);
      parts[3] = parts[3].equals("page") ? "pricing" : "other";
      parts[4] = at(0);
      deliveries.set(i, String.join(",", parts));
    }
  }

  private void merge(String survivor, String absorbed) {
    if (!survivor.equals(absorbed)) {
      leads.remove(absorbed);
      identities.replaceAll((visitor, lead) -> lead.equals(absorbed) ? survivor : lead);
    }
  }

  private String visitor() {
    return random.nextInt(10) == 0 ? "stranger" : anyOf(identities.keySet());
  }

  private String anyOf(java.util.Set<String> some) {
    return List.copyOf(some).get(random.nextInt(some.size()));
  }

  private String at(int hours) {
    return text(now.plus(Duration.ofHours(hours)).minusSeconds(random.nextInt(3600)));
  }

  private static String text(Instant instant) {
    return instant.toString().replace('T', ' ').replace("Z", "");
  }

  private static String row(String... values) {
    return String.join(",", values);
  }

  private void write() {
    file("leads", "lead_id,email,created_at,title", leads.values().stream().toList());
    file(
        "identities",
        "visitor_id,lead_id",
        identities.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList());
    file(
        "events",
        "event_id,visitor_id,occurred_at,event_type,loaded_at",
        events.values().stream().flatMap(List::stream).toList());
    file("statuses", "lead_id,status,occurred_at", statuses);
  }

  private void file(String table, String header, List<String> rows) {
    try {
      Files.writeString(
          project.resolve("data/" + table + ".csv"),
          header + "\n" + String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void night(String state, boolean lives) {
    Workspace workspace = TestRun.workspace(project, "as-of=" + now, "state.path=.ripen/" + state);
    new Recovery(workspace, new Console(System.err, System.err, false, false, true)).restore();
    if (ScoredNight.in(workspace, lives).goesOn() && lives) {
      nightsGoneOn++;
    }
  }
}
