package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecordClaimsTest {
  @Test
  void givesEveryRecordOnce() {
    RecordClaims claims = new RecordClaims();
    for (int round = 0; round < 2; round++) {
      for (int id = 1; id <= 5_000; id++) {
        assertThat(claims.claim(String.valueOf(id * 1024L))).isEqualTo(round == 0);
      }
    }
  }

  @Test
  void tellsTextsThatLookAlikeApart() {
    RecordClaims claims = new RecordClaims();
    List<String> keys =
        List.of("7", "07", "0", "", "@7", "00Q5e", "99999999999999999999", "999999999999999999");
    assertThat(keys).allMatch(claims::claim);
    assertThat(keys).noneMatch(claims::claim);
  }
}
