package dev.ripen.sqlmodel;

import static java.util.Objects.requireNonNull;

/**
 * What must hold for every row of a model, from a {@code -- @check} line.
 *
 * @param name as the user wrote it, spaces made single: {@code unique(lead_id)}
 * @param failing a Spark SQL aggregate that counts the rows that fail
 * @param severity what a failing row means for a run
 * @param line of the annotation, from 1
 * @param column of the check in that line, from 1
 */
public record ModelCheck(String name, String failing, Severity severity, int line, int column) {
  public ModelCheck {
    requireNonNull(name);
    requireNonNull(failing);
    requireNonNull(severity);
  }

  /** Whether it needs to see all rows side by side, so that it cannot be counted in passing. */
  public boolean isDistinct() {
    return failing.contains("DISTINCT");
  }

  /** What a failing row means. */
  public enum Severity {
    /** Nothing is sent. */
    BLOCK,
    /** It is reported. */
    WARN
  }
}
