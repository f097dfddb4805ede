package dev.ripen.sample;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of the CRM's contact table, before dirt is added.
 *
 * @param index from 0; the contact's id is {@link #id()}
 * @param email what the person types into forms; null for the few without one
 * @param typedEmail the e-mail as the CRM's extract shows it: padded, mixed case, malformed or null
 * @param secondEmail another address of the same person, known to the CRM, or null
 * @param survivor index of the contact that has absorbed this one; −1: none
 * @param absorbed ids of the contacts that this one has absorbed
 * @param absorbedEmails their addresses
 * @param deleted deleted in the CRM; the extract keeps the row
 */
record Person(
    int index,
    String firstName,
    String lastName,
    Company company,
    @Nullable String companyName,
    @Nullable String jobTitle,
    Country country,
    @Nullable String email,
    @Nullable String typedEmail,
    @Nullable String secondEmail,
    String leadSource,
    Habit habit,
    int survivor,
    List<Long> absorbed,
    List<String> absorbedEmails,
    boolean deleted) {
  /** Ids as a CRM gives them: they do not start at one. */
  static final long FIRST_ID = 101;

  /** How much a person does. */
  enum Habit {
    /** Nothing, or a page now and then. */
    DORMANT,
    /** Some sessions, perhaps a form. */
    READER,
    /** Signs up and looks at it in earnest. */
    EVALUATOR,
    /** Uses the product every day and scores nothing by it. */
    USER
  }

  long id() {
    return FIRST_ID + index;
  }

  boolean isMergedAway() {
    return survivor >= 0;
  }

  /** The same human being as the CRM knew him under another id: another address and habit. */
  Person twin(Person other, int survivorIndex) {
    String at = country.privateMail.get(other.index % country.privateMail.size());
    String local = email == null ? "me" : email.substring(0, email.indexOf('@'));
    String own = local + other.index + "@" + at;
    return new Person(
        other.index,
        firstName,
        lastName,
        company,
        null,
        jobTitle,
        country,
        own,
        own,
        null,
        other.leadSource,
        other.habit,
        survivorIndex,
        List.of(),
        List.of(),
        false);
  }

  /** This one, after the CRM has merged others into it. */
  Person absorbing(List<Person> others) {
    return new Person(
        index,
        firstName,
        lastName,
        company,
        companyName,
        jobTitle,
        country,
        email,
        typedEmail,
        secondEmail,
        leadSource,
        habit,
        survivor,
        others.stream().map(Person::id).toList(),
        others.stream().flatMap(other -> Stream.ofNullable(other.email)).toList(),
        deleted);
  }

  /** All addresses that the CRM knows but the first. */
  List<String> otherEmails() {
    return Stream.concat(Stream.ofNullable(secondEmail), absorbedEmails.stream())
        .filter(other -> !other.equals(email))
        .distinct()
        .toList();
  }

  /** The product's id of the person, once signed up. */
  String userId() {
    return "usr_" + Integer.toString(100_000 + index, 36);
  }
}
