package dev.ripen.sample;

import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the CRM's side of a person: the contact, its history, its merges, and the seed line. */
final class Contacts {
  private static final long STREAM = 8;

  private final ChunkStore store;
  private final Hours hours;
  private final CrmSeed seedFile;
  private final long seed;

  Contacts(ChunkStore store, Hours hours, CrmSeed seedFile, long seed) {
    this.store = store;
    this.hours = hours;
    this.seedFile = seedFile;
    this.seed = seed;
  }

  void write(Person person, Journey journey) {
    Dice dice = new Dice(seed, STREAM, person.index());
    long created = Math.min(journey.createdAt(), hours.end() - 2 * Hours.HOUR);
    Standing standing = standing(person, journey.interest().qualifiedAt(), created, dice);
    contact(person, created, standing);
    for (Long absorbed : person.absorbed()) {
      merge(person, absorbed, Math.max(created, hours.start()) + Hours.HOUR);
    }
    if (!person.isMergedAway() && !person.deleted()) {
      seedFile.write(person, created, standing.stage);
    }
  }

  /** Where sales stands with somebody. */
  private static final class Standing {
    private String stage = "lead";
    private @Nullable String status;
    private @Nullable Double amount;
  }

  /** What sales did once it had heard of the person; writes it down as history. */
  private Standing standing(Person person, OptionalLong qualified, long created, Dice dice) {
    Standing standing = new Standing();
    history(person, "lifecyclestage", "lead", created);
    if (person.habit() == Person.Habit.USER && person.index() != 0) {
      standing.stage = "customer";
      standing.amount = dice.between(8, 240) * 50.0;
      history(person, "lifecyclestage", "customer", created + Hours.HOUR);
      return standing;
    }
    if (qualified.isEmpty() || person.index() == 0 || dice.chance(300)) {
      return standing;
    }
    long heard = Math.max(qualified.getAsLong(), created);
    long taken = heard + dice.between(4 * Hours.HOUR, 4 * Hours.DAY);
    switch (dice.weighted(62, 14, 9, 15)) {
      case 0 -> accept(person, standing, taken, dice);
      case 1 -> status(person, standing, "BAD_TIMING", taken + dice.between(1, 6) * Hours.DAY);
      case 2 -> status(person, standing, "UNQUALIFIED", taken);
      default -> status(person, standing, "ATTEMPTED_TO_CONTACT", taken);
    }
    return standing;
  }

  private void accept(Person person, Standing standing, long taken, Dice dice) {
    status(person, standing, "CONNECTED", taken);
    long opened = taken + dice.between(2 * Hours.DAY, 12 * Hours.DAY);
    if (!dice.chance(300) || opened >= hours.end()) {
      return;
    }
    status(person, standing, "OPEN_DEAL", opened);
    standing.stage = "opportunity";
    history(person, "lifecyclestage", "opportunity", opened);
    long won = opened + dice.between(7 * Hours.DAY, 30 * Hours.DAY);
    if (dice.chance(450) && won < hours.end()) {
      standing.stage = "customer";
      standing.amount = dice.between(8, 240) * 50.0;
      history(person, "lifecyclestage", "customer", won);
    }
  }

  private void status(Person person, Standing standing, String status, long at) {
    if (at < hours.end()) {
      standing.status = status;
      history(person, "hs_lead_status", status, at);
    }
  }

  private void history(Person person, String property, String value, long at) {
    store
        .row(Table.CONTACT_PROPERTY_HISTORY)
        .number(person.id())
        .text(property)
        .text(value)
        .instant(at)
        .text("CRM_UI")
        .text(null)
        .instant(hours.end() - 50 * Hours.MINUTE)
        .end();
  }

  private void contact(Person person, long created, Standing standing) {
    boolean merged = !person.absorbed().isEmpty();
    store
        .row(Table.CONTACT)
        .number(person.id())
        .text(person.typedEmail())
        .text(person.firstName())
        .text(person.lastName())
        .text(person.companyName())
        .text(person.jobTitle())
        .text(person.country().title)
        .instant(created)
        .text(person.leadSource())
        .text(standing.stage)
        .text(standing.status)
        .amount(standing.amount)
        .text(merged ? join(person) : null)
        .text(otherEmails(person))
        .flag(person.deleted())
        .instant(hours.end() - 50 * Hours.MINUTE)
        .end();
  }

  private void merge(Person person, long absorbed, long at) {
    store
        .row(Table.CONTACT_MERGE_AUDIT)
        .number(person.id())
        .number(person.id())
        .number(absorbed)
        .instant(Math.min(at, hours.end() - Hours.HOUR))
        .instant(hours.end() - 50 * Hours.MINUTE)
        .end();
  }

  private static String join(Person person) {
    return person.absorbed().stream().map(String::valueOf).collect(Collectors.joining(";"));
  }

  private static @Nullable String otherEmails(Person person) {
    String joined = String.join(";", person.otherEmails());
    return joined.isEmpty() ? null : joined;
  }
}
