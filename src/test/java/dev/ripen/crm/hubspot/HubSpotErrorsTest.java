package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.RejectCode;
import dev.ripen.http.JsonClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HubSpotErrorsTest {
  @Test
  void readsTheArrayThatHidesInTheMessage() {
    List<HubSpotError> errors =
        HubSpotErrors.ofRefusal(
            400,
            JsonClient.parseOrMissing(
                """
                {"status":"error","category":"VALIDATION_ERROR","message":"Property values were \
                not valid: [{\\"isValid\\":false,\\"message\\":\\"hottt is not an option\\",\
                \\"error\\":\\"INVALID_OPTION\\",\\"name\\":\\"mql_level\\"}]"}"""));

    assertThat(errors)
        .containsExactly(
            new HubSpotError(
                RejectCode.INVALID_VALUE,
                "mql_level: hottt is not an option",
                Set.of(),
                Set.of(),
                Set.of("mql_level")));
  }

  @Test
  void fallsBackToPlainTextWhenTheHiddenArrayIsBroken() {
    assertThat(error(400, "{\"message\":\"Property values were not valid: [{oops\"}"))
        .isEqualTo(
            new HubSpotError(
                RejectCode.OTHER,
                "Property values were not valid: [{oops",
                Set.of(),
                Set.of(),
                Set.of()));
  }

  @Test
  void survivesAnErrorWithoutAnyField() {
    assertThat(error(400, "{}"))
        .isEqualTo(
            new HubSpotError(
                RejectCode.OTHER, "HubSpot gave no reason", Set.of(), Set.of(), Set.of()));
    assertThat(error(409, "").code()).isEqualTo(RejectCode.ALREADY_EXISTS);
  }

  @Test
  void readsConditionalRequiredProperties() {
    assertThat(
            error(
                400,
                """
                {"category":"VALIDATION_ERROR","message":"Required properties are missing",
                 "errors":[{"message":"Set region","code":"MISSING_CONDITIONAL_REQUIRED_PROPERTY",
                            "context":{"propertyName":["region"]}}]}"""))
        .isEqualTo(
            new HubSpotError(
                RejectCode.MISSING_REQUIRED_FIELD,
                "Required properties are missing; Set region",
                Set.of(),
                Set.of(),
                Set.of("region")));
  }

  @Test
  void keepsMailAddressesOutOfMessagesButKnowsThemAsIds() {
    HubSpotError error =
        error(
            400,
            """
            {"category":"VALIDATION_ERROR",
             "message":"Duplicate IDs found in batch input: [Ada@northwind.example]",
             "context":{"ids":["Ada@northwind.example"]}}""");

    assertThat(error)
        .isEqualTo(
            new HubSpotError(
                RejectCode.DUPLICATE_RECORD,
                "Duplicate IDs found in batch input: [<e-mail>]",
                Set.of(),
                Set.of("ada@northwind.example"),
                Set.of()));
  }

  @Test
  void separatesInnerErrorsThatNameTheirRows() {
    List<HubSpotError> errors =
        HubSpotErrors.ofRefusal(
            400,
            JsonClient.parseOrMissing(
                """
                {"category":"VALIDATION_ERROR","message":"two rows are bad","errors":[
                 {"message":"no mail","code":"INVALID_EMAIL",
                  "context":{"objectWriteTraceId":["ripen-1"]}},
                 {"message":"no number","code":"INVALID_INTEGER",
                  "context":{"objectWriteTraceId":["ripen-2"]}}]}"""));

    assertThat(errors)
        .extracting(HubSpotError::code, HubSpotError::traceIds)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(RejectCode.INVALID_EMAIL, Set.of("ripen-1")),
            org.assertj.core.groups.Tuple.tuple(RejectCode.INVALID_VALUE, Set.of("ripen-2")));
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_EMAIL, INVALID_EMAIL",
    "PROPERTY_DOESNT_EXIST, UNKNOWN_FIELD",
    "INVALID_OPTION, INVALID_VALUE",
    "INVALID_INTEGER, INVALID_VALUE",
    "READ_ONLY_VALUE, READ_ONLY_FIELD",
    "MISSING_REQUIRED_PROPERTY, MISSING_REQUIRED_FIELD",
    "OBJECT_NOT_FOUND, RECORD_NOT_FOUND",
    "CONFLICT, ALREADY_EXISTS",
    "SOMETHING_ELSE, OTHER",
  })
  void translatesHubSpotsCodes(String code, RejectCode expected) {
    assertThat(error(400, "{\"category\":\"" + code + "\",\"message\":\"x\"}").code())
        .isEqualTo(expected);
  }

  @Test
  void knowsAMissingPermissionByItsWords() {
    assertThat(error(400, "{\"message\":\"Missing 'Edit Associations' permission.\"}").code())
        .isEqualTo(RejectCode.NOT_ALLOWED);
  }

  private static HubSpotError error(int status, String body) {
    List<HubSpotError> errors = HubSpotErrors.ofRefusal(status, JsonClient.parseOrMissing(body));
    assertThat(errors).hasSize(1);
    return errors.get(0);
  }
}
