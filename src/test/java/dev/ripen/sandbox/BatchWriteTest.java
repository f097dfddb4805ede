package dev.ripen.sandbox;

import static dev.ripen.sandbox.SandboxClient.CONTACTS;
import static dev.ripen.sandbox.SandboxClient.CONTACTS_V3;
import static dev.ripen.sandbox.SandboxClient.inputs;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.sandbox.SandboxClient.Answer;
import dev.ripen.sandbox.SandboxClient.Inputs;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchWriteTest extends SandboxFixture {
  private String value(String id, String property) {
    return server.findContact(id).orElseThrow().getOrDefault(property, "");
  }

  @Test
  void refusesMoreThanOneHundredInputs() throws Exception {
    Inputs inputs = inputs();
    for (int i = 0; i <= 100; i++) {
      inputs.write("", "firstname", "N" + i);
    }
    Answer answer = client.post(CONTACTS + "/batch/create", inputs.body());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("category").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(server.contactCount()).isEqualTo(3);
  }

  @Test
  void takesOneHundredInputsAndAnswersInAnotherOrderThanAsked() throws Exception {
    Inputs inputs = inputs();
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      inputs.write("", "email", "n" + i + "@many.example");
      asked.add("n" + i + "@many.example");
    }
    Answer answer = client.post(CONTACTS + "/batch/create", inputs.body());
    List<String> answered = new ArrayList<>();
    answer.body().path("results").forEach(r -> answered.add(r.at("/properties/email").asText()));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answered).containsExactlyInAnyOrderElementsOf(asked).isNotEqualTo(asked);
  }

  @Test
  void answersAlsoTwoInputsInAnotherOrder() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/update",
            inputs().write("101", "city", "Oslo").write("103", "city", "Rome").body());
    assertThat(answer.body().at("/results/0/id").asText()).isEqualTo("103");
  }

  @Test
  void storesAddressesInLowerCase() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/upsert",
            inputs().write("New.Person@Mixed.Example", "firstname", "Nia").byEmail().body());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().at("/results/0/properties/email").asText())
        .isEqualTo("new.person@mixed.example");
    assertThat(answer.body().at("/results/0/new").asBoolean()).isTrue();
    assertThat(value("102", "email")).isEqualTo("ben@contoso.example");
  }

  @Test
  void upsertUpdatesTheContactWithThatAddressAndSaysItIsNotNew() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/upsert",
            inputs().write("ADA@northwind.example", "city", "Oslo").byEmail().body());
    assertThat(answer.body().at("/results/0/id").asText()).isEqualTo("101");
    assertThat(answer.body().at("/results/0/new").asBoolean()).isFalse();
    assertThat(value("101", "city")).isEqualTo("Oslo");
  }

  @Test
  void upsertByAnAdditionalAddressKeepsTheMainOne() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/upsert",
            inputs()
                .write(
                    "ben.old@contoso.example", "email", "ben.old@contoso.example", "city", "Rome")
                .byEmail()
                .body());
    assertThat(answer.body().at("/results/0/id").asText()).isEqualTo("102");
    assertThat(value("102", "email")).isEqualTo("ben@contoso.example");
    assertThat(value("102", "city")).isEqualTo("Rome");
  }

  @Test
  void oneInvalidInputWithoutTraceIdsCostsTheWholeBatch() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/update",
            inputs().write("101", "city", "Oslo").write("103", "no_such", "x").body());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(value("101", "city")).isEmpty();
  }

  @Test
  void oneInvalidInputCostsOnlyItselfWhenEveryInputHasItsOwnTraceId() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/upsert",
            inputs()
                .write("ada@northwind.example", "city", "Oslo")
                .byEmail()
                .trace("1")
                .write("cleo@fabrikam.example", "no_such", "x")
                .byEmail()
                .trace("2")
                .write("not an address", "city", "Rome")
                .byEmail()
                .trace("3")
                .body());
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.resultIds()).containsExactly("101");
    assertThat(answer.result("101").path("objectWriteTraceId").asText()).isEqualTo("1");
    assertThat(answer.body().path("numErrors").asInt()).isEqualTo(2);
    assertThat(answer.body().at("/errors/0/context/objectWriteTraceId/0").asText()).isEqualTo("2");
    assertThat(answer.body().at("/errors/0/category").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.body().at("/errors/1/message").asText()).contains("INVALID_EMAIL");
    assertThat(value("101", "city")).isEqualTo("Oslo");
  }

  @Test
  void traceIdsThatRepeatDoNotCount() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/update",
            inputs()
                .write("101", "city", "Oslo")
                .trace("1")
                .write("103", "no_such", "x")
                .trace("1")
                .body());
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void refusesABatchThatNamesAnIdTwiceAlsoWithTraceIds() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/upsert",
            inputs()
                .write("ada@northwind.example", "city", "Oslo")
                .byEmail()
                .trace("1")
                .write("Ada@northwind.example", "city", "Rome")
                .byEmail()
                .trace("2")
                .body());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).startsWith("Duplicate IDs found in batch input");
    assertThat(answer.body().at("/context/ids/0").asText()).isEqualTo("ada@northwind.example");
    assertThat(value("101", "city")).isEmpty();
  }

  @Test
  void hidesAJsonArrayOfPropertyErrorsInTheMessage() throws Exception {
    Answer answer =
        client.post(
            CONTACTS_V3 + "/batch/update",
            inputs().write("101", "no_such", "x", "lastmodifieddate", "1").body());
    String hidden = answer.message().substring(answer.message().indexOf('['));
    JsonNode errors = Json.MAPPER.readTree(hidden);
    assertThat(answer.message()).startsWith("Property values were not valid: [");
    assertThat(errors.findValuesAsText("error"))
        .containsExactly("PROPERTY_DOESNT_EXIST", "READ_ONLY_VALUE");
    assertThat(errors.findValuesAsText("name")).containsExactly("no_such", "lastmodifieddate");
    assertThat(errors.get(0).path("isValid").asBoolean()).isFalse();
    assertThat(answer.body().path("correlationId").asText()).hasSize(36);
  }

  @Test
  void refusesNumbersAndBooleansThatAreNotTexts() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/update",
            "{'inputs':[{'id':'101','properties':{'hs_lead_status':7}}]}");
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void createOfAnExistingAddressIsAConflictThatNamesTheId() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/create",
            inputs()
                .write("", "email", "fresh@new.example")
                .write("", "email", "Ada@Northwind.example")
                .body());
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().path("category").asText()).isEqualTo("CONFLICT");
    assertThat(answer.message()).isEqualTo("Contact already exists. Existing ID: 101");
    assertThat(server.contactCount()).isEqualTo(3);
  }

  @Test
  void additionalAddressesAreTakenToo() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/create",
            inputs().write("", "email", "ben.old@contoso.example").body());
    assertThat(answer.message()).isEqualTo("Contact already exists. Existing ID: 102");
  }

  @Test
  void updateDoesNotFindMergedIds() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/update",
            inputs().write("90", "city", "Rome").write("101", "city", "Oslo").body());
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.resultIds()).containsExactly("101");
    assertThat(answer.body().at("/errors/0/category").asText()).isEqualTo("OBJECT_NOT_FOUND");
    assertThat(answer.body().at("/errors/0/context/ids/0").asText()).isEqualTo("90");
    assertThat(value("102", "city")).isEmpty();
  }

  @Test
  void updateRefusesPropertiesThatAreNotUnique() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/update",
            inputs().write("ada@northwind.example", "city", "Oslo").byEmail().body());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message())
        .startsWith("Unable to perform update/upsert by non-unique 0-1 property");
  }

  @Test
  void aBodyWithoutInputsSucceedsWithoutResults() throws Exception {
    Answer answer = client.post(CONTACTS + "/batch/update", "{'rows':[]}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("results").size()).isZero();
  }

  @Test
  void emptyTextClears() throws Exception {
    client.post(CONTACTS + "/batch/update", inputs().write("101", "company", "").body());
    assertThat(value("101", "company")).isEmpty();
  }

  @Test
  void archiveRemovesAndAnswersWithoutContent() throws Exception {
    Answer answer = client.post(CONTACTS + "/batch/archive", inputs().id("101").id("7").body());
    assertThat(answer.status()).isEqualTo(204);
    assertThat(server.findContact("101")).isEmpty();
  }
}
