package dev.ripen.sandbox;

import static dev.ripen.sandbox.SandboxClient.CONTACTS;
import static dev.ripen.sandbox.SandboxClient.PROPERTIES;
import static dev.ripen.sandbox.SandboxClient.inputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PersistenceTest extends SandboxFixture {
  private Path data() {
    return temporary.resolve("data");
  }

  private Path journal() throws IOException {
    try (Stream<Path> files = Files.list(data())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("journal-"))
          .findFirst()
          .orElseThrow();
    }
  }

  private Map<String, String> stored(String id) {
    return server.findContact(id).orElseThrow();
  }

  private void changeThings() throws Exception {
    provision();
    client.post(CONTACTS + "/batch/create", inputs().write("", "email", "d@new.example").body());
    client
        .inRun("r1")
        .post(
            CONTACTS + "/batch/update",
            inputs()
                .write("101", "mql", "true", "mql_level", "hot")
                .write("103", "mql", "true")
                .body());
    client.post(CONTACTS + "/batch/archive", inputs().id("102").body());
    client.post("/sandbox/sync-report", "{'runId':'r1','written':2,'rejected':1,'newMqls':2}");
  }

  private void assertThingsAreThere() throws Exception {
    assertThat(server.contactCount()).isEqualTo(3);
    assertThat(stored("101")).containsEntry("mql", "true").containsEntry("mql_level", "hot");
    assertThat(stored("104")).containsEntry("email", "d@new.example");
    assertThat(server.findContact("102")).isEmpty();
    assertThat(client.get("/sandbox/page/summary").body().path("newMqls").asInt()).isEqualTo(2);
    assertThat(client.get("/sandbox/page/summary").body().at("/lastSync/rejected").asInt())
        .isEqualTo(1);
    assertThat(client.get("/sandbox/page/contacts/101").body().at("/history/0/source").asText())
        .isEqualTo("ripen run r1");
    assertThat(client.get(PROPERTIES + "/mql_level").status()).isEqualTo(200);
  }

  @Test
  void keepsEverythingOverARestart() throws Exception {
    changeThings();
    restart(options -> options);
    assertThingsAreThere();
    restart(options -> options);
    assertThingsAreThere();
  }

  @Test
  void keepsWhatItAnsweredWhenItIsKilled() throws Exception {
    changeThings();
    Path copy = temporary.resolve("copy");
    Files.createDirectories(copy);
    // What a kill leaves behind: the files as they are while the server still runs.
    try (Stream<Path> files = Files.list(data())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    server.close();
    server = SandboxServer.start(SandboxOptions.in(copy).withClock(clock));
    client = new SandboxClient(server);
    assertThingsAreThere();
  }

  @Test
  void cutsOffAnUnfinishedLastLineOfTheJournal() throws Exception {
    changeThings();
    server.close();
    Files.writeString(
        journal(), "{\"at\":1,\"writes\":[{\"id\":101,\"set\":{\"ci", StandardOpenOption.APPEND);
    server = SandboxServer.start(options());
    client = new SandboxClient(server);
    assertThingsAreThere();
    client.post(CONTACTS + "/batch/update", inputs().write("101", "city", "Oslo").body());
    restart(options -> options);
    assertThat(stored("101")).containsEntry("city", "Oslo");
  }

  @Test
  void doesNotGiveTheIdOfAnArchivedContactAgain() throws Exception {
    client.post(CONTACTS + "/batch/archive", inputs().id("103").body());
    restart(options -> options);
    assertThat(
            client.post(CONTACTS, "{'properties':{'firstname':'Eve'}}").body().path("id").asText())
        .isEqualTo("104");
  }

  @Test
  void seedsOnlyAnEmptyStore() throws Exception {
    client.post(CONTACTS + "/batch/update", inputs().write("101", "city", "Oslo").body());
    Files.writeString(temporary.resolve("seed.jsonl"), "{\"id\":\"900\"}\n");
    restart(options -> options);
    assertThat(server.contactCount()).isEqualTo(3);
    assertThat(stored("101")).containsEntry("city", "Oslo");
  }

  @Test
  void saysWhichLineOfASeedIsWrong() throws Exception {
    Path seed = temporary.resolve("bad.jsonl");
    Files.writeString(seed, "{\"id\":\"1\"}\n{\"id\":\"1\"}\n");
    SandboxOptions options = SandboxOptions.in(temporary.resolve("other")).withSeed(seed);
    assertThatThrownBy(() -> SandboxServer.start(options))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.problems().get(0).code()).isEqualTo(ErrorCode.DATA_INVALID);
              assertThat(problem.problems().get(0).span().orElseThrow().line()).isEqualTo(2);
            });
  }

  @Test
  void saysThatAnotherProcessHoldsTheData() {
    assertThatThrownBy(() -> SandboxServer.start(options()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.problems().get(0).code()).isEqualTo(ErrorCode.STATE_LOCKED);
              assertThat(problem).hasMessageContaining("is in use by another process");
            });
  }

  @Test
  void saysThatAPortIsTaken() {
    SandboxOptions options = SandboxOptions.in(temporary.resolve("other")).withPort(server.port());
    assertThatThrownBy(() -> SandboxServer.start(options))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem).hasMessageContaining("port " + server.port() + " is in use"));
  }

  @Test
  void packedValuesSurviveTheirWayThroughBytes() {
    Map<Integer, String> values = Map.of(0, "", 1, "ä€𝄞", 300, "x".repeat(70_000));
    byte[] packed = Packed.pack(values);
    assertThat(Packed.unpack(packed)).isEqualTo(new java.util.TreeMap<>(values));
    assertThat(Packed.get(packed, 1)).isEqualTo("ä€𝄞");
    assertThat(Packed.get(packed, 2)).isNull();
  }

  @Test
  void historyOfAContactIsKeptInOrder() {
    Contact contact = new Contact(1, 0, 0, Packed.EMPTY, Packed.EMPTY);
    contact.apply(Map.of(3, "a"), 1000, 0);
    contact.apply(Map.of(3, "a"), 2000, 0);
    contact.apply(Map.of(3, ""), 1_790_000_000_000L, 200);
    List<Contact.Change> expected = new ArrayList<>();
    expected.add(new Contact.Change(3, 1000, 0, "", "a"));
    expected.add(new Contact.Change(3, 1_790_000_000_000L, 200, "a", ""));
    assertThat(contact.changes()).isEqualTo(expected);
    assertThat(contact.value(3)).isNull();
  }
}
