package dev.ripen.sync;

import dev.ripen.config.Guards;
import dev.ripen.sync.GuardResult.Status;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Stops a plan that looks wrong before anything is sent. Pure. A guard that is switched off gives
 * no result; one without a baseline says so and passes, except {@code max-creates} and an empty
 * source. What the last runs were like is said by {@link Baseline}.
 */
public final class PlanGuards {
  private static final String LOOK = "look at the changes with: ripen plan; if they are right, ";

  private PlanGuards() {}

  /** All results, in a fixed order. */
  public static List<GuardResult> check(Guards guards, GuardCounts counts) {
    List<GuardResult> results = new ArrayList<>();
    results.add(notEmpty(counts));
    guards.maxRowDrop().ifPresent(limit -> results.add(rowDrop(limit, counts)));
    results.add(definition(guards, counts));
    results.add(creates(guards.maxCreates(), counts));
    guards.maxChanged().ifPresent(limit -> results.add(changed(limit, counts)));
    guards.maxNewMqls().ifPresent(limit -> results.add(newMqls(limit, counts)));
    guards.rejectLimit().ifPresent(limit -> results.add(rejects(limit, counts)));
    return results;
  }

  private static GuardResult notEmpty(GuardCounts counts) {
    return counts.leads() > 0
        ? passed("empty-source", number(counts.leads()) + " leads")
        : stopped(
            "empty-source",
            "the model leads has no rows",
            "look at the source of sql/leads.sql: is the table empty, or the role without rights?"
                + " Test with: ripen check --live");
  }

  private static GuardResult rowDrop(BigDecimal limit, GuardCounts counts) {
    String name = "max-row-drop";
    if (counts.runs().isEmpty()) {
      return noBaseline(name, "no earlier run to compare the leads with");
    }
    Baseline baseline = Baseline.of(counts.runs(), limit);
    long before = baseline.leads();
    BigDecimal drop = share(Math.max(0, before - counts.leads()), before);
    String numbers =
        "leads went from " + number(before) + baseline.meaning() + " to " + number(counts.leads());
    return drop.compareTo(limit) <= 0
        ? passed(name, numbers)
        : stopped(
            name,
            numbers + ", a drop of " + percent(drop) + "; at most " + percent(limit) + " may go",
            "find out where the leads went; if it is right, raise guards.max-row-drop for one run:"
                + " --set guards.max-row-drop="
                + raised(drop));
  }

  private static GuardResult definition(Guards guards, GuardCounts counts) {
    String name = "definition";
    String now = counts.definition();
    if (counts.runs().isEmpty()) {
      return noBaseline(name, "no earlier run with a definition to compare with");
    }
    GuardCounts.PastRun last = counts.runs().get(0);
    if (last.definition().equals(now)) {
      return passed(name, "definition " + now + " as in the last run");
    }
    if (guards.accepted().contains(now)) {
      return passed(name, "definition " + now + " is accepted");
    }
    String line =
        Stream.concat(guards.accepted().stream(), Stream.of(now))
            .map(fingerprint -> '"' + fingerprint + '"')
            .collect(Collectors.joining(", ", "accepted = [", "]"));
    return stopped(
        name,
        "the definition changed from " + last.definition() + " to " + now + ", nobody accepted it",
        "see who becomes an MQL and who stops being one with: ripen plan; if that is right, write"
            + " in guards of conf/ripen.conf: "
            + line);
  }

  private static GuardResult creates(int limit, GuardCounts counts) {
    String name = "max-creates";
    String numbers = number(counts.creates()) + " records to create";
    return counts.creates() <= limit
        ? passed(name, numbers)
        : stopped(
            name,
            numbers + ", at most " + number(limit) + " may be",
            LOOK
                + "raise guards.max-creates, for one run with: --set guards.max-creates="
                + counts.creates());
  }

  private static GuardResult changed(BigDecimal limit, GuardCounts counts) {
    String name = "max-changed";
    if (counts.knownRecords() == 0) {
      return noBaseline(name, "no records were written before");
    }
    BigDecimal share = share(counts.changedKnown(), counts.knownRecords());
    String numbers =
        number(counts.changedKnown())
            + " of "
            + number(counts.knownRecords())
            + " known records change ("
            + percent(share)
            + ")";
    return share.compareTo(limit) <= 0
        ? passed(name, numbers)
        : stopped(
            name,
            numbers
                + ", at most "
                + percent(limit)
                + " may"
                + Baseline.usual(counts.runs(), GuardCounts.PastRun::changed),
            LOOK
                + "raise guards.max-changed for one run with: --set guards.max-changed="
                + raised(share));
  }

  private static GuardResult newMqls(int limit, GuardCounts counts) {
    String name = "max-new-mqls";
    String numbers = number(counts.newMqls()) + " new MQLs";
    if (counts.runs().isEmpty()) {
      return noBaseline(name, numbers + ": in a first run all are new");
    }
    return counts.newMqls() <= limit
        ? passed(name, numbers)
        : stopped(
            name,
            numbers
                + " since the last run, at most "
                + number(limit)
                + " may be"
                + Baseline.usual(counts.runs(), GuardCounts.PastRun::newMqls),
            LOOK
                + "raise guards.max-new-mqls, for one run with: --set guards.max-new-mqls="
                + counts.newMqls());
  }

  private static GuardResult rejects(int limit, GuardCounts counts) {
    String name = "reject-limit";
    String numbers = number(counts.openRejects()) + " rejected records wait";
    return counts.openRejects() <= limit
        ? passed(name, numbers)
        : stopped(
            name,
            numbers + ", at most " + number(limit) + " may",
            "list them with: ripen rejects; mend them, drop them, or raise guards.reject-limit");
  }

  private static GuardResult passed(String guard, String message) {
    return new GuardResult(guard, Status.PASSED, message, "");
  }

  private static GuardResult noBaseline(String guard, String message) {
    return new GuardResult(guard, Status.NO_BASELINE, message, "");
  }

  private static GuardResult stopped(String guard, String message, String fix) {
    return new GuardResult(guard, Status.STOPPED, message, fix);
  }

  private static BigDecimal share(long part, long whole) {
    return whole == 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 6, RoundingMode.HALF_UP);
  }

  private static String percent(BigDecimal share) {
    return share.movePointRight(2).setScale(1, RoundingMode.HALF_UP).toPlainString() + " %";
  }

  /** The next whole per cent, as the configuration takes it. */
  private static String raised(BigDecimal share) {
    return share.movePointRight(2).setScale(0, RoundingMode.UP).toPlainString() + "%";
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
