package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.FieldType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
  @ParameterizedTest
  @CsvSource({
    "BOOLEAN, TRUE, true",
    "BOOLEAN, '', ",
    "NUMBER, 75.0, 75",
    "NUMBER, 1E+3, 1000",
    "NUMBER, 0.10, 0.1",
    "NUMBER, -0.0, 0",
    "NUMBER, 1E999999999, 1E999999999",
    "NUMBER, many, many",
    "DATE, 2026-11-05, 2026-11-05",
    "DATE, 1793836800000, 2026-11-05",
    "DATE, 2026-11-05T00:00:00Z, 2026-11-05",
    "DATE, 5 Nov, 5 Nov",
    "INSTANT, 2026-11-05T09:33:00Z, 2026-11-05T09:33:00.000Z",
    "INSTANT, 2026-11-05T09:33:00.5Z, 2026-11-05T09:33:00.500Z",
    "INSTANT, 2026-11-05T10:33:00+01:00, 2026-11-05T09:33:00.000Z",
    "INSTANT, 2026-11-05T09:33:00, 2026-11-05T09:33:00.000Z",
    "INSTANT, 1793871180000, 2026-11-05T09:33:00.000Z",
    "INSTANT, 2026-11-05, 2026-11-05T00:00:00.000Z",
    "TEXT, 007.0, 007.0",
    "TEXT, '', ",
    "ENUMERATION, hot, hot",
  })
  void readsHubSpotValuesAsCanonicalText(FieldType type, String value, String canonical) {
    assertThat(Values.toCanonical(type, value)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({", ''", "true, true", "2026-11-05T09:33:00.000Z, 2026-11-05T09:33:00.000Z"})
  void writesCanonicalTextAndClearsWithAnEmptyOne(String canonical, String value) {
    assertThat(Values.toHubSpot(canonical)).isEqualTo(value);
  }
}
