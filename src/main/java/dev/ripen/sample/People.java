package dev.ripen.sample;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds a person by index: a pure function of the seed, so that no list of people is kept. */
final class People {
  static final List<String> OWN_DOMAINS = List.of("acme.example", "acme-labs.example");
  static final List<String> COMPETITOR_DOMAINS = List.of("globex.example", "initech.example");
  static final List<String> DISPOSABLE_DOMAINS =
      List.of("mailinator.com", "guerrillamail.com", "yopmail.com", "trashmail.com");

  private static final long STREAM = 1;
  private static final int[] COMPANY_SIZES = {1, 1, 2, 3, 5, 8};
  private static final int COMPANIES_PER_BLOCK = COMPANY_SIZES.length;
  private static final int PEOPLE_PER_BLOCK = 20;
  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

  private static final List<String> SENIOR_TITLES =
      List.of(
          "VP Marketing",
          "Head of Growth",
          "Director of Demand Generation",
          "Chief Marketing Officer",
          "CMO",
          "VP Sales",
          "Head of Marketing Operations",
          "Director, Revenue Operations",
          "Chief Revenue Officer",
          "Vice President Digital");
  private static final List<String> OTHER_TITLES =
      List.of(
          "Marketing Manager",
          "Marketing Operations Manager",
          "Sales Development Representative",
          "Data Analyst",
          "Software Engineer",
          "Content Strategist",
          "Product Manager",
          "Consultant",
          "Account Executive",
          "Growth Marketer",
          "Marketing Intern",
          "Executive Assistant to the Director",
          "CRM Administrator",
          "Analytics Engineer",
          "Student");
  private static final List<String> LEAD_SOURCES =
      List.of("Organic Search", "Paid Search", "Webinar", "Event", "Referral", "Direct");

  private final long seed;
  private final int count;

  People(SampleSpec spec) {
    this.seed = spec.seed();
    this.count = spec.contacts();
  }

  Person at(int index) {
    int survivor = Merges.survivorOf(index, count);
    Person person = survivor < 0 ? plain(index) : plain(survivor).twin(plain(index), survivor);
    List<Integer> absorbed = Merges.absorbedBy(index, count);
    if (absorbed.isEmpty()) {
      return person;
    }
    return person.absorbing(
        absorbed.stream().map(this::at).filter(other -> other.survivor() == index).toList());
  }

  /** The person as if nobody had been merged. */
  private Person plain(int index) {
    Dice dice = new Dice(seed, STREAM, index);
    Company company = companyOf(index);
    Country country = company.country();
    String first = index == 0 ? "Ada" : firstName(index, country);
    String last = index == 0 ? "Wells" : lastName(index, country);
    int kind = index == 0 ? 0 : dice.weighted(655, 305, 12, 28);
    boolean employed = kind == 0;
    String title = index == 0 ? "VP Marketing" : title(dice);
    String email = index == 0 ? "ada@northwind.example" : email(index, kind, first, last, dice);
    String source = index == 0 ? "Organic Search" : leadSource(dice);
    Person.Habit habit = index == 0 ? Person.Habit.EVALUATOR : habit(dice);
    String typed = index == 0 ? email : typed(email, dice);
    boolean second = index != 0 && !employed && dice.chance(30);
    boolean deleted = index % 257 == 200 && Merges.isAlone(index, count);
    return new Person(
        index,
        first,
        last,
        company,
        employed || dice.chance(400) ? company.name() : null,
        title,
        country,
        typed == null || "@".equals(typed) ? null : email,
        "@".equals(typed) ? malformed(first, dice) : typed,
        second ? address(first, last, "") + "@" + company.domain() : null,
        source,
        habit,
        -1,
        List.of(),
        List.of(),
        deleted);
  }

  private Company companyOf(int index) {
    return Company.of(seed, companyNumber(index));
  }

  private static int companyNumber(int index) {
    int place = index % PEOPLE_PER_BLOCK;
    int company = 0;
    while (place >= COMPANY_SIZES[company]) {
      place -= COMPANY_SIZES[company];
      company++;
    }
    return index / PEOPLE_PER_BLOCK * COMPANIES_PER_BLOCK + company;
  }

  /** Seven shares no factor with the number of names: colleagues have different first names. */
  private String firstName(int index, Country country) {
    int offset = new Dice(seed, 2, companyNumber(index)).below(country.firstNames.size());
    return country.firstNames.get((offset + index % 20 * 7) % country.firstNames.size());
  }

  private String lastName(int index, Country country) {
    return new Dice(seed, 3, index).pick(country.lastNames);
  }

  private static @Nullable String title(Dice dice) {
    return switch (dice.weighted(6, 22, 72)) {
      case 0 -> null;
      case 1 -> dice.pick(SENIOR_TITLES);
      default -> dice.pick(OTHER_TITLES);
    };
  }

  /** Kinds: 0 employer, 1 private, 2 disposable, 3 own staff and competitors. */
  private String email(int index, int kind, String first, String last, Dice dice) {
    return switch (kind) {
      case 0 -> address(first, last, "") + "@" + companyOf(index).domain();
      case 1 ->
          address(first, last, Integer.toString(index))
              + "@"
              + dice.pick(companyOf(index).country().privateMail);
      case 2 -> "test" + index + "@" + dice.pick(DISPOSABLE_DOMAINS);
      default ->
          address(first, last, Integer.toString(index))
              + "@"
              + dice.pick(dice.chance(300) ? OWN_DOMAINS : COMPETITOR_DOMAINS);
    };
  }

  private static String leadSource(Dice dice) {
    return switch (dice.weighted(964, 24, 12)) {
      case 0 -> dice.pick(LEAD_SOURCES);
      case 1 -> "Import";
      default -> "Partner";
    };
  }

  // The weights stand in the order of the enum.
  @SuppressWarnings("EnumOrdinal")
  private static Person.Habit habit(Dice dice) {
    return Person.Habit.values()[dice.weighted(560, 285, 75, 80)];
  }

  /** Null for nobody's address, "@" for what is no address at all. */
  private static @Nullable String typed(String email, Dice dice) {
    return switch (dice.weighted(925, 40, 25, 6, 4)) {
      case 0 -> email;
      case 1 -> Character.toUpperCase(email.charAt(0)) + email.substring(1);
      case 2 -> " " + email + " ";
      case 3 -> null;
      default -> "@";
    };
  }

  private static String malformed(String first, Dice dice) {
    String name = ascii(first);
    return dice.pick(List.of("n/a", "none", name + "@", name + "@@example", "@" + name));
  }

  private static String address(String first, String last, String suffix) {
    return ascii(first) + "." + ascii(last) + suffix;
  }

  private static String ascii(String name) {
    String german =
        name.toLowerCase(Locale.ROOT)
            .replace("ä", "ae")
            .replace("ö", "oe")
            .replace("ü", "ue")
            .replace("ł", "l");
    return ACCENTS.matcher(Normalizer.normalize(german, Normalizer.Form.NFD)).replaceAll("");
  }
}
