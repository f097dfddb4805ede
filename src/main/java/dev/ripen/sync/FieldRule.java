package dev.ripen.sync;

import dev.ripen.config.FieldPolicy;
import dev.ripen.crm.FieldType;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One field's policy with what the CRM says of the field; decides per value.
 *
 * @param onDrift what to do if somebody edited it in the CRM
 * @param type null if the CRM was not asked
 * @param options of an enumeration in their order, empty if unknown
 */
record FieldRule(
    String name,
    FieldPolicy.Kind kind,
    @Nullable BigDecimal minChange,
    FieldPolicy.Drift onDrift,
    @Nullable FieldType type,
    List<String> options)
    implements Serializable {

  /** What is known of the CRM's value. */
  record Current(boolean known, @Nullable String value) {
    static final Current UNKNOWN = new Current(false, null);

    static Current of(@Nullable String value) {
      return new Current(true, FieldValues.orNull(value));
    }

    boolean isEmpty() {
      return known && value == null;
    }
  }

  /**
   * What the lead's state means for the fields.
   *
   * @param due the episode's on-qualification fields are not written yet
   * @param held an MQL from before live-since: no stage, nothing that is done once
   */
  record Moment(boolean due, boolean held) {}

  enum Deed {
    LEAVE,
    WRITE,
    /** Depends on the CRM's value. */
    LOOK_UP
  }

  /**
   * What to do with the field.
   *
   * @param triggers whether this alone is worth a write
   * @param note for people, empty if there is nothing to say
   */
  record Decision(Deed deed, boolean triggers, String note) {
    static final Decision LEAVE = new Decision(Deed.LEAVE, false, "");
    static final Decision WRITE = new Decision(Deed.WRITE, true, "");
    static final Decision LOOK_UP = new Decision(Deed.LOOK_UP, true, "");

    static Decision leave(String note) {
      return new Decision(Deed.LEAVE, false, note);
    }
  }

  /** Before the CRM is asked; {@code acknowledged} is what the ledger says. */
  Decision beforeLookup(@Nullable String wanted, Current acknowledged, Moment moment) {
    return switch (kind) {
      case OVERWRITE ->
          acknowledged.known() ? overwriteBefore(wanted, acknowledged) : Decision.LOOK_UP;
      case FILL_EMPTY ->
          // What the ledger knows to be filled stays: asking again every night would cost requests.
          wanted == null || acknowledged.value() != null ? Decision.LEAVE : Decision.LOOK_UP;
      case FORWARD_ONLY -> forwardBefore(wanted, acknowledged, moment);
      // Also with an equal text: the ledger must learn of the episode.
      case ON_QUALIFICATION -> wanted != null && moment.due() ? Decision.WRITE : Decision.LEAVE;
    };
  }

  /** With all that can be known; an unknown value is one that nobody could look up. */
  Decision decide(@Nullable String wanted, Current current, Moment moment) {
    return switch (kind) {
      case OVERWRITE -> overwrite(wanted, current);
      case FILL_EMPTY ->
          wanted == null || current.value() != null ? Decision.LEAVE : Decision.WRITE;
      case FORWARD_ONLY -> forward(wanted, current, moment);
      case ON_QUALIFICATION ->
          wanted == null || !moment.due() || isSame(wanted, current)
              ? Decision.LEAVE
              : Decision.WRITE;
    };
  }

  /**
   * With a value of ours that somebody edited in the CRM.
   *
   * @param acknowledged what it was before that
   */
  Decision decideEdited(
      @Nullable String wanted, Current acknowledged, Current current, Moment moment) {
    if (onDrift == FieldPolicy.Drift.KEEP_OURS) {
      return decide(wanted, current, moment);
    }
    if (onDrift == FieldPolicy.Drift.KEEP_THEIRS) {
      return Decision.leave(name + " left alone: it was edited in the CRM");
    }
    // Only what the model says anew replaces what somebody has written there.
    return isSame(wanted, acknowledged) ? Decision.LEAVE : decide(wanted, current, moment);
  }

  boolean isSame(@Nullable String wanted, Current current) {
    return current.known() && FieldValues.same(type, wanted, current.value());
  }

  private Decision overwriteBefore(@Nullable String wanted, Current acknowledged) {
    Decision decision = overwrite(wanted, acknowledged);
    boolean look =
        switch (onDrift) {
          case REPORT -> false;
          case KEEP_OURS -> true;
          case KEEP_THEIRS -> decision.deed() == Deed.WRITE;
        };
    return look ? new Decision(Deed.LOOK_UP, decision.triggers(), "") : decision;
  }

  private Decision overwrite(@Nullable String wanted, Current current) {
    if (!current.known()) {
      return wanted == null ? Decision.LEAVE : Decision.WRITE;
    }
    if (isSame(wanted, current)) {
      return Decision.LEAVE;
    }
    return new Decision(Deed.WRITE, !isBelowMinChange(wanted, current.value()), "");
  }

  private boolean isBelowMinChange(@Nullable String wanted, @Nullable String current) {
    Optional<BigDecimal> left = FieldValues.number(wanted);
    Optional<BigDecimal> right = FieldValues.number(current);
    return minChange != null
        && left.isPresent()
        && right.isPresent()
        && left.get().subtract(right.get()).abs().compareTo(minChange) < 0;
  }

  private Decision forwardBefore(@Nullable String wanted, Current acknowledged, Moment moment) {
    Decision decision = forward(wanted, acknowledged, moment);
    if (decision.deed() == Deed.WRITE) {
      return Decision.LOOK_UP;
    }
    // An acknowledged value without a rank is worth a look only if the row is written anyway.
    return wanted != null
            && !moment.held()
            && acknowledged.value() != null
            && !isSame(wanted, acknowledged)
            && !options.contains(acknowledged.value())
        ? new Decision(Deed.LOOK_UP, false, "")
        : decision;
  }

  private Decision forward(@Nullable String wanted, Current current, Moment moment) {
    if (wanted == null || moment.held() || isSame(wanted, current)) {
      return Decision.LEAVE;
    }
    int to = options.indexOf(wanted);
    if (!options.isEmpty() && to < 0) {
      return Decision.leave(name + " left alone: `" + wanted + "` is none of its options");
    }
    String value = current.value();
    if (value == null) {
      return Decision.WRITE;
    }
    int from = options.indexOf(value);
    if (from < 0) {
      return Decision.leave(name + " left alone: the place of `" + value + "` is not known");
    }
    return to > from
        ? Decision.WRITE
        : Decision.leave(name + " stays " + value + ": never backwards");
  }
}
