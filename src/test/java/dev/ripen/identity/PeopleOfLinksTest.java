package dev.ripen.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PeopleOfLinksTest {
  private final List<Link> links = new ArrayList<>();

  @Test
  void joinsWhatWasSeenTogether() {
    seen("hubspot:51", "email:ada@x", 1);
    seen("email:ada@x", "user:7", 2);
    seen("hubspot:52", "email:bob@x", 2);
    seen("user:8", "user:8", 2);
    assertThat(people())
        .containsExactlyEntriesOf(
            sorted(
                "email:ada@x", "hubspot:51",
                "email:bob@x", "hubspot:52",
                "hubspot:51", "hubspot:51",
                "hubspot:52", "hubspot:52",
                "user:7", "hubspot:51",
                "user:8", "user:8"));
  }

  @Test
  void mergedRecordsAreOnePerson() {
    seen("hubspot:52", "hubspot:51", 1);
    seen("hubspot:52", "email:b@x", 1);
    seen("hubspot:51", "email:a@x", 1);
    assertThat(people().values()).containsOnly("hubspot:51");
  }

  @Test
  void theLatestIdentificationHasTheDevice() {
    seen("device:tablet", "email:ada@x", 5);
    seen("device:tablet", "email:bob@x", 6);
    assertThat(people())
        .containsEntry("device:tablet", "email:bob@x")
        .containsEntry("email:ada@x", "email:ada@x");
    seen("email:ada@x", "device:tablet", 7);
    assertThat(people()).containsEntry("device:tablet", "email:ada@x");
  }

  @Test
  void anInstantThatNobodyKnowsIsTheOldestAndTiesGoToTheLeast() {
    links.add(new Link("device:1", "email:ada@x", null));
    seen("device:1", "email:bob@x", -5);
    seen("device:2", "email:bob@x", 5);
    seen("device:2", "email:ada@x", 5);
    assertThat(people())
        .containsEntry("device:1", "email:bob@x")
        .containsEntry("device:2", "email:ada@x");
  }

  @Test
  void anonymousIdsGoToWhomTheirDevicesSawLast() {
    seen("user:7", "device:1", 1);
    seen("user:7", "device:2", 1);
    seen("device:2", "device:3", 1);
    seen("device:1", "email:ada@x", 2);
    seen("device:2", "email:bob@x", 3);
    assertThat(people())
        .containsEntry("device:1", "email:ada@x")
        .containsEntry("device:2", "email:bob@x")
        .containsEntry("device:3", "email:bob@x")
        .containsEntry("user:7", "email:bob@x");
  }

  @Test
  void aDeviceJoinsAnonymousIdsToOnePerson() {
    for (int user = 0; user < 10; user++) {
      seen("device:1", "user:" + user, user);
    }
    assertThat(people().values()).hasSize(11).containsOnly("user:0");
  }

  @Test
  void theTabletAtTheFairIsNobodys() {
    for (int i = 0; i < 6; i++) {
      seen("device:fair", "email:guest" + i + "@x", i);
    }
    seen("device:fair", "user:7", 9);
    assertThat(people())
        .containsEntry("device:fair", null)
        .containsEntry("user:7", "user:7")
        .containsEntry("email:guest5@x", "email:guest5@x");
  }

  @Test
  void aRoleAddressJoinsNobody() {
    seen("hubspot:51", "email:Info@x", 1);
    seen("hubspot:52", "email:Info@x", 1);
    seen("hubspot:53", "email:informatics@x", 1);
    assertThat(people())
        .containsEntry("hubspot:51", "hubspot:51")
        .containsEntry("hubspot:52", "hubspot:52")
        .containsEntry("email:Info@x", "email:Info@x")
        .containsEntry("email:informatics@x", "hubspot:53");
  }

  @Test
  void aDefaultValueJoinsNobody() {
    for (int i = 0; i <= IdentityRules.DEFAULT.maxIds(); i++) {
      seen("user:null", "email:guest" + i + "@x", 1);
    }
    assertThat(people())
        .containsEntry("user:null", "user:null")
        .containsEntry("email:guest7@x", "email:guest7@x");
    links.remove(links.size() - 1);
    assertThat(people()).containsEntry("user:null", "email:guest0@x");
  }

  @Provide
  Arbitrary<RandomLinks> cases() {
    return Arbitraries.randomValue(RandomLinks::of);
  }

  @Property(tries = 2_000)
  void isWhatTheTextSays(@ForAll("cases") RandomLinks given) {
    assertThat(people(given.links(), given.rules()))
        .isEqualTo(NaivePeople.of(given.links(), given.rules()));
  }

  @Property
  void aComponentIsDecidedByItsOwnLinks(@ForAll("cases") RandomLinks given) {
    List<JudgedLink> all = JudgedLink.all(latest(given.links()), given.rules());
    Map<String, String> components = new HashMap<>();
    List<PersonId> people = PeopleOfLinks.of(all, given.rules());
    people.forEach(id -> components.put(id.id(), id.component()));
    for (String component : components.values()) {
      List<JudgedLink> some =
          all.stream()
              .filter(
                  link ->
                      component.equals(components.get(link.link().id()))
                          || component.equals(components.get(link.link().otherId())))
              .toList();
      assertThat(
              PeopleOfLinks.of(some, given.rules()).stream()
                  .filter(id -> id.component().equals(component)))
          .isEqualTo(people.stream().filter(id -> id.component().equals(component)).toList());
    }
  }

  private void seen(String id, String other, long at) {
    links.add(new Link(id, other, at));
  }

  private Map<String, @Nullable String> people() {
    Map<String, @Nullable String> people = new TreeMap<>();
    people(links, IdentityRules.DEFAULT).forEach(id -> people.put(id.id(), id.personId()));
    return people;
  }

  private static List<PersonId> people(List<Link> links, IdentityRules rules) {
    return PeopleOfLinks.of(JudgedLink.all(latest(links), rules), rules);
  }

  static List<Link> latest(List<Link> links) {
    Map<List<String>, Link> latest = new LinkedHashMap<>();
    for (Link link : links) {
      latest.merge(
          List.of(link.id(), link.otherId()),
          link,
          (a, b) -> Link.BY_TIME.compare(a.seenAtMicros(), b.seenAtMicros()) < 0 ? b : a);
    }
    return List.copyOf(latest.values());
  }

  private static Map<String, String> sorted(String... idsAndPeople) {
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < idsAndPeople.length; i += 2) {
      sorted.put(idsAndPeople[i], idsAndPeople[i + 1]);
    }
    return sorted;
  }
}
