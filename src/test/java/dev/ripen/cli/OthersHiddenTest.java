package dev.ripen.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OthersHiddenTest {
  private final OthersHidden others =
      new OthersHidden(List.of("ada@northwind.example", "ada@old.example;A.Lovelace@home.example"));

  @Test
  void leavesThePersonsOwnAddresses() {
    assertThat(others.in("Ada@Northwind.example, ada@old.example; a.lovelace@home.example"))
        .isEqualTo("Ada@Northwind.example, ada@old.example; a.lovelace@home.example");
  }

  @Test
  void takesOutEverybodyElses() {
    assertThat(others.in("ask <bob.b+x@northwind.example>, or zoë@münchen.example."))
        .isEqualTo("ask <(somebody's address)>, or (somebody's address).");
    assertThat(others.in("notada@old.example")).isEqualTo("(somebody's address)");
  }

  @Test
  void leavesWhatIsNoAddress() {
    assertThat(others.in("10 points @ noon, 2^(−13/14) = 5"))
        .isEqualTo("10 points @ noon, 2^(−13/14) = 5");
  }
}
