package dev.ripen.crm;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of a CRM's request limits ripen may use; the rest is for others. Shares are fractions
 * above 0, at most 1.
 *
 * @param burst of the requests in a short window
 * @param day of the requests of a day, which all of an account's applications share
 */
public record Budget(BigDecimal burst, BigDecimal day) {
  public static final Budget ALL = new Budget(BigDecimal.ONE, BigDecimal.ONE);

  public Budget {
    requireShare(burst);
    requireShare(day);
  }

  private static void requireShare(BigDecimal share) {
    if (share.signum() <= 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException("a share must be above 0 and at most 1: " + share);
    }
  }

  /** Requests that may be sent per window; at least one. */
  public int ofWindow(int limit) {
    return Math.max(1, part(burst, limit));
  }

  /** Requests of a day that are left alone. */
  public int keptOfDay(int limit) {
    return limit - part(day, limit);
  }

  private static int part(BigDecimal share, int limit) {
    return share.multiply(BigDecimal.valueOf(limit)).setScale(0, RoundingMode.DOWN).intValueExact();
  }
}
