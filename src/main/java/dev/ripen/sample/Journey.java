package dev.ripen.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets one person browse, fill in forms and sign up, and remembers what sales will want to know.
 */
// Devices and pages are the same object or another one.
@SuppressWarnings("ReferenceEquality")
final class Journey {
  private static final long STREAM = 7;
  private static final int DEVICES = 8;
  private static final List<String> EBOOKS =
      List.of("The lead scoring handbook", "From MQL to revenue", "Marketing data on one page");
  private static final List<String> WEBINARS =
      List.of("Scoring in the open", "What sales wants to know", "Product tour");

  private final Person person;
  private final Landing landing;
  private final Hours hours;
  private final Dice dice;
  private final Interest interest = new Interest();
  private final Device first;
  private final Device second;
  private long createdAt;
  private @Nullable Device known;
  private @Nullable String user;
  private long userSince = Long.MAX_VALUE;

  Journey(Person person, Landing landing, Hours hours, long seed) {
    this.person = person;
    this.landing = landing;
    this.hours = hours;
    this.dice = new Dice(seed, STREAM, person.index());
    // Two people at one desk: the second uses the first one's browser.
    boolean shared = person.index() % 64 == 33;
    int owner = shared ? person.index() - 1 : person.index();
    this.first = Device.of(seed, (long) owner * DEVICES);
    this.second = Device.of(seed, (long) person.index() * DEVICES + 1);
    // Contacts are older than the traffic unless the journey says otherwise.
    this.createdAt = hours.between(dice, country(), hours.start() - 640 * Hours.DAY, hours.start());
  }

  /** Does everything. */
  void walk() {
    switch (person.habit()) {
      case DORMANT -> dormant();
      case READER -> reader();
      case EVALUATOR -> evaluator();
      case USER -> user();
    }
  }

  long createdAt() {
    return createdAt;
  }

  Interest interest() {
    return interest;
  }

  /** Since when the product is used; never: the greatest long. */
  long userSince() {
    return userSince;
  }

  Device device() {
    return first;
  }

  private void dormant() {
    if (dice.chance(100)) {
      createdAt = anyTime();
    }
    if (dice.chance(550)) {
      identify(createdAt, first);
    }
    if (dice.chance(450)) {
      session(Math.max(createdAt, anyTime()), dice.between(1, 2), 20);
    }
  }

  private void reader() {
    long firstVisit = anyTime();
    boolean newcomer = dice.chance(350);
    if (!newcomer) {
      identify(createdAt, first);
    }
    long at = session(firstVisit, dice.between(1, 3), 40);
    if (newcomer) {
      createdAt = at;
      identify(at, first);
      form(at + 2 * Hours.SECOND);
    } else if (dice.chance(200)) {
      form(at);
    }
    int more = dice.weighted(45, 35, 20);
    for (int i = 0; i < more; i++) {
      session(later(at, 45), dice.between(1, 4), 90);
    }
    if (dice.chance(40)) {
      track(Table.UNSUBSCRIBED, later(at, 30), "newsletter");
    }
  }

  private void evaluator() {
    long signUp = anyTime();
    int before = dice.weighted(35, 45, 20);
    for (int i = 0; i < before; i++) {
      long back = dice.between(Hours.HOUR, 18 * Hours.DAY);
      session(signUp - back, dice.between(1, 4), 150);
    }
    if (dice.chance(700)) {
      createdAt = signUp + 40 * Hours.SECOND;
    }
    long at = session(signUp - 4 * Hours.MINUTE, dice.between(1, 2), 200);
    signUp(Math.max(at, signUp));
    at = session(signUp + 3 * Hours.MINUTE, dice.between(0, 3), 150);
    int more = dice.weighted(30, 35, 25, 10);
    for (int i = 0; i < more; i++) {
      at = session(later(at, 12), dice.between(1, 4), 330);
      if (dice.chance(110)) {
        track(Table.DEMO_REQUESTED, at, dice.pick(List.of("1-10", "11-50", "51-200", "200+")));
      } else if (dice.chance(170)) {
        form(at);
      }
    }
    if (dice.chance(45)) {
      track(Table.UNSUBSCRIBED, later(at, 20), "product news");
    }
  }

