package dev.ripen.sample;

import java.util.List;
import java.util.Locale;

/**
 * An invented employer.
 *
 * @param domain under {@code .example}, which nobody can register (RFC 2606)
 */
record Company(String name, String domain, Country country) {
  private static final long STREAM = 11;

  private static final List<String> FIRST =
      split(
          "Bright Silver Cedar Harbor River Copper Maple Summit Lumen Iron Amber Crystal Falcon Granite"
              + " Willow Meadow Velvet Polar Cobalt Juniper Aspen Ember Lunar Coral Birch Raven Quartz"
              + " Clover Stone Thistle Blue Golden Swift Quiet Vivid Fern Hazel Delta Onyx Pine Sage"
              + " Sierra Tidal Ultra Vista Winter Zephyr Alder Beacon Canyon Dune Echo Fjord Glacier"
              + " Indigo Jade Kite Linden Mosaic Nimbus");
  private static final List<String> SECOND =
      split(
          "path works field point bridge stack line loop leaf forge wave gate mark port craft nest ridge"
              + " spark flow base grid peak cast dock mill shore light vale stream crest link ware view"
              + " yard side head fall ford wick well land hill house tree star moor way hub rock mind");
  private static final List<String> THIRD =
      split(
          "Labs Systems Group Software Media Logistics Health Foods Robotics Energy Analytics Retail"
              + " Mobility Finance Design Cloud Studios Travel Education Partners");
  private static final int NAMES = FIRST.size() * SECOND.size() * THIRD.size();

  /** The company with that number; no two have the same domain. */
  static Company of(long seed, int number) {
    if (number == 0) {
      return new Company("Northwind", "northwind.example", Country.UNITED_KINGDOM);
    }
    Country country = Country.pick(new Dice(seed, STREAM, number));
    // A prime that the number of names does not hold: this walks through all of them.
    int pick = (int) ((number * 28_657L + 11) % NAMES);
    int round = number / NAMES;
    String name =
        FIRST.get(pick % FIRST.size())
            + SECOND.get(pick / FIRST.size() % SECOND.size())
            + " "
            + THIRD.get(pick / FIRST.size() / SECOND.size())
            + (round == 0 ? "" : " " + (round + 1));
    String domain = name.toLowerCase(Locale.ROOT).replace(' ', '-') + ".example";
    return new Company(name, domain, country);
  }

  private static List<String> split(String words) {
    return List.of(words.split(" "));
  }
}
