package dev.ripen.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a CRM field, and when ripen writes it.
 *
 * @param minChange least change of a number that alone is worth a write; null: every change
 */
public record FieldPolicy(Kind kind, @Nullable BigDecimal minChange) {
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
