package dev.ripen.sandbox;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges one written value by its property and brings it into the stored form. Pure.
 *
 * <p>Before 2026-09 a date must be a day or midnight UTC in epoch milliseconds. From 2026-09 other
 * forms are accepted and normalised (HubSpot's changelog on write validation, read 2026-11-22).
 */
final class ValueRules {
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@,;<>\"]{1,64}@([A-Za-z0-9_-]+\\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]");
  private static final Pattern NUMBER = Pattern.compile("-?\\d*\\.?\\d+");
  private static final Pattern DIGITS = Pattern.compile("-?\\d{1,15}");
  private static final int LONGEST_TEXT = 65_536;
  private static final long DAY_MILLIS = 86_400_000L;
  // Epoch seconds stay below this until the year 5138, milliseconds are above it since 1973.
  private static final long LEAST_MILLIS = 100_000_000_000L;

  private ValueRules() {}

  /**
   * What is stored, or why nothing is.
   *
   * @param normalised whether the answer must warn that the value was changed
   */
  record Verdict(String stored, boolean normalised, @Nullable PropertyError error) {
    static Verdict stored(String value) {
      return new Verdict(value, false, null);
    }
  }

  static Verdict judge(PropertyDefinition property, String raw, ApiVersion version) {
    if (property.readOnly()) {
      return refuse(
          property,
          "READ_ONLY_VALUE",
          "\"" + property.name() + "\" is a read only property; its value cannot be set");
    }
    if (raw.isEmpty()) {
      return Verdict.stored("");
    }
    if (property.name().equals("email")) {
      return email(property, raw);
    }
    return switch (property.type()) {
      case "number" -> number(property, raw);
      case "bool" -> bool(property, raw);
      case "enumeration" -> enumeration(property, raw);
      case "date" -> date(property, raw, version);
      case "datetime" -> datetime(property, raw, version);
      default -> text(property, raw);
    };
  }

  private static Verdict refuse(PropertyDefinition property, String error, String message) {
    return new Verdict("", false, new PropertyError(property.name(), error, message));
  }

  private static Verdict email(PropertyDefinition property, String raw) {
    String stored = raw.toLowerCase(Locale.ROOT);
    return EMAIL.matcher(stored).matches()
        ? Verdict.stored(stored)
        : refuse(property, "INVALID_EMAIL", "Email address " + raw + " is invalid");
  }

  private static Verdict number(PropertyDefinition property, String raw) {
    return NUMBER.matcher(raw).matches()
        ? Verdict.stored(raw)
        : refuse(property, "INVALID_INTEGER", raw + " was not a valid number.");
  }

  private static Verdict bool(PropertyDefinition property, String raw) {
    return raw.equals("true") || raw.equals("false")
        ? Verdict.stored(raw)
        : refuse(
            property, "INVALID_OPTION", raw + " was not one of the allowed options: [true, false]");
  }

  private static Verdict enumeration(PropertyDefinition property, String raw) {
    // Several check boxes are written as one text; a leading semicolon appends, which the planner
    // resolves before it asks here.
    String[] parts =
        property.fieldType().equals("checkbox") ? raw.split(";", -1) : new String[] {raw};
    for (String part : parts) {
      if (property.options().stream().noneMatch(option -> option.value().equals(part))) {
        return refuse(
            property,
            "INVALID_OPTION",
            part
                + " was not one of the allowed options: "
                + property.options().stream().map(PropertyDefinition.Option::value).toList());
      }
    }
    return Verdict.stored(raw);
  }

  private static Verdict text(PropertyDefinition property, String raw) {
    return raw.length() <= LONGEST_TEXT
        ? Verdict.stored(raw)
        : refuse(
            property,
            "PROPERTY_VALUE_TOO_LONG",
            "The value is longer than " + LONGEST_TEXT + " characters");
  }

  private static Verdict date(PropertyDefinition property, String raw, ApiVersion version) {
    try {
      if (!DIGITS.matcher(raw).matches() && raw.length() == 10) {
        return Verdict.stored(LocalDate.parse(raw).toString());
      }
      long millis = millis(raw, version);
      boolean midnight = Math.floorMod(millis, DAY_MILLIS) == 0;
      boolean plain = midnight && DIGITS.matcher(raw).matches() && !isSeconds(raw, version);
      if (plain || version.normalisesDates()) {
        LocalDate day = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate();
        return new Verdict(day.toString(), !plain, null);
      }
    } catch (DateTimeException e) {
      return refuse(property, "INVALID_DATE", raw + " is not a valid date");
    }
    return refuse(property, "INVALID_DATE", raw + " is not at midnight UTC");
  }

  private static Verdict datetime(PropertyDefinition property, String raw, ApiVersion version) {
    try {
      if (raw.length() == 10 && !DIGITS.matcher(raw).matches() && version.normalisesDates()) {
        long start = LocalDate.parse(raw).toEpochDay() * DAY_MILLIS;
        return new Verdict(Instants.text(start), true, null);
      }
      return new Verdict(
          Instants.text(millis(raw, version)),
          version.normalisesDates() && isSeconds(raw, version),
          null);
    } catch (DateTimeException e) {
      return refuse(property, "INVALID_DATE", raw + " is not a valid date and time");
    }
  }

  private static boolean isSeconds(String raw, ApiVersion version) {
    return version.normalisesDates()
        && DIGITS.matcher(raw).matches()
        && Math.abs(Long.parseLong(raw)) < LEAST_MILLIS;
  }

  private static long millis(String raw, ApiVersion version) {
    if (DIGITS.matcher(raw).matches()) {
      long number = Long.parseLong(raw);
      return isSeconds(raw, version) ? number * 1000 : number;
    }
    return OffsetDateTime.parse(raw).toInstant().toEpochMilli();
  }
}
