package dev.ripen.sample;

import java.util.OptionalLong;

/**
 * Guesses when sales would have heard of a person, so that what the CRM's people did has a time
 * that makes sense. Only the sample's history hangs on it: scores are the rules' business.
 */
final class Interest {
  private static final double HALF_LIFE_DAYS = 14;
  private static final double ENOUGH = 50;
  private static final double MOST_FOR_PAGES = 40;

  private double forms;
  private double pages;
  private long lastAt = Long.MIN_VALUE;
  private long qualifiedAt = Long.MIN_VALUE;

  void page(long at, boolean pricing) {
    fade(at);
    pages = Math.min(MOST_FOR_PAGES, pages + (pricing ? 15 : 5));
    judge(at);
  }

  void event(long at, Table table) {
    fade(at);
    forms +=
        switch (table) {
          case SIGNED_UP -> 25;
          case DEMO_REQUESTED -> 30;
          case WEBINAR_ATTENDED -> 15;
          case EBOOK_DOWNLOADED -> 10;
          case UNSUBSCRIBED -> -30;
          case CONTACT,
              CONTACT_PROPERTY_HISTORY,
              CONTACT_MERGE_AUDIT,
              IDENTIFIES,
              PAGES,
              FEATURE_USED ->
              0;
        };
    judge(at);
  }

  OptionalLong qualifiedAt() {
    return qualifiedAt == Long.MIN_VALUE ? OptionalLong.empty() : OptionalLong.of(qualifiedAt);
  }

  private void fade(long at) {
    if (lastAt != Long.MIN_VALUE && at > lastAt) {
      // StrictMath: the same bits on every machine.
      double days = (double) (at - lastAt) / Hours.DAY;
      double factor = StrictMath.pow(2, -days / HALF_LIFE_DAYS);
      forms *= factor;
      pages *= factor;
    }
    lastAt = Math.max(lastAt, at);
  }

  private void judge(long at) {
    if (qualifiedAt == Long.MIN_VALUE && forms + pages >= ENOUGH) {
      qualifiedAt = at;
    }
  }
}
