package dev.ripen.scoring;

import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What makes a rule award. Durations are in microseconds where they need not be whole days. */
public sealed interface Trigger extends Serializable {
  /** Its kind in one lower-case word, for programs. */
  String word();

  /**
   * Each signal of the rule's name: an event that matches its predicate.
   *
   * @param signalsCarryPoints whether the points are worked out of each event; the rule's own are 0
   */
  record Event(boolean signalsCarryPoints) implements Trigger {
    /** With the rule's points. */
    public Event() {
      this(false);
    }

    @Override
    public String word() {
      return "event";
    }
  }

  /** No awards: the points count while a predicate over the lead holds. Never decays. */
  record Attribute() implements Trigger {
    @Override
    public String word() {
      return "attribute";
    }
  }

  /** Each change to one of these statuses. */
  record Status(Set<String> statuses) implements Trigger {
    public Status {
      statuses = Set.copyOf(statuses);
    }

    @Override
    public String word() {
      return "status";
    }
  }

  /**
   * The instant at which enough signals of other rules, refused ones too, have come together.
   *
   * @param rules event rules whose signals count
   * @param atLeast how many signals, local days with one, or people
   * @param windowMicros length of the window {@code (t − window, t]}; null: ever
   */
  record Count(Set<String> rules, int atLeast, Unit unit, @Nullable Long windowMicros)
      implements Trigger {
    public Count {
      rules = Set.copyOf(rules);
    }

    @Override
    public String word() {
      return "count";
    }

    /** What is counted. */
    public enum Unit {
      SIGNALS,
      LOCAL_DAYS,
      /** Distinct visitor ids: for signals of a whole account, the people in it. */
      PEOPLE
    }
  }

  /**
   * The instant at which a conjunction becomes true: each of these rules has a signal in the window
   * (an event or status rule), has fired in it (a count rule), or holds (an attribute rule).
   *
   * @param windowMicros length of the window {@code (t − window, t]}; null: ever
   */
  record AllOf(Set<String> rules, @Nullable Long windowMicros) implements Trigger {
    public AllOf {
      rules = Set.copyOf(rules);
    }

    @Override
    public String word() {
      return "all-of";
    }
  }

  /**
   * Silence: no matched positive signal for {@code afterDays} periods of 24 hours, then again each
   * {@code everyDays}; due at the first local midnight at or after. Never decays.
   *
   * @param rules whose signals, statuses or firings break the silence; empty: every positive signal
   * @param everyDays null: once per silence
   * @param above only if the total before the night is above, in micro-points; null for no bound
   * @param upTo only if the total before the night is at most this; null for no bound
   */
  record Inactivity(
      Set<String> rules,
      int afterDays,
      @Nullable Integer everyDays,
      @Nullable Long above,
      @Nullable Long upTo)
      implements Trigger {
    public Inactivity {
      rules = Set.copyOf(rules);
    }

    /** Silence of everything that earns points. */
    public Inactivity(
        int afterDays, @Nullable Integer everyDays, @Nullable Long above, @Nullable Long upTo) {
      this(Set.of(), afterDays, everyDays, above, upTo);
    }

    @Override
    public String word() {
      return "inactivity";
    }
  }
}
