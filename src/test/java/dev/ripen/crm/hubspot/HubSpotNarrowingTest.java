package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.crm.RejectCode;
import dev.ripen.crm.RowOutcome;
import dev.ripen.crm.RowOutcome.Deferred;
import dev.ripen.crm.RowOutcome.Rejected;
import dev.ripen.crm.RowOutcome.Written;
import dev.ripen.crm.RowWrite;
import dev.ripen.crm.WriteAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HubSpotNarrowingTest {
  private final FakeHubSpot hubspot = new FakeHubSpot();
  private final HubSpotDestination destination = hubspot.destination();
  private final Set<String> writtenIds = new TreeSet<>();

  @AfterEach
  void close() {
    destination.close();
    hubspot.close();
  }

  @Test
  void findsOneBadRowOfAHundredAndWritesTheOthers() {
    hubspot.otherwise(call -> refuseWholeBatch(call, Set.of("37"), 400));

    List<RowOutcome> outcomes = destination.write(WriteAction.UPDATE, rows(100));

    assertThat(rejected(outcomes))
        .containsExactly(new Rejected(37, RejectCode.INVALID_VALUE, "mql_level: not an option"));
    assertThat(outcomes).filteredOn(Written.class::isInstance).hasSize(99);
    assertThat(writtenIds).hasSize(99).doesNotContain("37");
    assertThat(hubspot.calls()).hasSizeLessThanOrEqualTo(15);
  }

  @Test
  void findsSeveralBadRowsWithFewRequests() {
    hubspot.otherwise(call -> refuseWholeBatch(call, Set.of("1", "50", "51", "100"), 400));

    List<RowOutcome> outcomes = destination.write(WriteAction.UPDATE, rows(100));

    assertThat(rejected(outcomes))
        .extracting(Rejected::seq)
        .containsExactlyInAnyOrder(1L, 50L, 51L, 100L);
    assertThat(writtenIds).hasSize(96);
    assertThat(hubspot.calls()).hasSizeLessThanOrEqualTo(4 * 2 * 7);
  }

  @Test
  void narrowsDownNotFoundAndConflictsAsWell() {
    hubspot.otherwise(call -> refuseWholeBatch(call, Set.of("2"), 404));
    assertThat(destination.write(WriteAction.UPDATE, rows(3)))
        .extracting(RowOutcome::seq)
        .containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(writtenIds).containsExactly("1", "3");
  }

  @Test
  void takesDuplicatesFromTheAnswerWithoutSearching() {
    hubspot
        .then(
            400,
            """
            {"category":"VALIDATION_ERROR","message":"Duplicate IDs found in batch input: [2]",
             "context":{"ids":["2"]}}""")
        .otherwise(call -> refuseWholeBatch(call, Set.of(), 400));

    List<RowOutcome> outcomes = destination.write(WriteAction.UPDATE, rows(100));

    assertThat(rejected(outcomes))
        .containsExactly(
            new Rejected(
                2, RejectCode.DUPLICATE_RECORD, "Duplicate IDs found in batch input: [2]"));
    assertThat(writtenIds).hasSize(99);
    assertThat(hubspot.calls()).hasSize(2);
  }

  @Test
  void rejectsAtOnceAllRowsThatWriteAnUnknownProperty() {
    hubspot
        .then(
            400,
            """
            {"message":"Property values were not valid: [{\\"isValid\\":false,\\"message\\":\
            \\"Property \\\\\\"mql_x\\\\\\" does not exist\\",\\"error\\":\
            \\"PROPERTY_DOESNT_EXIST\\",\\"name\\":\\"mql_x\\"}]"}""")
        .otherwise(call -> refuseWholeBatch(call, Set.of(), 400));
    List<RowWrite> rows = new ArrayList<>(rows(50));
    for (int i = 51; i <= 100; i++) {
      rows.add(new RowWrite(i, "" + i, null, Map.of("mql_x", "1")));
    }

    List<RowOutcome> outcomes = destination.write(WriteAction.UPDATE, rows);

    assertThat(rejected(outcomes))
        .hasSize(50)
        .contains(
            new Rejected(51, RejectCode.UNKNOWN_FIELD, "mql_x: Property \"mql_x\" does not exist"));
    assertThat(writtenIds).hasSize(50);
    assertThat(hubspot.calls()).hasSize(2);
  }

  @Test
  void doesNotBlameEverybodyWhenTheAnswerListsTheWholeBatch() {
    hubspot
        .then(400, "{\"message\":\"invalid\",\"context\":{\"ids\":[\"1\",\"2\",\"3\",\"4\"]}}")
        .otherwise(call -> refuseWholeBatch(call, Set.of("3"), 400));

    List<RowOutcome> outcomes = destination.write(WriteAction.UPDATE, rows(4));

    assertThat(rejected(outcomes)).extracting(Rejected::seq).containsExactly(3L);
    assertThat(writtenIds).containsExactly("1", "2", "4");
  }

  @Test
  void searchesAmongTheRowsThatAPartialSuccessLeftOutWithoutNamingThem() {
    hubspot
        .then(
            207,
            """
            {"results":[{"id":"1"},{"id":"2"}],
             "errors":[{"category":"VALIDATION_ERROR","message":"one is bad"}]}""")
        .otherwise(call -> refuseWholeBatch(call, Set.of("4"), 400));

    List<RowOutcome> outcomes = destination.write(WriteAction.UPDATE, rows(4));

    assertThat(outcomes)
        .containsExactlyInAnyOrder(
            new Written(1, "1", false, Map.of()),
            new Written(2, "2", false, Map.of()),
            new Written(3, "3", false, Map.of()),
            new Rejected(4, RejectCode.INVALID_VALUE, "mql_level: not an option"));
    assertThat(hubspot.calls()).hasSize(3);
  }

  @Test
  void sendsEachRowWithTheSameUniqueTraceIdEveryTime() {
    hubspot.otherwise(call -> refuseWholeBatch(call, Set.of("2"), 400));

    destination.write(WriteAction.UPDATE, rows(4));

    assertThat(hubspot.calls().get(0).inputs("objectWriteTraceId"))
        .containsExactly("ripen-1", "ripen-2", "ripen-3", "ripen-4");
    assertThat(
            hubspot.calls().stream()
                .flatMap(call -> call.inputs("objectWriteTraceId").stream())
                .collect(Collectors.toSet()))
        .hasSize(4);
  }

  @Test
  void keepsWhatIsKnownWhenTheRunMustStopMidway() {
    hubspot
        .then(400, "{\"message\":\"something is bad\"}")
        .then(200, "{\"results\":[{\"id\":\"1\"},{\"id\":\"2\"}]}")
        .otherwise(call -> FakeHubSpot.json(401, "{}"));

    assertThat(destination.write(WriteAction.UPDATE, rows(4)))
        .containsExactlyInAnyOrder(
            new Written(1, "1", false, Map.of()),
            new Written(2, "2", false, Map.of()),
            new Deferred(3, "hubspot: HubSpot refused the token (HTTP 401)"),
            new Deferred(4, "hubspot: HubSpot refused the token (HTTP 401)"));
  }

  private MockResponse refuseWholeBatch(FakeHubSpot.Call call, Set<String> bad, int status) {
    List<String> ids = call.inputs("id");
    if (ids.stream().anyMatch(bad::contains)) {
      return FakeHubSpot.json(
          status,
          """
          {"status":"error","category":"VALIDATION_ERROR","message":"Property values were not \
          valid: [{\\"message\\":\\"not an option\\",\\"error\\":\\"INVALID_OPTION\\",\
          \\"name\\":\\"mql_level\\"}]"}""");
    }
    writtenIds.addAll(ids);
    String results =
        ids.stream().map(id -> "{\"id\":\"" + id + "\"}").collect(Collectors.joining(","));
    return FakeHubSpot.json(200, "{\"status\":\"COMPLETE\",\"results\":[" + results + "]}");
  }

  private static List<RowWrite> rows(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> new RowWrite(i, "" + i, null, Map.of("mql_level", "hot")))
        .toList();
  }

  private static List<Rejected> rejected(List<RowOutcome> outcomes) {
    return outcomes.stream().filter(Rejected.class::isInstance).map(Rejected.class::cast).toList();
  }
}
