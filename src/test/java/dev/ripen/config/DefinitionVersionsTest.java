package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.Definition.Apply;
import dev.ripen.config.DefinitionVersions.Change;
import dev.ripen.config.DefinitionVersions.Kept;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinitionVersionsTest {
  private static final Instant MONDAY = Instant.parse("2026-11-16T05:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T05:00:00Z");
  private static final Instant WEDNESDAY = Instant.parse("2026-11-18T05:00:00Z");

  private final List<Kept> kept = new ArrayList<>();

  @Test
  void theFirstDefinitionJudgesAllTime() {
    assertThat(run("a", Optional.empty(), MONDAY, true)).isEqualTo("a@ever BEGINS");
  }

  @Test
  void theSameDefinitionChangesNothing() {
    run("a", Optional.empty(), MONDAY, true);
    assertThat(run("a", Optional.empty(), TUESDAY, true)).isEqualTo("a@ever NONE");
  }

  @Test
  void aChangeBeginsAtItsFirstRunOnceADestinationIsLive() {
    run("a", Optional.empty(), MONDAY, true);
    assertThat(run("b", Optional.empty(), TUESDAY, true))
        .isEqualTo("a@ever b@2026-11-17T05:00:00Z BEGINS");
    assertThat(run("b", Optional.empty(), WEDNESDAY, true))
        .isEqualTo("a@ever b@2026-11-17T05:00:00Z NONE");
  }

  @Test
  void aChangeJudgesEverythingBeforeADestinationIsLive() {
    run("a", Optional.empty(), MONDAY, false);
    assertThat(run("b", Optional.empty(), TUESDAY, false)).isEqualTo("b@ever JUDGES_ANEW");
    assertThat(run("b", Optional.empty(), WEDNESDAY, true)).isEqualTo("b@ever NONE");
  }

  @Test
  void theConfigurationSaysOtherwise() {
    run("a", Optional.empty(), MONDAY, false);
    assertThat(run("b", Optional.of(Apply.FROM), TUESDAY, false))
        .isEqualTo("a@ever b@2026-11-17T05:00:00Z BEGINS");
    assertThat(run("c", Optional.of(Apply.RETROACTIVE), WEDNESDAY, true))
        .isEqualTo("c@ever JUDGES_ANEW");
  }

  @Test
  void aDefinitionCanJudgeEverythingLater() {
    run("a", Optional.empty(), MONDAY, true);
    run("b", Optional.empty(), TUESDAY, true);
    assertThat(run("b", Optional.of(Apply.RETROACTIVE), WEDNESDAY, true))
        .isEqualTo("b@ever JUDGES_ANEW");
    assertThat(run("b", Optional.of(Apply.RETROACTIVE), WEDNESDAY, true)).isEqualTo("b@ever NONE");
    assertThat(run("b", Optional.of(Apply.FROM), WEDNESDAY, true)).isEqualTo("b@ever NONE");
  }

  @Test
  void aSwitchBackIsANewVersion() {
    run("a", Optional.empty(), MONDAY, true);
    run("b", Optional.empty(), TUESDAY, true);
    assertThat(run("a", Optional.empty(), WEDNESDAY, true))
        .isEqualTo("a@ever b@2026-11-17T05:00:00Z a@2026-11-18T05:00:00Z BEGINS");
  }

  @Test
  void twoChangesAtOneInstantAreTheLast() {
    run("a", Optional.empty(), MONDAY, true);
    run("b", Optional.empty(), TUESDAY, true);
    assertThat(run("c", Optional.empty(), TUESDAY, true))
        .isEqualTo("a@ever c@2026-11-17T05:00:00Z BEGINS");
    assertThat(run("c", Optional.empty(), WEDNESDAY, true))
        .isEqualTo("a@ever c@2026-11-17T05:00:00Z NONE");
  }

  @Test
  void aChangeAtTheInstantOfTheFirstRunBeginsThere() {
    run("a", Optional.empty(), MONDAY, true);
    assertThat(run("b", Optional.empty(), MONDAY, true))
        .isEqualTo("a@ever b@2026-11-16T05:00:00Z BEGINS");
  }

  @Test
  void aLookAtThePastSeesNoLaterVersion() {
    run("a", Optional.empty(), MONDAY, true);
    run("b", Optional.empty(), WEDNESDAY, true);
    assertThat(text(decide("a", Optional.empty(), TUESDAY, true))).isEqualTo("a@ever NONE");
    assertThat(text(decide("c", Optional.empty(), TUESDAY, true)))
        .isEqualTo("a@ever c@2026-11-17T05:00:00Z BEGINS");
  }

  private String run(String name, Optional<Apply> apply, Instant asOf, boolean live) {
    DefinitionVersions versions = decide(name, apply, asOf, live);
    if (versions.change() != Change.NONE) {
      Optional<Instant> from = versions.inForce().get(versions.inForce().size() - 1).from();
      kept.add(new Kept(name, "version " + name, "text of " + name, from, asOf));
    }
    return text(versions);
  }

  private DefinitionVersions decide(
      String name, Optional<Apply> apply, Instant asOf, boolean live) {
    return DefinitionVersions.decide(
        kept,
        definition(name, apply),
        asOf,
        live,
        old -> definition(old.text().replace("text of ", ""), Optional.empty()));
  }

  private static Definition definition(String name, Optional<Apply> apply) {
    return new Definition("version " + name, name, apply, false, List.of(), "text of " + name);
  }

  private static String text(DefinitionVersions versions) {
    StringBuilder text = new StringBuilder();
    versions
        .inForce()
        .forEach(
            version ->
                text.append(version.definition().fingerprint())
                    .append('@')
                    .append(version.from().map(Instant::toString).orElse("ever"))
                    .append(' '));
    return text.append(versions.change()).toString();
  }
}
