package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.FieldType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldValuesTest {
  @ParameterizedTest
  @CsvSource({
    "NUMBER, 47, 47.0, true",
    "NUMBER, 47, 48, false",
    "NUMBER, -0.50, -0.5, true",
    "TEXT, 47, 47.0, false",
    "ENUMERATION, 007, 7, false",
    ", 47, 47.0, true",
    ", 007, 7, false",
    ", , '', true",
    "TEXT, , a, false",
    "INSTANT, 2026-11-05T09:33:00Z, 2026-11-05T09:33:00.000Z, true",
    "INSTANT, 2026-11-05T09:33:00Z, 2026-11-05T09:33:01Z, false",
    "INSTANT, 2026-11-05Tx:33:00Z, 2026-11-05T09:33:01Z, false",
    "TEXT, 2026-11-05T09:33:00Z, 2026-11-05T09:33:00.000Z, false",
    "DATE, 2026-11-05, 2026-11-05, true"
  })
  void comparesByMeaning(
      @Nullable FieldType type, @Nullable String a, @Nullable String b, boolean same) {
    assertThat(FieldValues.same(type, a, b)).isEqualTo(same);
    assertThat(FieldValues.same(type, b, a)).isEqualTo(same);
  }
}
