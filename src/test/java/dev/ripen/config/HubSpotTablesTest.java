package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.CrmTable;
import dev.ripen.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubSpotTablesTest {
  @TempDir Path directory;

  @Test
  void readsEveryKey() {
    Source source =
        new ProjectFiles(directory)
            .variable("HUBSPOT_TOKEN", "pat-secret")
            .ripen(
                """
                project = acme
                sources { crm {
                  format = hubspot, token = ${?HUBSPOT_TOKEN}, api-version = "2026-03"
                  base-url = "http://127.0.0.1:8700/"
                  tables {
                    people { table = contacts, properties = [ email, jobtitle ], history = [ lifecyclestage ] }
                    deals  { properties = [ amount ] }
                    form_submissions { properties = [ topic ] }
                  }
                } }
                """)
            .load()
            .sources()
            .get(0);
    assertThat(source.isCrm()).isTrue();
    assertThat(source.options())
        .isEqualTo(Map.of("base-url", "http://127.0.0.1:8700", "api-version", "2026-03"));
    assertThat(source.secrets().get("token").reveal()).isEqualTo("pat-secret");
    assertThat(source.toString()).doesNotContain("pat-secret");
    assertThat(source.tables().stream().map(Source.Table::crmTable))
        .containsExactly(
            new CrmTable("contacts", List.of("email", "jobtitle"), List.of("lifecyclestage")),
            new CrmTable("deals", List.of("amount"), List.of()),
            new CrmTable("form_submissions", List.of("topic"), List.of()));
  }

  @Test
  void findsEveryMistakeAtOnce() {
    Golden.assertMatches(
        "config/ripen-hubspot-source.txt",
        new ProjectFiles(directory)
            .ripen(
                """
                project = acme
                sources { hubspot {
                  format = hubspot, token = pat-na1-abc, base-url = api.hubapi.com, api-version = 3
                  tables {
                    contact   { properties = [ email ] }
                    companies { propertys = [ name ], stale-after = 26h }
                    deals     { properties = [ amount, amount, id, "Deal Name" ], loaded-at = x }
                    form_submissions { history = [ email ] }
                  }
                } }
                """)
            .rendered());
  }
}
