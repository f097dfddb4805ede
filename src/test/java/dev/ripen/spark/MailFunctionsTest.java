package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What domains of addresses say. */
final class MailFunctionsTest {
  @ParameterizedTest
  @CsvSource({
    "ada@acme.com, acme.com",
    "ada@Mail.ACME.com, acme.com",
    "acme.co.uk, acme.co.uk",
    "mail.acme.co.uk, acme.co.uk",
    // Nobody can register these, but they are what stands before the people.
    "co.uk, co.uk",
    "a.b.northwind.example, northwind.example",
    // Only suffixes of registries count, not those of companies.
    "shop.acme.blogspot.com, blogspot.com",
    "ada@acme.com., acme.com"
  })
  void theRegistrableDomain(String address, String domain) {
    assertThat(MailFunctions.registrableDomain(address)).isEqualTo(domain);
    // From memory.
    assertThat(MailFunctions.registrableDomain(address)).isEqualTo(domain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ada", "ada@", "ada@localhost", "com.", "ada@-.com", "ada@a..b"})
  void whatIsNoDomainHasNone(String address) {
    assertThat(MailFunctions.registrableDomain(address)).isNull();
    assertThat(MailFunctions.registrableDomain(address)).isNull();
  }

  @Test
  void domainsOnOnePlaceOfTheMemoryAreNotMixedUp() {
    for (int round = 0; round < 2; round++) {
      for (int n = 0; n < 5_000; n++) {
        assertThat(MailFunctions.registrableDomain("a@mail.d" + n + ".com"))
            .isEqualTo("d" + n + ".com");
      }
    }
  }

  @Test
  void listsKnowSubdomains() {
    assertThat(MailFunctions.isFreeMail("ada@gmail.com")).isTrue();
    assertThat(MailFunctions.isFreeMail("ada@mail.gmail.com")).isTrue();
    assertThat(MailFunctions.isFreeMail("ada@acme.com")).isFalse();
    assertThat(MailFunctions.isFreeMail("ada@mailinator.com")).isFalse();
    assertThat(MailFunctions.isDisposableMail("ada@mailinator.com")).isTrue();
    assertThat(MailFunctions.isFreeMail("ada")).isNull();
    assertThat(MailFunctions.isDisposableMail(null)).isNull();
  }
}
