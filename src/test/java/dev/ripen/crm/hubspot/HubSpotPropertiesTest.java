package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.crm.CrmField;
import dev.ripen.crm.FieldSpec;
import dev.ripen.crm.FieldType;
import dev.ripen.crm.ProvisionReport;
import dev.ripen.http.JsonClient;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubSpotPropertiesTest {
  private static final FieldSpec SCORE =
      new FieldSpec("ripen_score", "Score", FieldType.NUMBER, List.of());

  private final FakeHubSpot hubspot = new FakeHubSpot();
  private final HubSpotDestination destination = hubspot.destination();

  @AfterEach
  void close() {
    destination.close();
    hubspot.close();
  }

  @Test
  void describesWhatTheAccountHas() {
    assertThat(destination.describeFields())
        .containsExactly(
            new CrmField("email", "Email", FieldType.TEXT, false, List.of()),
            new CrmField("mql", "MQL", FieldType.BOOLEAN, false, List.of()),
            new CrmField("mql_score", "MQL score", FieldType.NUMBER, false, List.of()),
            new CrmField("mql_at", "MQL at", FieldType.INSTANT, false, List.of()),
            new CrmField("mql_on", "MQL on", FieldType.DATE, false, List.of()),
            new CrmField(
                "lifecyclestage",
                "Lifecycle stage",
                FieldType.ENUMERATION,
                false,
                List.of("subscriber", "lead")),
            new CrmField("hs_object_id", "Record ID", FieldType.NUMBER, true, List.of()));
    assertThat(hubspot.gets()).containsExactly("/crm/properties/2026-09/contacts");
  }

  @Test
  void readsAnEnumerationOfTrueAndFalseAsBoolean() {
    hubspot.properties(
        call ->
            FakeHubSpot.json(
                200,
                """
                {"results":[
                 {"name":"a","type":"enumeration","fieldType":"booleancheckbox",
                  "options":[{"value":"true"},{"value":"false"}]},
                 {"name":"b","type":"enumeration","fieldType":"checkbox",
                  "options":[{"value":"x"},{"value":"y"}]},
                 {"name":"c","type":"number","fieldType":"calculation_equation",
                  "calculated":true}]}"""));

    assertThat(destination.describeFields())
        .containsExactly(
            new CrmField("a", "a", FieldType.BOOLEAN, false, List.of()),
            new CrmField("b", "b", FieldType.OTHER, false, List.of()),
            new CrmField("c", "c", FieldType.NUMBER, true, List.of()));
  }

  @Test
  void createsTheGroupAndWhatIsMissing() {
    hubspot.then(201, "{}").then(201, "{}").then(201, "{}").then(201, "{}");

    ProvisionReport report =
        destination.provision(
            List.of(
                new FieldSpec("mql_score", "MQL score", FieldType.NUMBER, List.of()),
                SCORE,
                new FieldSpec("ripen_mql", "Is MQL", FieldType.BOOLEAN, List.of()),
                new FieldSpec(
                    "ripen_level", "Level", FieldType.ENUMERATION, List.of("hot", "not_yet"))));

    assertThat(report)
        .isEqualTo(
            new ProvisionReport(
                List.of("ripen_score", "ripen_mql", "ripen_level"), List.of("mql_score")));
    assertThat(hubspot.calls())
        .extracting(FakeHubSpot.Call::path)
        .containsExactly(
            "/crm/properties/2026-09/contacts/groups",
            "/crm/properties/2026-09/contacts",
            "/crm/properties/2026-09/contacts",
            "/crm/properties/2026-09/contacts");
    assertThat(hubspot.calls())
        .extracting(FakeHubSpot.Call::body)
        .containsExactly(
            json("{'name':'ripen','label':'ripen'}"),
            json(
                "{'name':'ripen_score','label':'Score','groupName':'ripen',"
                    + "'type':'number','fieldType':'number'}"),
            json(
                "{'name':'ripen_mql','label':'Is MQL','groupName':'ripen',"
                    + "'type':'bool','fieldType':'booleancheckbox','options':["
                    + "{'label':'Yes','value':'true','displayOrder':0,'hidden':false},"
                    + "{'label':'No','value':'false','displayOrder':1,'hidden':false}]}"),
            json(
                "{'name':'ripen_level','label':'Level','groupName':'ripen',"
                    + "'type':'enumeration','fieldType':'select','options':["
                    + "{'label':'Hot','value':'hot','displayOrder':0,'hidden':false},"
                    + "{'label':'Not yet','value':'not_yet','displayOrder':1,'hidden':false}]}"));
  }

  @Test
  void createsTextAndTimeTypes() {
    hubspot.otherwise(call -> FakeHubSpot.json(201, "{}"));

    destination.provision(
        List.of(
            new FieldSpec("t", "T", FieldType.TEXT, List.of()),
            new FieldSpec("l", "L", FieldType.LONG_TEXT, List.of()),
            new FieldSpec("d", "D", FieldType.DATE, List.of()),
            new FieldSpec("i", "I", FieldType.INSTANT, List.of())));

    assertThat(hubspot.calls().subList(1, 5))
        .extracting(
            call ->
                call.body().path("type").asText() + "/" + call.body().path("fieldType").asText())
        .containsExactly("string/text", "string/textarea", "date/date", "datetime/date");
  }

  @Test
  void takesWhatExistsAlreadyAsPresent() {
    String exists =
        """
        {"status":"error","category":"OBJECT_ALREADY_EXISTS",
         "subCategory":"Properties.PROPERTY_WITH_NAME_EXISTS","message":"exists"}""";
    hubspot.then(409, exists).then(409, exists);

    assertThat(destination.provision(List.of(SCORE)))
        .isEqualTo(new ProvisionReport(List.of(), List.of("ripen_score")));
  }

  @Test
  void asksForNothingWhenAllIsThere() {
    assertThat(
            destination.provision(
                List.of(new FieldSpec("mql", "MQL", FieldType.BOOLEAN, List.of()))))
        .isEqualTo(new ProvisionReport(List.of(), List.of("mql")));
    assertThat(hubspot.calls()).isEmpty();
  }

  @Test
  void namesTheScopesThatAreMissing() {
    hubspot.then(
        403,
        """
        {"status":"error","category":"MISSING_SCOPES","message":"no","errors":[
         {"context":{"requiredGranularScopes":["crm.schemas.contacts.write"]}}]}""");

    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> destination.provision(List.of(SCORE)));

    assertThat(e.problems().get(0).code()).isEqualTo(ErrorCode.CRM_SCOPE_MISSING);
    assertThat(e.problems().get(0).what())
        .isEqualTo(
            "hubspot: the token lacks the scopes crm.schemas.contacts.write for POST"
                + " /crm/properties/2026-09/contacts/groups");
  }

  @Test
  void saysWhatHubSpotRefusedToCreate() {
    hubspot.then(201, "{}").then(400, "{\"message\":\"name must be lower case\"}");

    ProblemException e =
        catchThrowableOfType(ProblemException.class, () -> destination.provision(List.of(SCORE)));

    assertThat(e)
        .hasMessage(
            "CRM_REQUEST_REFUSED: hubspot: HubSpot refused POST /crm/properties/2026-09/contacts"
                + " (HTTP 400): name must be lower case");
  }

  @Test
  void stopsAtAnAnswerThatIsNoHubSpot() {
    hubspot.properties(call -> FakeHubSpot.json(404, "<html>not here</html>"));

    assertThat(
            catchThrowableOfType(ProblemException.class, destination::describeFields)
                .problems()
                .get(0)
                .code())
        .isEqualTo(ErrorCode.CRM_REQUEST_REFUSED);
  }

  @Test
  void knowsTheOlderPaths() {
    hubspot.otherwise(call -> FakeHubSpot.json(201, "{}"));
    try (HubSpotDestination v3 = hubspot.destination("v3")) {
      v3.provision(List.of(SCORE));
    }

    assertThat(hubspot.gets()).containsExactly("/crm/v3/properties/contacts");
    assertThat(hubspot.calls())
        .extracting(FakeHubSpot.Call::path)
        .containsExactly("/crm/v3/properties/contacts/groups", "/crm/v3/properties/contacts");
  }

  private static com.fasterxml.jackson.databind.JsonNode json(String text) {
    return JsonClient.parseOrMissing(text.replace('\'', '"'));
  }
}
