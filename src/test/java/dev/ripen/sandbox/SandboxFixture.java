package dev.ripen.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A sandbox with three contacts for every test. */
abstract class SandboxFixture {
  static final String SEED =
      """
      {"id":"101","email":"ada@northwind.example","properties":{"firstname":"Ada","lastname":"Berg","company":"Northwind","jobtitle":"VP Marketing","createdate":"2026-09-01T10:00:00.000Z","lifecyclestage":"lead"}}
      {"id":"102","email":"Ben@Contoso.example","additionalEmails":["ben.old@contoso.example"],"mergedIds":["90"],"properties":{"firstname":"Ben","company":"Contoso","createdate":"2026-09-02T10:00:00.000Z","lifecyclestage":"customer"}}
      {"id":"103","email":"cleo@fabrikam.example","properties":{"firstname":"Cleo","lastname":"Diaz","createdate":"2026-09-03T10:00:00.000Z"}}
      """;

  @TempDir Path temporary;
  final TestClock clock = new TestClock();
  SandboxServer server;
  SandboxClient client;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(temporary.resolve("seed.jsonl"), SEED);
    server = SandboxServer.start(configure(options()));
    client = new SandboxClient(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** For a class that needs something else. */
  SandboxOptions configure(SandboxOptions options) {
    return options;
  }

  final SandboxOptions options() {
    return SandboxOptions.in(temporary.resolve("data"))
        .withClock(clock)
        .withSeed(temporary.resolve("seed.jsonl"));
  }

  final void restart(UnaryOperator<SandboxOptions> change) {
    server.close();
    server = SandboxServer.start(change.apply(options()));
    client = new SandboxClient(server);
  }

  /** Creates ripen's fields. */
  final void provision() throws Exception {
    client.post(
        SandboxClient.PROPERTIES + "/batch/create",
        """
        {'inputs':[
        {'name':'mql','label':'MQL','type':'bool','fieldType':'booleancheckbox','groupName':'contactinformation'},
        {'name':'mql_score','label':'MQL score','type':'number','fieldType':'number','groupName':'contactinformation'},
        {'name':'mql_level','label':'MQL level','type':'enumeration','fieldType':'select','groupName':'contactinformation',
         'options':[{'label':'Hot','value':'hot','displayOrder':0,'hidden':false},{'label':'Warm','value':'warm','displayOrder':1,'hidden':false},{'label':'Cold','value':'cold','displayOrder':2,'hidden':false}]},
        {'name':'mql_at','label':'MQL at','type':'datetime','fieldType':'date','groupName':'contactinformation'},
        {'name':'first_mql_at','label':'First MQL at','type':'datetime','fieldType':'date','groupName':'contactinformation'},
        {'name':'renewal_on','label':'Renewal','type':'date','fieldType':'date','groupName':'contactinformation'},
        {'name':'topics','label':'Topics','type':'enumeration','fieldType':'checkbox','groupName':'contactinformation',
         'options':[{'label':'A','value':'a','displayOrder':0,'hidden':false},{'label':'B','value':'b','displayOrder':1,'hidden':false}]},
        {'name':'mql_reasons','label':'MQL reasons','type':'string','fieldType':'textarea','groupName':'contactinformation'},
        {'name':'mql_reasons_json','label':'MQL reasons, machine','type':'string','fieldType':'textarea','groupName':'contactinformation'}
        ]}""");
  }
}
