package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.spark.Pipeline.Identity;
import org.junit.jupiter.api.Test;

final class IdentityNoteTest {
  @Test
  void saysHowManyPeopleThereAre() {
    assertThat(IdentityNote.lines(new Identity(1, 1, 0, 0, 0, 0)))
        .containsExactly("1 id is 1 person");
    assertThat(IdentityNote.lines(new Identity(12_000, 3_000, 0, 0, 0, 0)))
        .containsExactly("12,000 ids are 3,000 people");
  }

  @Test
  void saysWhatJoinsNobody() {
    assertThat(IdentityNote.lines(new Identity(9, 3, 1, 2, 1_001, 1)))
        .containsExactly(
            "9 ids are 3 people; ignored links: 2 with a role address, 1,001 with an id that has"
                + " too many others",
            "1 shared id is nobody's: too many known people have it",
            "! identity_links: 1 value is no id like user:51 and counts as missing");
    assertThat(IdentityNote.lines(new Identity(9, 3, 2, 0, 0, 2)))
        .containsExactly(
            "9 ids are 3 people",
            "2 shared ids are nobody's: too many known people have them",
            "! identity_links: 2 values are no ids like user:51 and count as missing");
  }
}
