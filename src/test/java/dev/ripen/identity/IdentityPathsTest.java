package dev.ripen.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.identity.IdentityPath.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class IdentityPathsTest {
  private final List<Link> links = new ArrayList<>();

  @Test
  void aDeviceCameByItsLatestIdentification() {
    links.add(new Link("hubspot:51", "email:ada@x", null));
    links.add(new Link("device:1", "hubspot:51", 1L));
    links.add(new Link("device:1", "email:ada@x", 2L));
    links.add(new Link("device:1", "email:bob@x", 1L));
    links.add(new Link("device:1", "user:7", 9L));
    assertThat(paths("hubspot:51"))
        .containsExactly(
            new IdentityPath(
                "device:1",
                List.of(new Step("email:ada@x", 2L, true), new Step("hubspot:51", null, false))),
            new IdentityPath("email:ada@x", List.of(new Step("hubspot:51", null, false))),
            new IdentityPath("hubspot:51", List.of()),
            new IdentityPath(
                "user:7",
                List.of(
                    new Step("device:1", 9L, false),
                    new Step("email:ada@x", 2L, true),
                    new Step("hubspot:51", null, false))));
  }

  @Test
  void anAnonymousIdCanComeOverSomebodyElsesDevice() {
    links.add(new Link("device:1", "email:ada@x", 1L));
    links.add(new Link("device:2", "email:bob@x", 2L));
    links.add(new Link("user:7", "device:1", 1L));
    links.add(new Link("device:1", "device:2", 1L));
    assertThat(paths("email:bob@x"))
        .contains(
            new IdentityPath(
                "user:7",
                List.of(
                    new Step("device:1", 1L, false),
                    new Step("device:2", 1L, false),
                    new Step("email:bob@x", 2L, true))));
  }

  @Provide
  Arbitrary<RandomLinks> cases() {
    return Arbitraries.randomValue(RandomLinks::of);
  }

  @Property
  void everyIdHasAWayOfLinksThatCount(@ForAll("cases") RandomLinks given) {
    List<JudgedLink> judged =
        JudgedLink.all(PeopleOfLinksTest.latest(given.links()), given.rules());
    Map<String, @Nullable String> people = new HashMap<>();
    PeopleOfLinks.of(judged, given.rules()).forEach(id -> people.put(id.id(), id.personId()));
    List<Link> counting = judged.stream().filter(JudgedLink::counts).map(JudgedLink::link).toList();
    Set<String> found = new HashSet<>();
    for (String person : Set.copyOf(people.values().stream().filter(p -> p != null).toList())) {
      for (IdentityPath path : IdentityPaths.of(counting, people, person, given.rules())) {
        found.add(path.id());
        String at = path.id();
        for (Step step : path.steps()) {
          assertThat(counting).contains(new Link(at, step.to(), step.seenAtMicros()));
          at = step.to();
        }
        assertThat(at).isEqualTo(person).isEqualTo(people.get(path.id()));
      }
    }
    assertThat(found)
        .isEqualTo(
            people.keySet().stream()
                .filter(id -> people.get(id) != null)
                .collect(Collectors.toSet()));
  }

  private List<IdentityPath> paths(String person) {
    List<JudgedLink> judged = JudgedLink.all(links, IdentityRules.DEFAULT);
    Map<String, @Nullable String> people = new HashMap<>();
    PeopleOfLinks.of(judged, IdentityRules.DEFAULT)
        .forEach(id -> people.put(id.id(), id.personId()));
    return IdentityPaths.of(links, people, person, IdentityRules.DEFAULT);
  }
}
