package dev.ripen.sample;

import static java.util.Objects.requireNonNull;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * Which sample. Equal specs give equal rows.
 *
 * @param contacts rows of the CRM's contact table, merged and deleted ones included
 * @param days of web and product traffic before {@code end}
 * @param events delivered events; empty: 60 for each contact. Never fewer than what the contacts
 *     themselves do, which is some ten each
 * @param end nothing has been delivered after it
 */
public record SampleSpec(int contacts, int days, OptionalLong events, long seed, Instant end) {
  private static final int EVENTS_PER_CONTACT = 60;

  public SampleSpec {
    requireNonNull(events);
    requireNonNull(end);
    check(contacts >= 100 && contacts <= 10_000_000, "--contacts " + contacts, "100 to 10000000");
    check(days >= 14 && days <= 730, "--days " + days, "14 to 730");
    check(
        events.isEmpty() || events.getAsLong() >= 0,
        "--events " + events.orElse(0),
        "a number from 0");
  }

  /** The sample that the README shows. */
  public static SampleSpec standard() {
    return new SampleSpec(
        20_000, 90, OptionalLong.empty(), 20_261_120L, Instant.parse("2026-11-20T05:00:00Z"));
  }

  /** Delivered events to reach. */
  long targetEvents() {
    return events.orElse((long) contacts * EVENTS_PER_CONTACT);
  }

  private static void check(boolean holds, String what, String allowed) {
    if (!holds) {
      throw new ProblemException(
          Problem.of(ErrorCode.USAGE_INVALID, what + " is out of range", "Give " + allowed + "."));
    }
  }
}
