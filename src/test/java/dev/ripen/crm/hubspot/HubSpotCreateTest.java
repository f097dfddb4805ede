package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome.Rejected;
import dev.ripen.crm.RowOutcome.Written;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubSpotCreateTest {
  private static final RowWrite ADA =
      new RowWrite(1, null, "ada@northwind.example", Map.of("mql_score", "75"));
  private static final RowWrite BOB =
      new RowWrite(2, null, "bob@acme.example", Map.of("mql_score", "20"));
  private static final String ADA_READ =
      """
      {"results":[{"id":"61","properties":
        {"email":"ada@northwind.example","mql_score":"75.0"}}]}""";

  private final FakeHubSpot hubspot = new FakeHubSpot();
  private final HubSpotDestination destination = hubspot.destination();

  @AfterEach
  void close() {
    destination.close();
    hubspot.close();
  }

  @Test
  void looksWhatExistsBeforeItSendsAnUnansweredCreateAgain() {
    hubspot
        .thenBreaksTheConnection()
        .then(207, ADA_READ)
        .then(
            201,
            """
            {"results":[{"id":"62","properties":
              {"email":"bob@acme.example","mql_score":"20"}}]}""");

    assertThat(destination.write(WriteAction.CREATE, List.of(ADA, BOB)))
        .containsExactlyInAnyOrder(
            new Written(1, "61", true, Map.of("mql_score", "75")),
            new Written(2, "62", true, Map.of("mql_score", "20")));
    assertThat(hubspot.calls())
        .extracting(call -> call.path().replaceAll(".*/", ""))
        .containsExactly("create", "read", "create");
    assertThat(hubspot.calls().get(2).inputs("objectWriteTraceId")).containsExactly("ripen-2");
  }

  @Test
  void sendsNothingAgainWhenAllWasCreated() {
    hubspot.then(504, "").then(200, ADA_READ);

    assertThat(destination.write(WriteAction.CREATE, List.of(ADA)))
        .containsExactly(new Written(1, "61", true, Map.of("mql_score", "75")));
    assertThat(hubspot.calls()).hasSize(2);
  }

  @Test
  void recognisesItsOwnContactWhenTheFirstCreateIsDoneLate() {
    hubspot
        .then(524, "")
        .then(207, "{\"results\":[],\"errors\":[{\"category\":\"OBJECT_NOT_FOUND\"}]}")
        .then(
            409,
            "{\"category\":\"CONFLICT\",\"message\":\"Contact already exists. Existing ID: 61\"}")
        .then(200, ADA_READ);

    assertThat(destination.write(WriteAction.CREATE, List.of(ADA)))
        .containsExactly(new Written(1, "61", true, Map.of("mql_score", "75")));
  }

  @Test
  void doesNotTakeSomebodyElsesContactForItsOwn() {
    hubspot
        .then(504, "")
        .then(
            200,
            """
            {"results":[{"id":"9","properties":
              {"email":"ada@northwind.example","mql_score":null}}]}""");

    assertThat(destination.write(WriteAction.CREATE, List.of(ADA)))
        .containsExactly(
            new Rejected(1, RejectCode.ALREADY_EXISTS, "Contact already exists. Existing ID: 9"));
  }

  @Test
  void sendsACreateAgainWithoutLookingWhenHubSpotSaidThatItDidNothing() {
    hubspot
        .then(429, "{\"policyName\":\"TEN_SECONDLY_ROLLING\"}")
        .then(201, "{\"results\":[{\"id\":\"61\",\"properties\":{}}]}");

    assertThat(destination.write(WriteAction.CREATE, List.of(ADA)))
        .containsExactly(new Written(1, "61", true, Map.of()));
  }

  @Test
  void rejectsTheOneThatExistsAndCreatesTheOther() {
    hubspot.otherwise(
        call ->
            call.body().toString().contains("ada@")
                ? FakeHubSpot.json(
                    409,
                    "{\"category\":\"CONFLICT\","
                        + "\"message\":\"Contact already exists. Existing ID: 61\"}")
                : FakeHubSpot.json(
                    201,
                    "{\"results\":[{\"id\":\"62\",\"properties\":"
                        + "{\"email\":\"bob@acme.example\"}}]}"));

    assertThat(destination.write(WriteAction.CREATE, List.of(ADA, BOB)))
        .containsExactlyInAnyOrder(
            new Rejected(1, RejectCode.ALREADY_EXISTS, "Contact already exists. Existing ID: 61"),
            new Written(2, "62", true, Map.of()));
  }
}
