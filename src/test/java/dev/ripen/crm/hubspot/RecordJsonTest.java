package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.CrmRecord;
import dev.ripen.crm.CrmTable;
import dev.ripen.http.JsonClient;
import java.time.Instant;
import java.util.List;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

class RecordJsonTest {
  private static CrmRecord submission(String json) {
    return RecordJson.submission("f-1", "Demo", JsonClient.parseOrMissing(json.replace('\'', '"')));
  }

  @Test
  void makesAnIdOfAllThatAnOldSubmissionSays() {
    String old = "{'submittedAt':1762160400000,'values':[{'name':'email','value':'a@x.example'}]}";
    String id = submission(old).id();
    assertThat(id).matches("[0-9a-f]{32}").isEqualTo(submission(old).id());
    assertThat(submission(old.replace("a@x", "b@x")).id()).isNotEqualTo(id);
    assertThat(submission(old.replace("160400000", "160400001")).id()).isNotEqualTo(id);
    assertThat(submission("{'conversionId':'c-1'," + old.substring(1)).id()).isEqualTo("c-1");
  }

  @Test
  void keepsEveryChoiceOfAFieldAndLeavesOutTheCompanys() {
    CrmRecord record =
        submission(
            """
            {'conversionId':'c-1','submittedAt':1762160400000,'pageUrl':'https://a.example/x','values':[
             {'name':'topic','value':'a','objectTypeId':'0-1'},{'name':'topic','value':'b','objectTypeId':'0-1'},
             {'name':'name','value':'Northwind','objectTypeId':'0-2'}]}""");
    assertThat(record.properties())
        .containsEntry("topic", "a;b")
        .containsEntry("page_url", "https://a.example/x")
        .doesNotContainKey("name");
    assertThat(record.createdAt()).isEqualTo(Instant.ofEpochMilli(1762160400000L));
  }

  @Test
  void asksForChangesByIdSoThatNoPageIsBeyondTheFirst() {
    RecordRequests requests =
        new RecordRequests(
            new HubSpotPaths(HttpUrl.get("https://api.example/"), "2026-09"),
            new CrmTable("deals", List.of("amount"), List.of("dealstage")));
    assertThat(requests.changed(Instant.ofEpochMilli(1000), 42).body())
        .isEqualTo(
            JsonClient.parseOrMissing(
                """
                {"filterGroups":[{"filters":[
                   {"propertyName":"hs_lastmodifieddate","operator":"GTE","value":"1000"},
                   {"propertyName":"hs_object_id","operator":"GT","value":"42"}]}],
                 "sorts":[{"propertyName":"hs_object_id","direction":"ASCENDING"}],
                 "properties":["hs_lastmodifieddate"],"limit":200}"""));
    assertThat(requests.list(false, "7").url().toString())
        .isEqualTo(
            "https://api.example/crm/objects/2026-09/deals?limit=50&archived=false"
                + "&properties=amount%2Chs_lastmodifieddate&propertiesWithHistory=dealstage&after=7");
    assertThat(requests.list(true, null).url().queryParameter("limit")).isEqualTo("100");
    assertThat(requests.batch()).isEqualTo(50);
  }
}
