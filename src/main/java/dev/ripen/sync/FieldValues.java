package dev.ripen.sync;

import dev.ripen.crm.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares canonical texts by what they mean. */
final class FieldValues {
  // Leading zeros and exponents are left out: a text such as 007 is no number.
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,30})(\\.\\d{1,30})?");
  private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*Z");

  private FieldValues() {}

  /** An empty text is an empty field: CRMs do not tell them apart. */
  static @Nullable String orNull(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  /**
   * Whether two values mean the same.
   *
   * @param type null if the CRM was not asked: then what both look like decides
   */
  static boolean same(@Nullable FieldType type, @Nullable String left, @Nullable String right) {
    String a = orNull(left);
    String b = orNull(right);
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return a.equals(b) || sameNumber(type, a, b) || sameInstant(type, a, b);
  }

  static Optional<BigDecimal> number(@Nullable String value) {
    return value != null && NUMBER.matcher(value).matches()
        ? Optional.of(new BigDecimal(value))
        : Optional.empty();
  }

  private static boolean sameNumber(@Nullable FieldType type, String a, String b) {
    if (type != null && type != FieldType.NUMBER) {
      return false;
    }
    Optional<BigDecimal> left = number(a);
    Optional<BigDecimal> right = number(b);
    return left.isPresent() && right.isPresent() && left.get().compareTo(right.get()) == 0;
  }

  private static boolean sameInstant(@Nullable FieldType type, String a, String b) {
    if (type != null && type != FieldType.INSTANT) {
      return false;
    }
    Optional<Instant> left = instant(a);
    return left.isPresent() && left.equals(instant(b));
  }

  private static Optional<Instant> instant(String value) {
    if (!INSTANT.matcher(value).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.parse(value));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
