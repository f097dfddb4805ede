package dev.ripen.sync;

import java.util.Locale;

/** What a plan does with a row. */
public enum PlanAction {
  CREATE,
  UPDATE,
  UNCHANGED,
  SKIPPED;

  /** As JSON and the text output call it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static PlanAction of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
