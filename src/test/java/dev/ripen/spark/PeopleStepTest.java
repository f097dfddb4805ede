package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.history.RunRecord;
import dev.ripen.identity.IdentityRules;
import dev.ripen.identity.Link;
import dev.ripen.identity.NaivePeople;
import dev.ripen.identity.PersonId;
import dev.ripen.identity.RandomLinks;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
final class PeopleStepTest {
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");
  private static final StructType LINKS =
      StructType.fromDDL("id STRING, other_id STRING, seen_at TIMESTAMP");
  private static final int WORLDS = 80;
  private static final IdentityRules STRICT =
      new IdentityRules(
          List.of("hubspot", "email", "user", "device"),
          Set.of("device"),
          1,
          4,
          Set.of("info", "sales"));

  /** Nothing is shared, nothing is a role address. */
  private static final IdentityRules OPEN =
      new IdentityRules(List.of("email", "device"), Set.of(), 1, 6, Set.of());

  @TempDir Path directory;
  private final SparkSession spark = SparkTestSession.create();
  private final Random random = new Random(20261120);

  /** Ids of one world never meet those of another. */
  private List<Link> worlds() {
    List<Link> links = new ArrayList<>();
    for (int world = 0; world < WORLDS; world++) {
      for (Link link : RandomLinks.of(random).links()) {
        links.add(in(world, link));
      }
    }
    return links;
  }

  private static Link in(int world, Link link) {
    return new Link(link.id() + world, link.otherId() + world, link.seenAtMicros());
  }

  private static List<PersonId> naive(List<Link> links, IdentityRules rules) {
    List<PersonId> people = new ArrayList<>();
    for (int world = 0; world < WORLDS; world++) {
      String end = "\\D" + world;
      people.addAll(
          NaivePeople.of(
              links.stream().filter(link -> link.id().matches("(?s).*" + end)).toList(), rules));
    }
    return sorted(people.stream());
  }

  private static List<PersonId> sorted(Stream<PersonId> people) {
    return people.sorted(Comparator.comparing(PersonId::id, Link.BY_BYTES)).toList();
  }

  /** The rows as a warehouse might give them: in any order and direction, repeated, with dirt. */
  private Dataset<Row> rows(List<Link> links) {
    List<Row> rows = new ArrayList<>();
    for (Link link : links) {
      Instant at = ScoreFunction.instant(link.seenAtMicros());
      boolean alone = link.id().equals(link.otherId());
      rows.add(RowFactory.create(link.id(), alone ? null : link.otherId(), at));
      // The same links have the same dirt, or nights without changes would have some.
      if (link.hashCode() % 3 == 0) {
        rows.add(RowFactory.create(link.otherId(), link.id(), at));
        rows.add(RowFactory.create(link.id(), link.hashCode() % 2 == 0 ? "no id" : "email: ", at));
        rows.add(RowFactory.create(link.id(), "hubspot:later", AS_OF.plusSeconds(1)));
      }
    }
    rows.add(RowFactory.create(null, null, null));
    Collections.shuffle(rows, random);
    return spark.createDataFrame(rows, LINKS).repartition(1 + random.nextInt(3));
  }

  static List<PersonId> read(Dataset<Row> people) {
    return sorted(
        people.select("id", "person_id", "component").collectAsList().stream()
            .map(row -> new PersonId(row.getString(0), row.getString(1), row.getString(2))));
  }

  /** In memory, and in Spark. */
  @ParameterizedTest
  @ValueSource(ints = {PeopleStep.IN_MEMORY, -1})
  void findsWhomTheTextSays(int inMemory) {
    for (IdentityRules rules : List.of(STRICT, OPEN)) {
      List<Link> links = worlds();
      PeopleStep step = new PeopleStep(spark, rules, inMemory);
      assertThat(read(step.find(rows(links), AS_OF, Optional.empty()).people()))
          .isEqualTo(naive(links, rules));
    }
  }

  /**
   * Night after night, links come, move in time and go.
   *
   * @param inMemory all in Spark; judged in Spark, and the touched ones found in memory
   */
  @ParameterizedTest
  @ValueSource(ints = {-1, 400})
  void goesOnFromTheNightBeforeAsIfFromTheStart(int inMemory) {
    StateTables state = new StateTables(spark, directory.resolve("state").toString());
    List<Link> links = worlds();
    assertThat(links).hasSizeGreaterThan(400);
    IdentityRules rules = STRICT;
    for (int night = 0; night < (inMemory < 0 ? 3 : 5); night++) {
      if (night > 0) {
        change(links);
      }
      rules = night == 2 ? IdentityRules.DEFAULT : rules;
      assertThat(night(state, links, rules, inMemory)).isTrue();
      assertThat(read(state.committed("people").orElseThrow())).isEqualTo(naive(links, rules));
    }
    assertThat(night(state, links, rules, inMemory)).isFalse();
  }

  private void change(List<Link> links) {
    for (int i = 0; i < 12; i++) {
      int world = random.nextInt(WORLDS / 4);
      links.add(in(world, RandomLinks.link(random)));
      links.remove(random.nextInt(links.size()));
      Link moved = links.remove(random.nextInt(links.size()));
      links.add(new Link(moved.id(), moved.otherId(), (long) random.nextInt(6)));
    }
  }

  /** Whether anything had changed. */
  private boolean night(StateTables state, List<Link> links, IdentityRules rules, int inMemory) {
    PeopleStep step = new PeopleStep(spark, rules, inMemory);
    PeopleStep.Found found = step.find(rows(links), AS_OF, Optional.of(state));
    if (found.changed()) {
      state.overwrite(LinkRows.TABLE, found.judged());
      state.overwrite(PeopleRows.VIEW, step.rows(found.people()));
      commit(state);
    }
    return found.changed();
  }

  private static void commit(StateTables state) {
    state.commit(
        new RunRecord(
            "run",
            RunRecord.Phase.DONE,
            AS_OF,
            AS_OF,
            AS_OF.plusSeconds(state.commits().size()),
            "shadow",
            "1",
            "abcdef",
            Map.of(),
            "",
            "{}"),
        Pipeline.tables());
  }

  @Test
  void aLongChainIsOneComponent() {
    List<Row> edges = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      edges.add(RowFactory.create("n" + (i + 100), "n" + (i + 101)));
    }
    edges.add(RowFactory.create("z", "y"));
    edges.add(RowFactory.create("y", "z"));
    edges.add(RowFactory.create("x", "x"));
    Collections.shuffle(edges, random);
    Dataset<Row> components =
        ConnectedComponents.of(
            spark.createDataFrame(edges, StructType.fromDDL("a STRING, b STRING")));
    assertThat(components.where("component = 'n100'").count()).isEqualTo(301);
    assertThat(components.where("component = 'y'").count()).isEqualTo(2);
    assertThat(components.count()).isEqualTo(303);
  }
}
