package dev.ripen.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactionTest {
  @Test
  void masksMailAddresses() {
    assertThat(Redaction.mask("Email address ada+x@northwind.example is invalid: [\"a@@b\"]"))
        .isEqualTo("Email address <e-mail> is invalid: [\"<e-mail>\"]");
  }

  @Test
  void masksBearerTokensAndAGivenSecret() {
    assertThat(Redaction.mask("Authorization: Bearer abc-123, key xyz", "xyz"))
        .isEqualTo("Authorization: Bearer ***, key ***");
  }

  @Test
  void leavesOtherTextAlone() {
    assertThat(Redaction.mask("Contact already exists. Existing ID: 51", ""))
        .isEqualTo("Contact already exists. Existing ID: 51");
  }
}
