package dev.ripen.crm.hubspot;

import dev.ripen.crm.FieldType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns canonical text into HubSpot's values and back. HubSpot takes canonical text as it is, but
 * answers dates and instants as ISO text or as epoch milliseconds. What cannot be understood stays
 * as HubSpot wrote it.
 */
final class Values {
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern EPOCH_MILLIS = Pattern.compile("-?\\d{1,15}");
  private static final int LONGEST_NUMBER = 100;

  private Values() {}

  /** An empty string clears; null is not a documented value. */
  static String toHubSpot(@Nullable String canonical) {
    return canonical == null ? "" : canonical;
  }

  static @Nullable String toCanonical(FieldType type, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      return null;
    }
    return switch (type) {
      case BOOLEAN -> value.toLowerCase(Locale.ROOT);
      case NUMBER -> number(value);
      case DATE -> date(value);
      case INSTANT -> instant(value);
      case TEXT, LONG_TEXT, ENUMERATION, OTHER -> value;
    };
  }

  private static String number(String value) {
    if (value.length() > LONGEST_NUMBER) {
      return value;
    }
    try {
      BigDecimal number = new BigDecimal(value.strip());
      boolean absurd = Math.abs((long) number.scale()) > LONGEST_NUMBER;
      return absurd ? value : number.stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return value;
    }
  }

  private static String date(String value) {
    if (EPOCH_MILLIS.matcher(value).matches()) {
      return LocalDate.ofInstant(Instant.ofEpochMilli(Long.parseLong(value)), ZoneOffset.UTC)
          .toString();
    }
    try {
      return value.contains("T")
          ? LocalDate.ofInstant(parseInstant(value), ZoneOffset.UTC).toString()
          : LocalDate.parse(value).toString();
    } catch (DateTimeException e) {
      return value;
    }
  }

  private static String instant(String value) {
    if (EPOCH_MILLIS.matcher(value).matches()) {
      return INSTANT.format(Instant.ofEpochMilli(Long.parseLong(value)));
    }
    try {
      return INSTANT.format(
          value.contains("T")
              ? parseInstant(value)
              : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant());
    } catch (DateTimeException e) {
      return value;
    }
  }

  private static Instant parseInstant(String value) {
    Object parsed =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(value, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof OffsetDateTime withOffset
        ? withOffset.toInstant()
        : ((LocalDateTime) parsed).toInstant(ZoneOffset.UTC);
  }
}
