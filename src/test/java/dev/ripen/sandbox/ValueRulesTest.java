package dev.ripen.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.sandbox.PropertyDefinition.Option;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ValueRulesTest {
  private static final ApiVersion OLD = new ApiVersion("2026-03");
  private static final ApiVersion NEW = new ApiVersion("2026-09");

  private static PropertyDefinition property(String type, String fieldType) {
    return PropertyDefinition.standard("field", "Field", type, fieldType);
  }

  private static String stored(PropertyDefinition property, String raw, ApiVersion version) {
    ValueRules.Verdict verdict = ValueRules.judge(property, raw, version);
    return verdict.error() == null ? verdict.stored() : verdict.error().error();
  }

  @Test
  void storesAddressesInLowerCaseAndRefusesOthers() {
    PropertyDefinition email = PropertyDefinition.standard("email", "Email", "string", "text");
    assertThat(stored(email, "A.B@C.Example", NEW)).isEqualTo("a.b@c.example");
    for (String bad : List.of("a", "a@b", "a b@c.example", "a@b.c", "@b.example", "a@@b.example")) {
      assertThat(stored(email, bad, NEW)).as(bad).isEqualTo("INVALID_EMAIL");
    }
  }

  @Test
  void numbersAreDigitsWithAtMostOnePoint() {
    PropertyDefinition number = property("number", "number");
    assertThat(stored(number, "-12.50", NEW)).isEqualTo("-12.50");
    for (String bad : List.of("1,5", "1.2.3", "12 ", "1e3", "x")) {
      assertThat(stored(number, bad, NEW)).as(bad).isEqualTo("INVALID_INTEGER");
    }
  }

  @Test
  void booleansAreExactlyTrueOrFalse() {
    PropertyDefinition bool = property("bool", "booleancheckbox");
    assertThat(stored(bool, "true", NEW)).isEqualTo("true");
    assertThat(stored(bool, "TRUE", NEW)).isEqualTo("INVALID_OPTION");
    assertThat(stored(bool, "1", NEW)).isEqualTo("INVALID_OPTION");
  }

  @Test
  void optionsAreExact() {
    PropertyDefinition select =
        property("enumeration", "select").withOptions(List.of(new Option("Hot", "hot")));
    assertThat(stored(select, "hot", NEW)).isEqualTo("hot");
    assertThat(stored(select, "Hot", NEW)).isEqualTo("INVALID_OPTION");
    assertThat(stored(select, "hot ", NEW)).isEqualTo("INVALID_OPTION");
  }

  @Test
  void checkBoxesTakeSeveralOptions() {
    PropertyDefinition boxes =
        property("enumeration", "checkbox")
            .withOptions(List.of(new Option("A", "a"), new Option("B", "b")));
    assertThat(stored(boxes, "a;b", NEW)).isEqualTo("a;b");
    assertThat(stored(boxes, "a;c", NEW)).isEqualTo("INVALID_OPTION");
  }

  @Test
  void emptyTextClearsEveryType() {
    assertThat(stored(property("number", "number"), "", OLD)).isEmpty();
    assertThat(stored(property("datetime", "date"), "", OLD)).isEmpty();
  }

  @Test
  void olderVersionsTakeDaysAndMidnightsOnly() {
    PropertyDefinition date = property("date", "date");
    assertThat(stored(date, "2026-11-05", OLD)).isEqualTo("2026-11-05");
    assertThat(stored(date, "1793836800000", OLD)).isEqualTo("2026-11-05");
    assertThat(stored(date, "1793836800001", OLD)).isEqualTo("INVALID_DATE");
    assertThat(stored(date, "2026-11-05T09:33:00Z", OLD)).isEqualTo("INVALID_DATE");
    assertThat(stored(date, "2026-02-30", OLD)).isEqualTo("INVALID_DATE");
  }

  @Test
  void theVersionOfSeptemberNormalisesDates() {
    PropertyDefinition date = property("date", "date");
    for (String raw : List.of("1793836800001", "2026-11-05T09:33:00Z", "1793836800")) {
      assertThat(ValueRules.judge(date, raw, NEW))
          .as(raw)
          .isEqualTo(new ValueRules.Verdict("2026-11-05", true, null));
    }
    assertThat(ValueRules.judge(date, "2026-11-05", NEW).normalised()).isFalse();
  }

  @Test
  void instantsAreIsoOrMilliseconds() {
    PropertyDefinition instant = property("datetime", "date");
    String stored = "2026-11-05T09:33:00.000Z";
    assertThat(stored(instant, "2026-11-05T09:33:00.000Z", OLD)).isEqualTo(stored);
    assertThat(stored(instant, "1793871180000", OLD)).isEqualTo(stored);
    assertThat(stored(instant, "2026-11-05 09:33", OLD)).isEqualTo("INVALID_DATE");
    assertThat(stored(instant, "2026-11-05", OLD)).isEqualTo("INVALID_DATE");
    assertThat(ValueRules.judge(instant, "1793871180", NEW))
        .isEqualTo(new ValueRules.Verdict(stored, true, null));
  }

  @Test
  void readOnlyPropertiesAreRefused() {
    assertThat(stored(property("string", "text").asReadOnly(), "x", NEW))
        .isEqualTo("READ_ONLY_VALUE");
  }
}
