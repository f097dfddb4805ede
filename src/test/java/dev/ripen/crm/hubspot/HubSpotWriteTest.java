package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome.Deferred;
import dev.ripen.crm.RowOutcome.Rejected;
import dev.ripen.crm.RowOutcome.Written;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import dev.ripen.http.JsonClient;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubSpotWriteTest {
  private final FakeHubSpot hubspot = new FakeHubSpot();
  private final HubSpotDestination destination = hubspot.destination();

  @AfterEach
  void close() {
    destination.close();
    hubspot.close();
  }

  @Test
  void updatesByRecordIdAndNeverSendsTheAddress() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("mql", "true");
    fields.put("email", "other@northwind.example");
    fields.put("mql_at", null);
    hubspot.then(
        200,
        """
        {"status":"COMPLETE","results":[{"id":"51","objectWriteTraceId":"ripen-7",
          "properties":{"mql":"TRUE","mql_at":"","email":"ada@northwind.example"}}]}""");

    var outcomes =
        destination.write(
            WriteAction.UPDATE, List.of(new RowWrite(7, "51", "ada@northwind.example", fields)));

    assertThat(outcomes).hasSize(1);
    Written written = (Written) outcomes.get(0);
    assertThat(written.recordId()).isEqualTo("51");
    assertThat(written.created()).isFalse();
    assertThat(written.echoed()).containsEntry("mql", "true").containsEntry("mql_at", null);
    assertThat(hubspot.calls())
        .containsExactly(
            new FakeHubSpot.Call(
                "POST",
                "/crm/objects/2026-09/contacts/batch/update",
                JsonClient.parseOrMissing(
                    """
                    {"inputs":[{"objectWriteTraceId":"ripen-7",
                      "properties":{"mql":"true","mql_at":""},"id":"51"}]}""")));
  }

  @Test
  void createsWithAddressAndEmptyAssociations() {
    hubspot.then(
        201,
        """
        {"status":"COMPLETE","results":[{"id":"60","properties":
          {"email":"ada@northwind.example","mql":"true"}}]}""");

    assertThat(
            destination.write(
                WriteAction.CREATE,
                List.of(new RowWrite(1, null, "Ada@Northwind.example", Map.of("mql", "true")))))
        .containsExactly(new Written(1, "60", true, Map.of("mql", "true")));
    assertThat(hubspot.calls().get(0))
        .isEqualTo(
            new FakeHubSpot.Call(
                "POST",
                "/crm/objects/2026-09/contacts/batch/create",
                JsonClient.parseOrMissing(
                    """
                    {"inputs":[{"objectWriteTraceId":"ripen-1",
                      "properties":{"mql":"true","email":"ada@northwind.example"},
                      "associations":[]}]}""")));
  }

  @Test
  void upsertsByAddressAndSaysWhatWasCreated() {
    hubspot.then(
        200,
        """
        {"status":"COMPLETE","results":[
         {"id":"62","new":true,"properties":{"email":"bob@acme.example","mql":"false"}},
         {"id":"61","new":false,"properties":{"email":"ada@northwind.example","mql":"true"}}]}""");

    assertThat(
            destination.write(
                WriteAction.UPSERT,
                List.of(
                    new RowWrite(1, null, "ADA@northwind.example", Map.of("mql", "true")),
                    new RowWrite(2, null, "bob@acme.example", Map.of("mql", "false")))))
        .containsExactlyInAnyOrder(
            new Written(1, "61", false, Map.of("mql", "true")),
            new Written(2, "62", true, Map.of("mql", "false")));
    assertThat(hubspot.calls().get(0).path())
        .isEqualTo("/crm/objects/2026-09/contacts/batch/upsert");
    assertThat(hubspot.calls().get(0).inputs("idProperty")).containsExactly("email", "email");
    assertThat(hubspot.calls().get(0).inputs("id"))
        .containsExactly("ada@northwind.example", "bob@acme.example");
  }

  @Test
  void matchesResultsByIdWhateverTheirOrder() {
    hubspot.then(
        200,
        """
        {"results":[{"id":"52","properties":{"mql_score":"20.0"}},
                    {"id":"51","properties":{"mql_score":"10.0"}}]}""");

    assertThat(
            destination.write(
                WriteAction.UPDATE,
                List.of(update(1, "51", "mql_score", "10"), update(2, "52", "mql_score", "20"))))
        .containsExactlyInAnyOrder(
            new Written(1, "51", false, Map.of("mql_score", "10")),
            new Written(2, "52", false, Map.of("mql_score", "20")));
  }

  @Test
  void matchesPartialErrorsByTraceIdAndById() {
    hubspot.then(
        207,
        """
        {"status":"COMPLETE","numErrors":2,
         "results":[{"id":"51","objectWriteTraceId":"ripen-1","properties":{}}],
         "errors":[
          {"status":"error","category":"VALIDATION_ERROR","message":"Property values were not \
        valid: [{\\"isValid\\":false,\\"message\\":\\"hottt is not an option\\",\
        \\"error\\":\\"INVALID_OPTION\\",\\"name\\":\\"mql_level\\"}]",
           "context":{"objectWriteTraceId":["ripen-2"]}},
          {"status":"error","category":"OBJECT_NOT_FOUND","message":"no such object",
           "subCategory":{"odd":true},"context":{"ids":["53"]}}]}""");

    assertThat(
            destination.write(
                WriteAction.UPDATE,
                List.of(
                    update(1, "51", "mql", "true"),
                    update(2, "52", "mql_level", "hottt"),
                    update(3, "53", "mql", "true"))))
        .containsExactlyInAnyOrder(
            new Written(1, "51", false, Map.of()),
            new Rejected(2, RejectCode.INVALID_VALUE, "mql_level: hottt is not an option"),
            new Rejected(3, RejectCode.RECORD_NOT_FOUND, "no such object"));
    assertThat(hubspot.calls()).hasSize(1);
  }

  @Test
  void doesNotBelieveASuccessThatNamesNobody() {
    hubspot.then(200, "{\"status\":\"COMPLETE\",\"results\":[]}");

    assertThat(destination.write(WriteAction.UPDATE, List.of(update(1, "51", "mql", "true"))))
        .containsExactly(
            new Rejected(
                1,
                RejectCode.NOT_APPLIED,
                "HubSpot said success but named this row neither as written nor as refused"));
  }

  @Test
  void doesNotBelieveASuccessThatLeavesARowOut() {
    hubspot.then(200, "{\"results\":[{\"id\":\"51\",\"properties\":{}}]}");

    assertThat(
            destination.write(
                WriteAction.UPDATE,
                List.of(update(1, "51", "mql", "true"), update(2, "52", "mql", "true"))))
        .containsExactlyInAnyOrder(
            new Written(1, "51", false, Map.of()),
            new Rejected(
                2,
                RejectCode.NOT_APPLIED,
                "HubSpot said success but named this row neither as written nor as refused"));
  }

  @Test
  void defersWhenTheAnswerSaysNothing() {
    hubspot.then(200, "welcome to the proxy").then(200, "{\"status\":\"PROCESSING\"}");
    List<RowWrite> rows = List.of(update(1, "51", "mql", "true"));
    Deferred deferred = new Deferred(1, "HubSpot did not say what became of the row");

    assertThat(destination.write(WriteAction.UPDATE, rows)).containsExactly(deferred);
    assertThat(destination.write(WriteAction.UPDATE, rows)).containsExactly(deferred);
  }

  @Test
  void tellsTheStageThatHubSpotKept() {
    hubspot.then(
        200, "{\"results\":[{\"id\":\"51\",\"properties\":{\"lifecyclestage\":\"customer\"}}]}");

    assertThat(
            destination.write(
                WriteAction.UPDATE, List.of(update(1, "51", "lifecyclestage", "lead"))))
        .containsExactly(new Written(1, "51", false, Map.of("lifecyclestage", "customer")));
  }

  @Test
  void writesNothingWithoutTheFieldTypes() {
    hubspot.properties(call -> FakeHubSpot.json(403, "{\"category\":\"MISSING_SCOPES\"}"));

    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () -> destination.write(WriteAction.UPDATE, List.of(update(1, "5", "mql", "true"))));

    assertThat(e.problems().get(0).code()).isEqualTo(ErrorCode.CRM_SCOPE_MISSING);
    assertThat(hubspot.calls()).isEmpty();
  }

  @Test
  void asksForTheFieldTypesOnce() {
    hubspot.otherwise(call -> FakeHubSpot.json(200, "{\"results\":[{\"id\":\"51\"}]}"));

    destination.write(WriteAction.UPDATE, List.of(update(1, "51", "mql", "true")));
    destination.write(WriteAction.UPDATE, List.of(update(2, "51", "mql", "true")));

    assertThat(hubspot.gets()).hasSize(1);
  }

  private static RowWrite update(long seq, String id, String field, String value) {
    return new RowWrite(seq, id, null, Map.of(field, value));
  }
}
