package dev.ripen.scoring;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * The days of a zone, the latest asked for from memory: the people of a night live through the same
 * ones, and to ask a zone takes longer than to fold a day.
 */
final class LocalDays {
  /** A day starts at any time of UTC; so few instants share a place with those of another day. */
  private static final long QUARTER_MICROS = LocalDay.DAY_MICROS / 4;

  private static final int PLACES = 512;

  private final ZoneId zone;

  /** Of several threads: a day is immutable, and who finds an old one only asks the zone. */
  private final @Nullable LocalDay[] known = new LocalDay[PLACES];

  LocalDays(ZoneId zone) {
    this.zone = zone;
  }

  LocalDay of(long micros) {
    int place = (int) Math.floorDiv(micros, QUARTER_MICROS) & (PLACES - 1);
    LocalDay day = known[place];
    if (day == null || !day.contains(micros)) {
      day = LocalDay.of(micros, zone);
      known[place] = day;
    }
    return day;
  }
}
