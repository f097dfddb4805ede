package dev.ripen.sync;

import dev.ripen.config.Guards;
import dev.ripen.crm.WriteAction;
import dev.ripen.crm.hubspot.HubSpotDestination;
import dev.ripen.crm.hubspot.HubSpotSettings;
import dev.ripen.http.Sleeper;
import dev.ripen.spark.RemoteState;
import dev.ripen.testing.ObjectFileSystem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;

/**
 * A process that {@link KilledSyncTest} kills: one night after another it plans the same rows with
 * the night's number as their score, freezes the plan, sends it, notes that the night is done and
 * clears up. A plan that is there already is resumed. All of it is the real code but for Spark,
 * whose part is the ledger.
 */
final class SyncChild {
  static final int ROWS = 600;
  static final int CONCURRENCY = 2;
  static final String READY = "ready";

  /** Where the state lies. */
  enum Store {
    LOCAL {
      @Override
      StateFiles open(Path directory) {
        return new LocalStateFiles(directory);
      }
    },
    OBJECTS {
      @Override
      StateFiles open(Path directory) {
        return new ObjectStateFiles(
            RemoteState.open(new Configuration(false), ObjectFileSystem.pathOf(directory)));
      }
    };

    abstract StateFiles open(Path directory);
  }

  private SyncChild() {}

  static String run(int night) {
    return "run-%05d".formatted(night);
  }

  static String doneMark(int night) {
    return "done/" + run(night);
  }

  /** Arguments: store, directory, URL of the CRM, number of the last night. */
  public static void main(String[] args) {
    StateFiles files = Store.valueOf(args[0]).open(Path.of(args[1]));
    HubSpotSettings settings =
        HubSpotSettings.of("hubspot", args[2], "2026-09", () -> "token", CONCURRENCY);
    int nights = Integer.parseInt(args[3]);
    try (HubSpotDestination crm =
        new HubSpotDestination(settings, Clock.systemUTC(), Sleeper.system())) {
      System.out.println(READY);
      System.out.flush();
      for (int night = 1; night <= nights; night++) {
        if (!files.exists(doneMark(night))) {
          sync(files, crm, night);
        }
      }
    }
  }

  private static void sync(StateFiles files, HubSpotDestination crm, int night) {
    if (!files.exists(PlanPaths.summary(run(night)))) {
      plan(files, night);
    }
    Guards guards =
        new Guards(
            0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    SyncResult result =
        new SyncRunner(files, crm, Rows.settings(), guards, Clock.systemUTC())
            .run(run(night), SyncProgress.SILENT);
    AtomicLong lines = new AtomicLong();
    new Outbox(files).read(run(night), line -> lines.incrementAndGet());
    if (result.written() != ROWS || lines.get() < ROWS) {
      throw new IllegalStateException(result + ", " + lines + " lines");
    }
    files.write(doneMark(night), "done".getBytes(StandardCharsets.UTF_8));
    files.delete(PlanPaths.outbox(run(night)));
  }

  private static void plan(StateFiles files, int night) {
    try (PlanWriter writer = new PlanWriter(files, run(night))) {
      for (int n = 1; n <= ROWS; n++) {
        PlannedRow row = Rows.update(n);
        writer.add(
            new PlannedRow(
                0,
                row.action(),
                null,
                row.leadId(),
                row.recordId(),
                row.email(),
                Map.of("mql_score", new FieldChange(null, String.valueOf(night))),
                row.reasons(),
                row.after(),
                row.content(),
                Map.of()));
      }
      writer.freeze(
          new PlanSummary(
              run(night),
              "hubspot",
              Instant.EPOCH,
              "a41f9c",
              night,
              WriteAction.CREATE,
              PlanTotals.NONE));
    }
  }
}
