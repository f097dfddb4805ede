package dev.ripen.cli;

import dev.ripen.config.Project;
import dev.ripen.sqlmodel.CheckResult;
import dev.ripen.sync.GuardResult;
import dev.ripen.sync.PlanTotals;
import dev.ripen.sync.SyncProgress;
import dev.ripen.sync.SyncResult;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows a run while it goes on: one line a step, the totals last. */
final class RunView {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private final Console console;
  private final int steps;
  private int step;

  RunView(Console console, int steps) {
    this.console = console;
    this.steps = steps;
  }

  void header(Project project, Instant asOf) {
    console.say(
        project.name()
            + " · as of "
            + MINUTE.format(asOf.atZone(project.zone()))
            + " "
            + project.zone().getId()
            + " · definition "
            + project.definition().version()
            + " ("
            + project.definition().fingerprint()
            + ")");
  }

  /** One step's line: aligned, the time at the end. */
  void step(String name, String left, String middle, String right, double seconds) {
    step++;
    console.say(
        String.format(
            Locale.ROOT,
            "[%d/%d] %-13s %-34s %-18s %-20s %5.1fs",
            step,
            steps,
            name,
            left,
            middle,
            right,
            seconds));
  }

  void note(String text) {
    console.say("      " + text);
  }

  /** That another run's results stand. */
  void unchanged(Project project, Standing run) {
    note(
        "nothing new since the run as of "
            + MINUTE.format(run.asOf().atZone(project.zone()))
            + ": the same sources, models, rules and settings");
    note("its scores and what the CRM was told stand; to run all the same: ripen run --always");
  }

  static String checks(List<CheckResult> checks) {
    if (checks.isEmpty()) {
      return "";
    }
    long bad = checks.stream().filter(c -> c.status() != CheckResult.Status.PASSED).count();
    return bad == 0
        ? plural(checks.size(), "check") + " passed"
        : plural(bad, "check") + " of " + checks.size() + " failed";
  }

  void failedChecks(List<CheckResult> checks) {
    for (CheckResult check : checks) {
      if (check.status() != CheckResult.Status.PASSED) {
        note(
            "! "
                + check.model()
                + ": "
                + check.name()
                + ": "
                + plural(check.failingRows(), "row")
                + (check.status() == CheckResult.Status.FAILED
                    ? " (sync is blocked)"
                    : " (warning)"));
      }
    }
  }

  static String plan(PlanTotals totals) {
    return number(totals.update()) + " to update   " + number(totals.create()) + " to create";
  }

  static String skipped(PlanTotals totals) {
    List<String> parts = new ArrayList<>();
    totals
        .skipped()
        .forEach((reason, rows) -> parts.add(number(rows) + " skipped (" + reason.text() + ")"));
    if (totals.blocked() > 0) {
      parts.add(number(totals.blocked()) + " blocked (rejected before)");
    }
    if (totals.unchanged() > 0) {
      parts.add(number(totals.unchanged()) + " unchanged");
    }
    return String.join("   ", parts);
  }

  static String guards(List<GuardResult> guards) {
    long passed = guards.stream().filter(g -> g.status() == GuardResult.Status.PASSED).count();
    long open = guards.stream().filter(g -> g.status() == GuardResult.Status.NO_BASELINE).count();
    long stopped = guards.stream().filter(g -> g.status() == GuardResult.Status.STOPPED).count();
    List<String> parts = new ArrayList<>();
    parts.add(number(passed) + " passed");
    if (open > 0) {
      parts.add(number(open) + (open == 1 ? " has" : " have") + " no baseline yet (first run)");
    }
    if (stopped > 0) {
      parts.add(number(stopped) + " stopped the run");
    }
    return String.join(", ", parts);
  }

  static String sync(SyncResult sync) {
    return number(sync.written())
        + " written     "
        + number(sync.rejected())
        + " rejected     "
        + number(sync.deferred())
        + " deferred";
  }

  /** A bar on a terminal; nothing elsewhere. */
  Bar bar(String what, long total) {
    if (!console.showsBars() || total < 500) {
      return Bar.NONE;
    }
    return new Bar(
        new ProgressBarBuilder()
            .setTaskName("      " + what)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .clearDisplayOnFinish()
            .setMaxRenderedLength(80)
            .build());
  }

  /** Moves with the sync. */
  static final class Bar implements AutoCloseable {
    static final Bar NONE = new Bar(null);
    private final @org.jspecify.annotations.Nullable ProgressBar bar;

    private Bar(@org.jspecify.annotations.Nullable ProgressBar bar) {
      this.bar = bar;
    }

    SyncProgress progress() {
      return (written, rejected, total) -> to(written + rejected);
    }

    void to(long done) {
      if (bar != null) {
        bar.stepTo(done);
      }
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
      }
    }
  }

  /** The totals, for stdout. */
  static String summary(RunReport report) {
    String share =
        report.scored == 0
            ? "0"
            : String.format(Locale.ROOT, "%.1f", 100.0 * report.mqls / report.scored);
    return "MQLs      "
        + number(report.mqls)
        + " of "
        + number(report.scored)
        + " scored ("
        + share
        + " %)"
        + (report.standing == null ? recent(report) : ", as before");
  }

  private static String recent(RunReport report) {
    return "; "
        + number(report.recentMqls)
        + " in the last 7 days"
        + (report.newMqls > 0 ? "; " + number(report.newMqls) + " new since the last run" : "");
  }

  /** What it took to find out that there was nothing to do; empty if there was. */
  static Optional<String> cost(RunReport report) {
    if (!report.isNothingNew()) {
      return Optional.empty();
    }
    long days = report.models.stream().mapToLong(RunReport.ModelRow::days).max().orElse(0);
    Long bytes = report.fileBytes;
    if (report.standing != null) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "Cost      %.1fs for a run with nothing new: nothing read, nothing asked of the CRM",
              report.seconds));
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "Cost      %.1fs for a run with nothing to send: %s of %s%s, %s to the CRM",
            report.seconds,
            plural(report.events, "event"),
            plural(days, "day"),
            bytes == null ? "" : ", " + bytes(bytes) + " of files",
            plural(report.crmRequests, "request")));
  }

  /** With one decimal place at most, in the largest unit that leaves something before it. */
  static String bytes(long bytes) {
    double left = bytes;
    int unit = 0;
    List<String> units = List.of("bytes", "KB", "MB", "GB", "TB");
    while (left >= 1_000 && unit < units.size() - 1) {
      left /= 1_000;
      unit++;
    }
    return String.format(
        Locale.ROOT, left < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", left, units.get(unit));
  }

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String plural(long count, String noun) {
    return number(count) + " " + noun + (count == 1 ? "" : "s");
  }

  static String ruleList(List<String> ids) {
    return ids.stream()
        .map(id -> id.substring(0, id.lastIndexOf('@')))
        .collect(Collectors.joining(", "));
  }
}
