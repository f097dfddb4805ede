package dev.ripen.sandbox;

import java.util.regex.Pattern;

/** The version in the path: {@code v3} or a date such as {@code 2026-09}. */
record ApiVersion(String name) {
  private static final Pattern DATED = Pattern.compile("20\\d\\d-(03|09)(-beta)?");

  static ApiVersion of(String name) {
    if (!name.equals("v3") && !DATED.matcher(name).matches()) {
      throw ApiException.notFound("There is no version " + name);
    }
    return new ApiVersion(name);
  }

  /** From 2026-09 on dates are normalised with a warning instead of refused. */
  boolean normalisesDates() {
    return !name.equals("v3") && name.compareTo("2026-09") >= 0;
  }
}
