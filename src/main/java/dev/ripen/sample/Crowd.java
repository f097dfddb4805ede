package dev.ripen.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * Everybody whom the CRM does not know, and the product's own traffic: strangers, bots, scrapers,
 * the tablet at the trade-fair stand, sign-ups that never reached the CRM, and feature use.
 */
final class Crowd {
  private static final long STREAM = 9;
  private static final long STRANGERS = 1L << 40;
  private static final long BOTS = 1L << 41;
  private static final long SCRAPERS = 1L << 42;
  private static final long TABLETS = 1L << 43;
  private static final long LOST = 1L << 44;
  private static final int TABLET_EVERY = 2_000;
  private static final int SCRAPER_EVERY = 7_000;
  private static final int LOST_EVERY = 1_666;

  private final Landing landing;
  private final Hours hours;
  private final ChunkStore store;
  private final long seed;
  private final int chunk;
  private final Dice dice;
  private final List<User> users = new ArrayList<>();

  Crowd(Landing landing, Hours hours, ChunkStore store, long seed, int chunk) {
    this.landing = landing;
    this.hours = hours;
    this.store = store;
    this.seed = seed;
    this.chunk = chunk;
    this.dice = new Dice(seed, STREAM, chunk);
  }

  private record User(String userId, String anonymousId, Country country, long since) {}

  /** Somebody of this chunk is done: what the crowd has to do with him. */
  void meet(Person person, Journey journey) {
    if (journey.userSince() < hours.end()) {
      String device = journey.device().anonymousId();
      users.add(new User(person.userId(), device, person.country(), journey.userSince()));
    }
    int index = person.index();
    if (index % TABLET_EVERY >= 40 && index % TABLET_EVERY < 70) {
      tablet(person);
    }
    if (index % SCRAPER_EVERY == 400) {
      scraper(person);
    }
    if (index % LOST_EVERY == LOST_EVERY - 1) {
      lostSignUp(index);
    }
  }

  /** The rest, until the warehouse holds that many events. */
  void fill(long target) {
    long missing = target - store.events();
    long strangers = missing / 6;
    long untilStrangers = store.events() + strangers;
    for (long visitor = 0; store.events() < untilStrangers; visitor++) {
      stranger(visitor, dice.chance(40));
    }
    while (store.events() < target && !users.isEmpty()) {
      User user = dice.pick(users);
      long from = Math.max(user.since(), hours.start());
      long at = hours.between(dice, user.country(), from, hours.end());
      landing.feature(at, user.anonymousId(), user.userId(), dice.pick(Site.FEATURES));
    }
  }

  private void stranger(long visitor, boolean bot) {
    long number = (bot ? BOTS : STRANGERS) + ((long) chunk << 24) + visitor;
    Device device = bot ? Device.bot(seed, number) : Device.of(seed, number);
    long at = hours.between(dice, Country.pick(dice), hours.start(), hours.end());
    int pages = bot ? dice.between(4, 30) : dice.weighted(0, 55, 25, 12, 8);
    String referrer = dice.chance(600) ? dice.pick(Site.REFERRERS) : null;
    for (int i = 0; i < pages; i++) {
      Site.Page page = dice.chance(50) ? Site.PRICING : dice.pick(Site.PAGES);
      landing.page(at, device, null, page, referrer);
      referrer = page.url();
      at += bot ? Hours.SECOND : dice.between(10 * Hours.SECOND, 3 * Hours.MINUTE);
    }
  }

  /** One browser, thirty people. */
  private void tablet(Person person) {
    Device tablet = Device.of(seed, TABLETS + person.index() / TABLET_EVERY);
    long day = hours.end() - 37 * Hours.DAY;
    long at = hours.between(dice, person.country(), day, day + Hours.DAY);
    landing.page(at, tablet, null, Site.HOME, null);
    landing.identify(at + Hours.MINUTE, tablet, null, person.email());
  }

  /** Somebody's script that reads the whole site with a browser's name. */
  private void scraper(Person person) {
    Device device = Device.of(seed, SCRAPERS + person.index());
    long at = hours.end() - dice.between(5, 60) * Hours.DAY;
    landing.identify(at, device, null, person.email());
    int pages = dice.between(1_500, 2_500);
    for (int i = 0; i < pages; i++) {
      landing.page(at + i * 2L * Hours.SECOND, device, null, dice.pick(Site.PAGES), null);
    }
  }

  /** Signed up, but the form's integration did not create the contact. */
  private void lostSignUp(int index) {
    Device device = Device.of(seed, LOST + index);
    Country country = Country.pick(dice);
    long at = hours.between(dice, country, hours.start(), hours.end() - 3 * Hours.HOUR);
    String user = "usr_x" + index;
    String email = "hello" + index + "@" + Company.of(seed, 5 + index / 4).domain();
    landing.page(at - 2 * Hours.MINUTE, device, null, Site.PRODUCT, null);
    landing.page(at - Hours.MINUTE, device, null, Site.SIGN_UP, Site.PRODUCT.url());
    landing.identify(at, device, user, email);
    landing.track(Table.SIGNED_UP, at + Hours.SECOND, device, user, Site.SIGN_UP, email, "free");
  }
}
