package dev.ripen.sandbox;

import static dev.ripen.sandbox.SandboxClient.CONTACTS;
import static dev.ripen.sandbox.SandboxClient.CONTACTS_V3;
import static dev.ripen.sandbox.SandboxClient.inputs;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.sandbox.SandboxClient.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ContactApiTest extends SandboxFixture {
  private Map<String, String> stored(String id) {
    return server.findContact(id).orElseThrow();
  }

  private void update(String id, String name, String value) throws Exception {
    assertThat(
            client
                .post(CONTACTS + "/batch/update", inputs().write(id, name, value).body())
                .status())
        .isEqualTo(200);
  }

  @Test
  void readsByAnAdditionalAddressTheContactWithAnotherMainAddress() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/read",
            inputs()
                .id("Ben.Old@contoso.example")
                .idProperty("email")
                .properties("hs_additional_emails")
                .body());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.result("102").at("/properties/email").asText())
        .isEqualTo("ben@contoso.example");
    assertThat(answer.result("102").at("/properties/hs_additional_emails").asText())
        .isEqualTo("ben.old@contoso.example");
  }

  @Test
  void answersMissesOfABatchReadInOneErrorOfAPartialSuccess() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/read", inputs().id("101").id("7").id("8").properties("city").body());
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.resultIds()).containsExactly("101");
    assertThat(answer.body().path("numErrors").asInt()).isEqualTo(1);
    assertThat(answer.body().at("/errors/0/category").asText()).isEqualTo("OBJECT_NOT_FOUND");
    assertThat(Json.texts(answer.body().at("/errors/0/context"), "ids")).containsExactly("7", "8");
  }

  @Test
  void ignoresUnknownNamesAndReadsEmptyPropertiesAsNull() throws Exception {
    JsonNode properties =
        client
            .post(
                CONTACTS + "/batch/read",
                inputs().id("103").properties("company", "no_such_property").body())
            .result("103")
            .path("properties");
    assertThat(properties.get("company").isNull()).isTrue();
    assertThat(properties.has("no_such_property")).isFalse();
    assertThat(properties.path("hs_object_id").asText()).isEqualTo("103");
    assertThat(properties.path("createdate").asText()).isEqualTo("2026-09-03T10:00:00.000Z");
  }

  @Test
  void updatesOneContactByItsAddress() throws Exception {
    Answer answer =
        client.patch(
            CONTACTS + "/ada@northwind.example?idProperty=email", "{'properties':{'city':'Oslo'}}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("id").asText()).isEqualTo("101");
    assertThat(stored("101")).containsEntry("city", "Oslo");
  }

  @Test
  void mergedIdsWorkForOneContact() throws Exception {
    Answer answer = client.patch(CONTACTS_V3 + "/90", "{'properties':{'city':'Rome'}}");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("id").asText()).isEqualTo("102");
    assertThat(client.get(CONTACTS + "/90").body().path("id").asText()).isEqualTo("102");
  }

  @Test
  void doesNotFindUnknownContacts() throws Exception {
    Answer answer = client.get(CONTACTS + "/7");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("category").asText()).isEqualTo("OBJECT_NOT_FOUND");
  }

  @Test
  void createsOneContactOnce() throws Exception {
    String body = "{'properties':{'email':'New@Person.example'},'associations':[]}";
    assertThat(client.post(CONTACTS, body).status()).isEqualTo(201);
    Answer again = client.post(CONTACTS, body);
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.message()).isEqualTo("Contact already exists. Existing ID: 104");
  }

  @Test
  void refusesTheAddressOfAnotherContact() throws Exception {
    Answer answer =
        client.patch(CONTACTS + "/101", "{'properties':{'email':'cleo@fabrikam.example'}}");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(stored("101")).containsEntry("email", "ada@northwind.example");
  }

  @Test
  void archivesOneContact() throws Exception {
    assertThat(client.delete(CONTACTS + "/101").status()).isEqualTo(204);
    assertThat(server.findContact("101")).isEmpty();
  }

  @Test
  void listsPageByPageInTheOrderOfIds() throws Exception {
    Answer first = client.get(CONTACTS + "?limit=2&properties=firstname,no_such");
    assertThat(first.resultIds()).containsExactly("101", "102");
    String after = first.body().at("/paging/next/after").asText();
    assertThat(after).isEqualTo("103");
    Answer second = client.get(CONTACTS + "?limit=2&after=" + after);
    assertThat(second.resultIds()).containsExactly("103");
    assertThat(second.body().has("paging")).isFalse();
    assertThat(client.get(CONTACTS + "?limit=101").status()).isEqualTo(400);
  }

  @Test
  void movesTheStageForwardAndNotesWhen() throws Exception {
    update("101", "lifecyclestage", "marketingqualifiedlead");
    assertThat(stored("101"))
        .containsEntry("lifecyclestage", "marketingqualifiedlead")
        .containsEntry("hs_lifecyclestage_marketingqualifiedlead_date", "2026-11-20T06:00:00.000Z");
  }

  @Test
  void acceptsABackwardStageButKeepsTheOldOne() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/batch/update",
            inputs()
                .write("102", "lifecyclestage", "marketingqualifiedlead", "city", "Rome")
                .body());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.result("102").at("/properties/lifecyclestage").asText())
        .isEqualTo("customer");
    assertThat(stored("102")).containsEntry("lifecyclestage", "customer");
    assertThat(stored("102")).containsEntry("city", "Rome");
  }

  @Test
  void goesBackInTwoWritesThatClearAndSet() throws Exception {
    update("102", "lifecyclestage", "");
    update("102", "lifecyclestage", "lead");
    assertThat(stored("102")).containsEntry("lifecyclestage", "lead");
  }

  @Test
  void everyWriteMovesLastModifiedAlsoIfNothingChanges() throws Exception {
    update("101", "firstname", "Ada");
    assertThat(stored("101")).containsEntry("lastmodifieddate", "2026-11-20T06:00:00.000Z");
    update("101", "firstname", "Ada");
    assertThat(stored("101")).containsEntry("lastmodifieddate", "2026-11-20T06:00:00.001Z");
    clock.advance(Duration.ofHours(1));
    update("101", "firstname", "Ada");
    assertThat(stored("101")).containsEntry("lastmodifieddate", "2026-11-20T07:00:00.000Z");
  }

  @Test
  void refusesToWriteTheRecordId() throws Exception {
    Answer answer = client.patch(CONTACTS + "/101", "{'properties':{'hs_object_id':'5'}}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.message()).contains("READ_ONLY_VALUE");
  }

  @Test
  void showsTheHistoryOfAPropertyNewestFirst() throws Exception {
    update("101", "city", "Oslo");
    client.inRun("r7").patch(CONTACTS + "/101", "{'properties':{'city':'Rome'}}");
    JsonNode history =
        client
            .get(CONTACTS + "/101?propertiesWithHistory=city")
            .body()
            .at("/propertiesWithHistory/city");
    assertThat(history.findValuesAsText("value")).containsExactly("Rome", "Oslo");
    assertThat(history.findValuesAsText("sourceId")).containsExactly("ripen run r7", "API token");
  }

  @Test
  void searchesByFiltersThatAreAndedInGroupsThatAreOred() throws Exception {
    Answer answer =
        client.post(
            CONTACTS + "/search",
            """
            {'filterGroups':[
              {'filters':[{'propertyName':'createdate','operator':'GT','value':'2026-09-02T00:00:00Z'},
                          {'propertyName':'company','operator':'HAS_PROPERTY'}]},
              {'filters':[{'propertyName':'email','operator':'EQ','value':'ADA@northwind.example'}]}],
             'properties':['firstname'],'limit':100,'after':0,'sorts':[]}
            """);
    assertThat(answer.body().path("total").asInt()).isEqualTo(2);
    assertThat(answer.resultIds()).containsExactly("101", "102");
  }

  @Test
  void searchesPageByPageInAnOrder() throws Exception {
    String body =
        "{'limit':2,'after':'%s','properties':[],'sorts':[{'propertyName':'createdate','direction':'DESCENDING'}]}";
    Answer first = client.post(CONTACTS + "/search", body.formatted("0"));
    List<String> ids = new ArrayList<>(first.body().findValuesAsText("id"));
    String after = first.body().at("/paging/next/after").asText();
    Answer second = client.post(CONTACTS + "/search", body.formatted(after));
    ids.addAll(second.body().findValuesAsText("id"));
    assertThat(ids).containsExactly("103", "102", "101");
    assertThat(second.body().has("paging")).isFalse();
  }

  @Test
  void searchStopsAtTenThousandResults() throws Exception {
    Answer answer = client.post(CONTACTS + "/search", "{'limit':100,'after':9901}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(client.post(CONTACTS + "/search", "{'limit':201}").status()).isEqualTo(400);
  }
}
