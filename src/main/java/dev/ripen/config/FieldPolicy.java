package dev.ripen.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a CRM field, and when ripen writes it.
 *
 * @param onDrift of an overwritten field that somebody edited by hand
 * @param minChange least change of a number that alone is worth a write; null: every change
 */
public record FieldPolicy(Kind kind, @Nullable BigDecimal minChange, Drift onDrift) {
  /** Reports what somebody edited. */
  public FieldPolicy(Kind kind, @Nullable BigDecimal minChange) {
    this(kind, minChange, Drift.REPORT);
  }

  /** What to do about a value that somebody edited in the CRM since it was acknowledged. */
  public enum Drift {
    /** Overwrite it when the row is written, and let {@code plan --live} tell. */
    REPORT,
    /** As report, but write ours again also where the model's value has not moved. */
    KEEP_OURS,
    /** Leave it until it is what was acknowledged; costs a read for every row that changes. */
    KEEP_THEIRS
  }

  /** The policies. */
  public enum Kind {
    /** Ours: always as the model says. */
    OVERWRITE,
    /** Written only while the CRM's value is empty. */
    FILL_EMPTY,
    /** An ordered enumeration that never moves backwards. */
    FORWARD_ONLY,
    /** Written once per MQL episode. */
    ON_QUALIFICATION
  }
}
