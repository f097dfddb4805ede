package dev.ripen.sandbox;

import static dev.ripen.sandbox.SandboxClient.CONTACTS;
import static dev.ripen.sandbox.SandboxClient.PROPERTIES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.sandbox.SandboxClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody recorded of live calls and no document says. More of it is named by the tests of
 * {@link BatchWriteTest} (duplicates, trace ids, order and case of results, an empty success),
 * {@link PropertiesApiTest} (options, archived names, names in use) and {@link AccessAndLimitsTest}
 * (scopes).
 */
final class ObservedBehaviourTest extends SandboxFixture {
  private static final String SCORE =
      "{'name':'mql_score','label':'%s','type':'number','fieldType':'number',"
          + "'groupName':'contactinformation'}";

  @Override
  SandboxOptions configure(SandboxOptions options) {
    return options.withTokens(
        SandboxToken.of("API token", "sandbox"),
        new SandboxToken(
            "Schema",
            "schema-only",
            Set.of("crm.schemas.contacts.read", "crm.schemas.contacts.write")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "update", "upsert", "read", "archive"})
  void everyBatchVerbRefusesOneHundredAndOneInputs(String verb) throws Exception {
    String inputs =
        IntStream.rangeClosed(1, 101)
            .mapToObj(id -> "{'id':'" + id + "','properties':{}}")
            .collect(Collectors.joining(","));
    Answer answer = client.post(CONTACTS + "/batch/" + verb, "{'inputs':[" + inputs + "]}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("category").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(server.contactCount()).isEqualTo(3);
  }

  @Test
  void whoAmIAnswersATokenThatHasSchemaScopesOnly() throws Exception {
    SandboxClient schemaOnly = client.withToken("schema-only");
    assertThat(schemaOnly.get("/account-info/2026-09/details").status()).isEqualTo(200);
    assertThat(schemaOnly.get(CONTACTS).status()).isEqualTo(403);
  }

  @Test
  void aPropertyThatIsMissingIsNotFound() throws Exception {
    Answer answer = client.get(PROPERTIES + "/nowhere");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body().path("category").asText()).isEqualTo("OBJECT_NOT_FOUND");
  }

  @Test
  void creatingAPropertyAgainIsRefusedAndLeavesItAsItWas() throws Exception {
    client.post(PROPERTIES, SCORE.formatted("Score"));
    Answer again = client.post(PROPERTIES, SCORE.formatted("Other"));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().path("category").asText()).isEqualTo("OBJECT_ALREADY_EXISTS");
    assertThat(again.body().path("subCategory").asText())
        .isEqualTo("Properties.PROPERTY_WITH_NAME_EXISTS");
    assertThat(client.get(PROPERTIES + "/mql_score").body().path("label").asText())
        .isEqualTo("Score");
  }

  @Test
  void theTextFormOfASortTakesAMinusForDescending() throws Exception {
    Answer answer =
        client.post(CONTACTS + "/search", "{'sorts':['-createdate'],'limit':10,'after':'0'}");
    List<String> ids = new ArrayList<>(answer.body().findValuesAsText("id"));
    assertThat(ids).containsExactly("103", "102", "101");
  }
}