  private void user() {
    user = person.userId();
    userSince = createdAt;
    identify(createdAt, first);
    if (dice.chance(350)) {
      identify(later(hours.start(), 60), second);
    }
    int visits = dice.weighted(50, 30, 20);
    for (int i = 0; i < visits; i++) {
      session(anyTime(), dice.between(1, 3), 60);
    }
  }

  /** The person of the README. */
  void hero() {
    long end = hours.end();
    long blog = end - 16 * Hours.DAY - 20 * Hours.HOUR - 56 * Hours.MINUTE;
    landing.page(blog, first, null, Site.PAGES.get(8), "https://www.google.com/");
    long signUp = end - 9 * Hours.DAY - 15 * Hours.HOUR - 20 * Hours.MINUTE;
    createdAt = signUp + 40 * Hours.SECOND;
    landing.page(signUp - 95 * Hours.SECOND, first, null, Site.SIGN_UP, Site.HOME.url());
    signUp(signUp);
    long visit = end - 2 * Hours.DAY - 20 * Hours.HOUR - 58 * Hours.MINUTE;
    landing.page(visit, first, user, Site.CUSTOMERS, "https://www.linkedin.com/");
    landing.page(visit + 170 * Hours.SECOND, first, user, Site.PRICING, Site.CUSTOMERS.url());
    track(Table.WEBINAR_ATTENDED, end - Hours.DAY - 14 * Hours.HOUR, WEBINARS.get(0));
  }

  private void signUp(long at) {
    user = person.userId();
    userSince = at;
    identify(at, first);
    track(Table.SIGNED_UP, at + Hours.SECOND, dice.chance(850) ? "free" : "trial");
    if (dice.chance(250)) {
      identify(later(at, 10), second);
    }
  }

  private void form(long at) {
    if (dice.chance(700)) {
      track(Table.EBOOK_DOWNLOADED, at, dice.pick(EBOOKS));
    } else {
      track(Table.WEBINAR_ATTENDED, at, dice.pick(WEBINARS));
    }
  }

  private void track(Table table, long at, String detail) {
    Site.Page page = table == Table.SIGNED_UP ? Site.SIGN_UP : Site.PRODUCT;
    landing.track(table, at, first, user, page, person.email(), detail);
    interest.event(at, table);
  }

  private void identify(long at, Device device) {
    boolean other = person.secondEmail() != null && dice.chance(500);
    landing.identify(at, device, user, other ? person.secondEmail() : person.email());
    known = device;
  }

  /** Some pages in a row; returns when the last was left. */
  private long session(long from, int pages, int pricingPerThousand) {
    long at = from;
    boolean elsewhere = user != null && known == second && dice.chance(500);
    Device device = elsewhere ? second : first;
    String referrer = dice.chance(600) ? dice.pick(Site.REFERRERS) : null;
    for (int i = 0; i < pages; i++) {
      Site.Page page = dice.pick(Site.PAGES);
      if (i > 0 && dice.chance(pricingPerThousand)) {
        page = Site.PRICING;
      }
      landing.page(at, device, user, page, referrer);
      interest.page(at, page == Site.PRICING);
      referrer = page.url();
      at += dice.between(15 * Hours.SECOND, 4 * Hours.MINUTE);
    }
    return at;
  }

  private long anyTime() {
    return hours.between(dice, country(), hours.start(), hours.end());
  }

  private long later(long at, int days) {
    long from = Math.max(at, hours.start()) + Hours.HOUR;
    return hours.between(dice, country(), from, from + days * Hours.DAY);
  }

  private Country country() {
    return person.country();
  }
}
