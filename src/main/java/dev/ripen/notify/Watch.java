package dev.ripen.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.config.NotifySettings.On;
import dev.ripen.http.Redaction;
import dev.ripen.notify.RunOutcome.End;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Decides what one channel is to be told about a run: each trouble when it begins or changes, and
 * its end, once. What a run does not know about (a failed one says nothing about rejects) stays as
 * it was told. Pure.
 */
final class Watch {
  /** Fewer runs than this are no habit. */
  private static final int RUNS_FOR_USUAL = 3;

  /** Small runs vary by factors without anything being wrong. */
  private static final double LEAST_EXCESS_SECONDS = 30;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final On on;
  private final RunOutcome run;
  private final List<Step> steps = new ArrayList<>();
  private Told told;

  private Watch(On on, RunOutcome run, Told told) {
    this.on = on;
    this.run = run;
    this.told = told;
  }

  /**
   * One message.
   *
   * @param after what is told once it is delivered
   */
  record Step(Message message, Told after) {}

  /**
   * What to tell.
   *
   * @param told what is told once all of it is delivered
   */
  record Decision(List<Step> steps, Told told) {
    Decision {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Decides for one channel.
   *
   * @param earlierSeconds how long earlier whole runs took, any order
   */
  static Decision decide(On on, RunOutcome run, List<Double> earlierSeconds, Told told) {
    Watch watch = new Watch(on, run, told);
    watch.run();
    watch.rejects();
    watch.nothingNew();
    watch.duration(earlierSeconds);
    return new Decision(watch.steps, watch.told);
  }

  private void run() {
    switch (run.end()) {
      case FAILED -> {
        if (on.failed()) {
          ended("failed", "run.failed", "the " + run.command() + " failed");
        }
      }
      case STOPPED -> {
        if (on.guard()) {
          ended("stopped", "run.stopped", "a check or guard stopped the " + run.command());
        }
      }
      case DONE -> {
        String before = told.open().get(Topic.RUN);
        if (before != null) {
          over(
              Topic.RUN,
              "run.recovered",
              "runs again",
              "The " + run.command() + " ended well. Before: " + before + ".");
        }
      }
    }
  }

  private void ended(String how, String type, String subject) {
    String what = how + " (" + String.join(", ", run.causes()) + ")";
    List<String> lines = new ArrayList<>(run.details().stream().map(Redaction::mask).toList());
    if (run.end() == End.STOPPED) {
      lines.add("Nothing was sent to the CRM.");
    }
    begins(Topic.RUN, what, type, subject, lines);
  }

  private void rejects() {
    if (on.rejectsAbove().isEmpty() || run.openRejects().isEmpty()) {
      return;
    }
    long open = run.openRejects().getAsLong();
    int most = on.rejectsAbove().get();
    String before = told.open().get(Topic.REJECTS);
    if (open <= most) {
      over(Topic.REJECTS, "rejects.cleared", "rejects are cleared", waiting(open));
    } else if (before == null || open > Long.parseLong(before)) {
      begins(
          Topic.REJECTS,
          Long.toString(open),
          "rejects.above",
          rows(open) + " rejected by the CRM",
          List.of(waiting(open), "See them with: ripen rejects"));
    } else {
      // Fewer than was told, still too many: more than this is news again.
      told = told.with(Topic.REJECTS, Long.toString(open));
    }
  }

  private static String waiting(long open) {
    return rows(open) + " not in the CRM as the definition wants them.";
  }

  private static String rows(long rows) {
    return String.format(Locale.ROOT, "%,d", rows) + (rows == 1 ? " row is" : " rows are");
  }

  private void nothingNew() {
    if (on.nothingNewFor().isEmpty() || run.newestEvent().isEmpty()) {
      return;
    }
    Instant newest = run.newestEvent().get();
    Duration limit = on.nothingNewFor().get();
    if (Duration.between(newest, run.asOf()).compareTo(limit) <= 0) {
      over(
          Topic.NOTHING_NEW,
          "data.fresh",
          "events arrive again",
          "The newest that counts is of " + local(newest) + ".");
    } else {
      begins(
          Topic.NOTHING_NEW,
          newest.toString(),
          "data.stale",
          "nothing new since " + local(newest),
          List.of(
              "No event matched a rule for "
                  + words(Duration.between(newest, run.asOf()))
                  + ": is the load into the warehouse running? Ask: ripen check --live"));
    }
  }

  private void duration(List<Double> earlierSeconds) {
    if (on.longerThanUsual().isEmpty()
        || run.seconds().isEmpty()
        || earlierSeconds.size() < RUNS_FOR_USUAL) {
      return;
    }
    double usual = median(earlierSeconds);
    double seconds = run.seconds().getAsDouble();
    BigDecimal factor = on.longerThanUsual().get();
    String took =
        "It took "
            + words(seconds)
            + "; the usual is "
            + words(usual)
            + " (median of "
            + earlierSeconds.size()
            + " runs).";
    if (seconds > usual * factor.doubleValue() && seconds - usual > LEAST_EXCESS_SECONDS) {
      begins(Topic.DURATION, "slow", "run.slow", "the run took much longer", List.of(took));
    } else {
      over(Topic.DURATION, "run.usual", "the run is as fast as usual", took);
    }
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  private void begins(Topic topic, String what, String type, String subject, List<String> lines) {
    if (!what.equals(told.open().get(topic))) {
      told = told.with(topic, what);
      steps.add(new Step(message(type, subject, lines, what), told));
    }
  }

  private void over(Topic topic, String type, String subject, String line) {
    String before = told.open().get(topic);
    if (before != null) {
      told = told.without(topic);
      steps.add(new Step(message(type, subject, List.of(line), before), told));
    }
  }

  private Message message(String type, String subject, List<String> lines, String what) {
    List<String> all = new ArrayList<>(lines);
    all.add("Run " + run.runId() + ", as of " + local(run.asOf()) + ".");
    ObjectNode data = JSON.createObjectNode();
    data.put("project", run.project()).put("command", run.command());
    data.put("run_id", run.runId()).put("as_of", run.asOf().toString());
    data.put("state", what).put("text", String.join("\n", lines));
    return new Message(type, run.project() + ": " + subject, all, data);
  }

  private String local(Instant instant) {
    return MINUTE.format(instant.atZone(run.zone())) + " " + run.zone().getId();
  }

  private static String words(double seconds) {
    return words(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  /** Two digits' worth: 2 days, 5 hours, 12 minutes, 40 seconds. */
  private static String words(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds >= 2 * 86_400) {
      return duration.toDays() + " days";
    }
    if (seconds >= 2 * 3_600) {
      return duration.toHours() + " hours";
    }
    return seconds >= 120 ? duration.toMinutes() + " minutes" : seconds + " seconds";
  }
}
