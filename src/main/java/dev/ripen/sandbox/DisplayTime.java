package dev.ripen.sandbox;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as people read them on the page, in the zone of the options. */
record DisplayTime(ZoneId zone) {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter SHORT =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH);
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

  String withMinutes(long epochMillis) {
    return MINUTES.format(Instant.ofEpochMilli(epochMillis).atZone(zone));
  }

  String inSentence(long epochMillis) {
    return SHORT.format(Instant.ofEpochMilli(epochMillis).atZone(zone));
  }

  String withSeconds(long epochMillis) {
    return SECONDS.format(Instant.ofEpochMilli(epochMillis).atZone(zone));
  }

  String day(LocalDate day) {
    return DAY.format(day);
  }

  LocalDate localDate(long epochMillis) {
    return Instant.ofEpochMilli(epochMillis).atZone(zone).toLocalDate();
  }
}
