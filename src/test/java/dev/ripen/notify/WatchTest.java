package dev.ripen.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.config.NotifySettings.Channel;
import dev.ripen.config.NotifySettings.On;
import dev.ripen.notify.RunOutcome.End;
import dev.ripen.testing.Golden;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final Instant AS_OF = Instant.parse("2026-11-20T05:00:00Z");
  private static final On ALL =
      new On(
          true,
          true,
          Optional.of(0),
          Optional.of(Duration.ofDays(3)),
          Optional.of(BigDecimal.valueOf(3)),
          List.of(Channel.SLACK));
  private static final On NOTHING =
      new On(false, false, Optional.empty(), Optional.empty(), Optional.empty(), List.of());

  /** One night after the other, each told on top of the one before. */
  private static final class Nights {
    private final On on;
    private Told told = Told.NOTHING;
    private final List<Double> seconds = new ArrayList<>();

    Nights(On on) {
      this.on = on;
    }

    List<String> after(RunOutcome run) {
      return messages(run).stream().map(Message::type).toList();
    }

    List<Message> messages(RunOutcome run) {
      Watch.Decision decision = Watch.decide(on, run, seconds, told);
      told = decision.told();
      return decision.steps().stream().map(Watch.Step::message).toList();
    }
  }

  private static RunOutcome run(
      End end,
      List<String> causes,
      OptionalLong rejects,
      Optional<Instant> newest,
      OptionalDouble seconds) {
    return new RunOutcome(
        "acme-mql",
        "run",
        "20261120T050000Z-beef",
        AS_OF,
        ZoneId.of("Europe/Berlin"),
        end,
        causes,
        causes.stream().map(cause -> "what " + cause + " says").toList(),
        rejects,
        newest,
        seconds);
  }

  private static RunOutcome failed(String... causes) {
    return run(
        End.FAILED,
        List.of(causes),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  private static RunOutcome stopped(String... causes) {
    return run(
        End.STOPPED,
        List.of(causes),
        OptionalLong.empty(),
        Optional.empty(),
        OptionalDouble.empty());
  }

  private static RunOutcome done() {
    return rejects(0);
  }

  private static RunOutcome rejects(long rejects) {
    return run(
        End.DONE,
        List.of(),
        OptionalLong.of(rejects),
        Optional.of(AS_OF.minusSeconds(3_600)),
        OptionalDouble.empty());
  }

  private static RunOutcome newest(Duration ago) {
    return run(
        End.DONE,
        List.of(),
        OptionalLong.empty(),
        Optional.of(AS_OF.minus(ago)),
        OptionalDouble.empty());
  }

  private static RunOutcome took(double seconds) {
    return run(
        End.DONE, List.of(), OptionalLong.empty(), Optional.empty(), OptionalDouble.of(seconds));
  }

  @Test
  void saysNothingWhileAllIsWell() {
    Nights nights = new Nights(ALL);

    assertThat(nights.after(done())).isEmpty();
    assertThat(nights.after(done())).isEmpty();
  }

  @Test
  void tellsAFailureOnceAndItsEndOnce() {
    Nights nights = new Nights(ALL);

    assertThat(nights.after(failed("CRM_UNAVAILABLE"))).containsExactly("run.failed");
    assertThat(nights.after(failed("CRM_UNAVAILABLE"))).isEmpty();
    assertThat(nights.after(done())).containsExactly("run.recovered");
    assertThat(nights.after(done())).isEmpty();
    assertThat(nights.after(failed("CRM_UNAVAILABLE"))).containsExactly("run.failed");
  }

  @Test
  void tellsAFailureOfAnotherKind() {
    Nights nights = new Nights(ALL);

    assertThat(nights.after(failed("CRM_UNAVAILABLE"))).containsExactly("run.failed");
    assertThat(nights.after(failed("STATE_DISK_FULL"))).containsExactly("run.failed");
    assertThat(nights.after(stopped("guard max-changed"))).containsExactly("run.stopped");
    assertThat(nights.after(stopped("guard max-changed"))).isEmpty();
    assertThat(nights.after(done())).containsExactly("run.recovered");
  }

  @Test
  void knowsNothingOfTheRestAfterAFailure() {
    Nights nights = new Nights(ALL);

    assertThat(nights.after(rejects(3))).containsExactly("rejects.above");
    assertThat(nights.after(failed("CRM_UNAVAILABLE"))).containsExactly("run.failed");
    assertThat(nights.after(rejects(3))).containsExactly("run.recovered");
  }

  @Test
  void tellsRejectsAgainOnlyWhenThereAreMore() {
    Nights nights = new Nights(ALL);

    assertThat(nights.after(rejects(3))).containsExactly("rejects.above");
    assertThat(nights.after(rejects(3))).isEmpty();
    assertThat(nights.after(rejects(2))).isEmpty();
    assertThat(nights.after(rejects(4))).containsExactly("rejects.above");
    assertThat(nights.after(rejects(0))).containsExactly("rejects.cleared");
    assertThat(nights.after(rejects(0))).isEmpty();
  }

  @Test
  void tellsThatNothingIsNewAndThatItIsAgain() {
    Nights nights = new Nights(ALL);

    assertThat(nights.after(newest(Duration.ofDays(3)))).isEmpty();
    assertThat(nights.after(newest(Duration.ofDays(3).plusSeconds(1))))
        .containsExactly("data.stale");
    assertThat(nights.after(newest(Duration.ofDays(3).plusSeconds(1)))).isEmpty();
    assertThat(nights.after(newest(Duration.ofHours(1)))).containsExactly("data.fresh");
  }

  @Test
  void comparesTheTimeWithTheMedianOfEarlierRuns() {
    Nights nights = new Nights(ALL);

    assertThat(nights.after(took(900))).isEmpty();
    nights.seconds.addAll(List.of(40.0, 400.0, 60.0));
    assertThat(nights.after(took(180))).isEmpty();
    assertThat(nights.after(took(181))).containsExactly("run.slow");
    assertThat(nights.after(took(500))).isEmpty();
    assertThat(nights.after(took(61))).containsExactly("run.usual");
  }

  @Test
  void leavesSmallRunsAlone() {
    Nights nights = new Nights(ALL);
    nights.seconds.addAll(List.of(2.0, 2.0, 2.0));

    assertThat(nights.after(took(31))).isEmpty();
  }

  @Test
  void tellsNothingThatIsSwitchedOff() {
    Nights nights = new Nights(NOTHING);
    nights.seconds.addAll(List.of(2.0, 2.0, 2.0));

    assertThat(nights.after(failed("CRM_UNAVAILABLE"))).isEmpty();
    assertThat(nights.after(stopped("guard max-changed"))).isEmpty();
    assertThat(nights.after(rejects(9))).isEmpty();
    assertThat(nights.after(newest(Duration.ofDays(30)))).isEmpty();
    assertThat(nights.after(took(9_000))).isEmpty();
  }

  @Test
  void masksAddressesInWhatItRepeats() {
    RunOutcome run =
        new RunOutcome(
            "acme-mql",
            "run",
            "r1",
            AS_OF,
            ZoneId.of("UTC"),
            End.FAILED,
            List.of("DATA_INVALID"),
            List.of("cannot read ada@northwind.example"),
            OptionalLong.empty(),
            Optional.empty(),
            OptionalDouble.empty());

    Message message = new Nights(ALL).messages(run).get(0);

    assertThat(message.text() + message.data()).doesNotContain("ada@").contains("<e-mail>");
  }

  @Test
  void readsLikeThis() {
    Nights nights = new Nights(ALL);
    nights.seconds.addAll(List.of(40.0, 400.0, 60.0));
    List<Message> messages = new ArrayList<>();
    for (RunOutcome run :
        List.of(
            failed("CRM_UNAVAILABLE"),
            stopped("guard max-changed", "leads unique(lead_id)"),
            rejects(3),
            done(),
            newest(Duration.ofDays(4)),
            newest(Duration.ofHours(2)),
            took(700),
            took(60))) {
      messages.addAll(nights.messages(run));
    }

    Golden.assertMatches(
        "notify/messages.txt",
        String.join(
                "\n\n",
                messages.stream()
                    .map(message -> "[" + message.type() + "] " + message.text())
                    .toList())
            + "\n");
  }

  @Test
  void keepsWhatWasToldPerChannel() {
    Told told =
        Told.NOTHING
            .with(Topic.RUN, "failed (CRM_UNAVAILABLE)")
            .with(Topic.REJECTS, "3")
            .digestedThrough(AS_OF);
    ToldBook book = ToldBook.EMPTY.with(Channel.SLACK, told).with(Channel.MAIL, Told.NOTHING);

    assertThat(ToldBook.parse(book.toJson())).isEqualTo(book);
    assertThat(ToldBook.parse("{\"SLACK\":").page(Channel.SLACK)).isEqualTo(Told.NOTHING);
  }
}
