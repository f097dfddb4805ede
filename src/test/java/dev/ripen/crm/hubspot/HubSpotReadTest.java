package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.crm.Match;
import dev.ripen.crm.RecordKey;
import dev.ripen.http.JsonClient;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ProblemException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubSpotReadTest {
  private final FakeHubSpot hubspot = new FakeHubSpot();
  private final HubSpotDestination destination = hubspot.destination();

  @AfterEach
  void close() {
    destination.close();
    hubspot.close();
  }

  @Test
  void readsByMailAddressAndNormalisesValues() {
    hubspot.then(
        200,
        """
        {"status":"COMPLETE","results":[{"id":"51","properties":{
          "email":"ada@northwind.example","hs_additional_emails":null,
          "hs_merged_object_ids":null,"mql":"true","mql_score":"75.0",
          "mql_at":"1793871180000","mql_on":null}}]}""");
    RecordKey ada = RecordKey.ofEmail("ada@northwind.example");

    List<Match> matches =
        destination.read(
            List.of(ada), new TreeSet<>(Set.of("mql", "mql_score", "mql_at", "mql_on", "gone")));

    Map<String, String> fields = new HashMap<>();
    fields.put("mql", "true");
    fields.put("mql_score", "75");
    fields.put("mql_at", "2026-11-05T09:33:00.000Z");
    fields.put("mql_on", null);
    assertThat(matches).containsExactly(new Match(ada, "51", fields));
    assertThat(hubspot.calls())
        .containsExactly(
            new FakeHubSpot.Call(
                "POST",
                "/crm/objects/2026-09/contacts/batch/read",
                JsonClient.parseOrMissing(
                    """
                    {"idProperty":"email",
                     "properties":["gone","mql","mql_at","mql_on","mql_score","email",
                                   "hs_additional_emails","hs_merged_object_ids"],
                     "propertiesWithHistory":[],
                     "inputs":[{"id":"ada@northwind.example"}]}""")));
  }

  @Test
  void findsAContactByAnAdditionalAddressWhateverItsCase() {
    hubspot.then(
        207,
        """
        {"status":"COMPLETE","numErrors":1,
         "errors":[{"category":"OBJECT_NOT_FOUND","context":{"ids":["bob@acme.example"]}}],
         "results":[{"id":"51","properties":{"email":"ada@northwind.example",
           "hs_additional_emails":"ADA@home.example; a.l@home.example"}}]}""");
    RecordKey home = RecordKey.ofEmail("ada@home.example");

    assertThat(destination.read(List.of(home, RecordKey.ofEmail("bob@acme.example")), Set.of()))
        .containsExactly(new Match(home, "51", Map.of()));
  }

  @Test
  void prefersThePrimaryAddress() {
    hubspot.then(
        200,
        """
        {"results":[
          {"id":"1","properties":{"email":"x@a.example","hs_additional_emails":"ada@b.example"}},
          {"id":"2","properties":{"email":"ada@b.example"}}]}""");
    RecordKey ada = RecordKey.ofEmail("ada@b.example");

    assertThat(destination.read(List.of(ada), Set.of()))
        .containsExactly(new Match(ada, "2", Map.of()));
  }

  @Test
  void followsAMergeToTheRecordThatIsLeft() {
    hubspot.then(
        200,
        """
        {"results":[{"id":"900","properties":{"email":"a@b.example",
          "hs_merged_object_ids":"51;52"}}]}""");
    RecordKey old = RecordKey.ofRecordId("52");

    assertThat(destination.read(List.of(RecordKey.ofRecordId("7"), old), Set.of()))
        .containsExactly(new Match(old, "900", Map.of()));
    assertThat(hubspot.calls().get(0).body().has("idProperty")).isFalse();
  }

  @Test
  void understandsThatNothingWasFound() {
    hubspot
        .then(207, "{\"results\":[],\"errors\":[{\"category\":\"OBJECT_NOT_FOUND\"}]}")
        .then(404, "{\"category\":\"OBJECT_NOT_FOUND\",\"message\":\"none\"}");

    assertThat(destination.read(List.of(RecordKey.ofRecordId("7")), Set.of())).isEmpty();
    assertThat(destination.read(List.of(RecordKey.ofRecordId("7")), Set.of())).isEmpty();
  }

  @Test
  void leavesOutTheOneKeyThatHubSpotCannotRead() {
    hubspot.otherwise(HubSpotReadTest::refusesTheBrokenOne);

    List<Match> matches =
        destination.read(
            List.of(
                RecordKey.ofEmail("a@x.example"),
                RecordKey.ofEmail("b@x.example"),
                RecordKey.ofEmail("broken"),
                RecordKey.ofEmail("d@x.example")),
            Set.of());

    assertThat(matches)
        .extracting(Match::recordId)
        .containsExactly("id-a@x.example", "id-b@x.example", "id-d@x.example");
  }

  @Test
  void stopsWhenHubSpotRefusesEveryKey() {
    hubspot.otherwise(call -> FakeHubSpot.json(400, "{\"message\":\"no a@b.example\"}"));

    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                destination.read(
                    List.of(RecordKey.ofRecordId("1"), RecordKey.ofRecordId("2")), Set.of()));

    assertThat(e)
        .hasMessage(
            "CRM_REQUEST_REFUSED: hubspot: HubSpot refused POST"
                + " /crm/objects/2026-09/contacts/batch/read (HTTP 400): no <e-mail>");
    assertThat(e.problems().get(0).code()).isEqualTo(ErrorCode.CRM_REQUEST_REFUSED);
  }

  @Test
  void asksForAKeyOnce() {
    hubspot.then(200, "{\"results\":[{\"id\":\"7\",\"properties\":{}}]}");

    List<Match> matches =
        destination.read(List.of(RecordKey.ofRecordId("7"), RecordKey.ofRecordId("7")), Set.of());

    assertThat(matches).hasSize(1);
    assertThat(hubspot.calls().get(0).inputs("id")).containsExactly("7");
  }

  private static MockResponse refusesTheBrokenOne(FakeHubSpot.Call call) {
    if (call.inputs("id").contains("broken")) {
      return FakeHubSpot.json(400, "{\"category\":\"VALIDATION_ERROR\",\"message\":\"bad id\"}");
    }
    StringBuilder results = new StringBuilder();
    for (String id : call.inputs("id")) {
      results.append(results.isEmpty() ? "" : ",");
      results.append("{\"id\":\"id-" + id + "\",\"properties\":{\"email\":\"" + id + "\"}}");
    }
    return FakeHubSpot.json(200, "{\"results\":[" + results + "]}");
  }
}
