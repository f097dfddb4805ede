package dev.ripen.sandbox;

import static dev.ripen.sandbox.SandboxClient.CONTACTS;
import static dev.ripen.sandbox.SandboxClient.PROPERTIES;
import static dev.ripen.sandbox.SandboxClient.inputs;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ripen.sandbox.SandboxClient.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PropertiesApiTest extends SandboxFixture {
  private static final String TIER =
      "{'name':'tier','label':'Tier','type':'enumeration','fieldType':'select',"
          + "'groupName':'contactinformation','options':[{'label':'One','value':'1','displayOrder':0,'hidden':false}]}";

  @Test
  void standardPropertiesExistFromTheStart() throws Exception {
    List<String> names = client.get(PROPERTIES).body().path("results").findValuesAsText("name");
    assertThat(names)
        .contains(
            "email",
            "firstname",
            "lastname",
            "company",
            "jobtitle",
            "country",
            "phone",
            "website",
            "createdate",
            "lastmodifieddate",
            "hs_object_id",
            "lifecyclestage",
            "hs_lead_status",
            "hs_additional_emails",
            "hs_merged_object_ids",
            "hubspot_owner_id",
            "hs_lifecyclestage_marketingqualifiedlead_date");
    JsonNode stage = client.get(PROPERTIES + "/lifecyclestage").body();
    List<String> stages = new ArrayList<>();
    stage.path("options").forEach(option -> stages.add(option.path("value").asText()));
    assertThat(stages).isEqualTo(PropertyRegistry.STAGES);
    JsonNode id = client.get(PROPERTIES + "/hs_object_id").body();
    assertThat(id.at("/modificationMetadata/readOnlyValue").asBoolean()).isTrue();
    assertThat(id.path("hubspotDefined").asBoolean()).isTrue();
  }

  @Test
  void createsAPropertyOnce() throws Exception {
    Answer created = client.post(PROPERTIES, TIER);
    Answer again = client.post("/crm/v3/properties/contacts", TIER);
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.body().path("fieldType").asText()).isEqualTo("select");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("category").asText()).isEqualTo("OBJECT_ALREADY_EXISTS");
    assertThat(again.body().path("subCategory").asText())
        .isEqualTo("Properties.PROPERTY_WITH_NAME_EXISTS");
  }

  @Test
  void createsABatchAndNamesThoseThatExist() throws Exception {
    Answer answer =
        client.post(
            PROPERTIES + "/batch/create",
            "{'inputs':[" + TIER + "," + TIER.replace("'tier'", "'email'") + "]}");
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.body().at("/results/0/name").asText()).isEqualTo("tier");
    assertThat(answer.body().at("/errors/0/category").asText()).isEqualTo("OBJECT_ALREADY_EXISTS");
  }

  @Test
  void patchReplacesAllOptionsAndLeavesThemIfAbsent() throws Exception {
    client.post(PROPERTIES, TIER);
    client.patch(PROPERTIES + "/tier", "{'label':'Level'}");
    assertThat(client.get(PROPERTIES + "/tier").body().at("/options/0/value").asText())
        .isEqualTo("1");
    client.patch(
        PROPERTIES + "/tier",
        "{'options':[{'label':'Two','value':'2','displayOrder':0,'hidden':false}]}");
    JsonNode tier = client.get(PROPERTIES + "/tier").body();
    assertThat(tier.path("label").asText()).isEqualTo("Level");
    assertThat(tier.path("options").size()).isEqualTo(1);
    assertThat(tier.at("/options/0/value").asText()).isEqualTo("2");
  }

  @Test
  void anArchivedPropertyComesBackWithItsValuesWhenItIsCreatedAgain() throws Exception {
    client.post(PROPERTIES, TIER);
    client.post(CONTACTS + "/batch/update", inputs().write("101", "tier", "1").body());
    assertThat(client.delete(PROPERTIES + "/tier").status()).isEqualTo(204);
    assertThat(client.get(PROPERTIES + "/tier").status()).isEqualTo(404);
    assertThat(
            client
                .post(CONTACTS + "/batch/update", inputs().write("101", "tier", "1").body())
                .message())
        .contains("PROPERTY_DOESNT_EXIST");
    assertThat(client.post(PROPERTIES, TIER).status()).isEqualTo(201);
    assertThat(server.findContact("101").orElseThrow()).containsEntry("tier", "1");
  }

  @Test
  void standardPropertiesCannotBeArchived() throws Exception {
    Answer answer = client.delete(PROPERTIES + "/company");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("subCategory").asText())
        .isEqualTo("PropertyValidationError.CANNOT_DELETE_PROPERTY_IN_USE");
  }

  @Test
  void groupsAreCreatedOnceAndUsedByProperties() throws Exception {
    String group = "{'name':'ripen','label':'ripen'}";
    String inGroup = TIER.replace("contactinformation", "ripen");
    assertThat(client.post(PROPERTIES, inGroup).status()).isEqualTo(400);
    assertThat(client.post(PROPERTIES + "/groups", group).status()).isEqualTo(201);
    assertThat(client.post(PROPERTIES + "/groups", group).status()).isEqualTo(409);
    assertThat(client.get(PROPERTIES + "/groups/ripen").body().path("label").asText())
        .isEqualTo("ripen");
    assertThat(client.post(PROPERTIES, inGroup).status()).isEqualTo(201);
  }

  @Test
  void refusesDefinitionsThatHubSpotRefuses() throws Exception {
    for (String bad :
        List.of(
            TIER.replace("'tier'", "'Tier'"),
            TIER.replace("'enumeration'", "'text'"),
            TIER.replace("'select'", "'dropdown'"),
            TIER.replace("'label':'Tier',", ""))) {
      assertThat(client.post(PROPERTIES, bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void uniquePropertiesFindContactsAndStayUnique() throws Exception {
    client.post(
        PROPERTIES,
        "{'name':'lead_id','label':'Lead','type':'string','fieldType':'text',"
            + "'groupName':'contactinformation','hasUniqueValue':true}");
    client.post(CONTACTS + "/batch/update", inputs().write("101", "lead_id", "L1").body());
    Answer read =
        client.post(CONTACTS + "/batch/read", inputs().id("L1").idProperty("lead_id").body());
    assertThat(read.resultIds()).containsExactly("101");
    Answer taken =
        client.post(CONTACTS + "/batch/update", inputs().write("103", "lead_id", "L1").body());
    assertThat(taken.status()).isEqualTo(409);
  }

  @Test
  void theVersionOfSeptemberWarnsOfNormalisedDates() throws Exception {
    provision();
    Answer answer =
        client.post(
            CONTACTS + "/batch/update",
            inputs().write("101", "renewal_on", "2026-11-05T09:33:00Z").body());
    JsonNode warning = answer.result("101").at("/warnings/0");
    assertThat(warning.path("category").asText()).isEqualTo("PROPERTY_VALUE_NORMALIZED");
    assertThat(warning.at("/context/rawValue/0").asText()).isEqualTo("2026-11-05T09:33:00Z");
    assertThat(warning.at("/context/normalizedValue/0").asText()).isEqualTo("2026-11-05");
    Answer old =
        client.post(
            "/crm/objects/2026-03/contacts/batch/update",
            inputs().write("101", "renewal_on", "2026-11-05T09:33:00Z").body());
    assertThat(old.message()).contains("INVALID_DATE");
  }

  @Test
  void aLeadingSemicolonAddsToCheckBoxes() throws Exception {
    provision();
    client.post(CONTACTS + "/batch/update", inputs().write("101", "topics", "a").body());
    client.post(CONTACTS + "/batch/update", inputs().write("101", "topics", ";b").body());
    assertThat(server.findContact("101").orElseThrow()).containsEntry("topics", "a;b");
  }
}
