package dev.ripen.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ripen.http.FakeTime;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RemoteLockTest {
  private final FakeTime time = new FakeTime();
  private final Store store = new Store();

  private RemoteLock take(String run) {
    return RemoteLock.take(store, run, "ripen@" + run + "-host", time, time::sleep);
  }

  private ProblemException refused(String run) {
    return catchThrowableOfType(ProblemException.class, () -> take(run));
  }

  @Test
  void saysWhoHoldsIt() {
    take("run-1");
    time.advance(Duration.ofSeconds(70));

    ProblemException refused = refused("run-2");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.LOCKED);
    assertThat(refused.problems())
        .containsExactly(
            Problem.of(
                ErrorCode.STATE_LOCKED,
                "run-1 by ripen@run-1-host since 2026-11-22T06:00:00Z holds the lock"
                    + " s3a://acme/state/lock",
                "wait until it has ended; if it was killed, the lock ends by itself at"
                    + " 2026-11-22T06:02:00Z"));
  }

  @Test
  void isFreeOnceItsHolderHasGivenItBack() {
    take("run-1").close();

    assertThatCode(() -> take("run-2")).doesNotThrowAnyException();
    assertThat(store.objects).containsOnlyKeys("0000000002.json");
  }

  @Test
  void isFreeOnceAHolderThatDiedHasNotRenewedItForItsTerm() {
    take("run-1");

    time.advance(RemoteLock.TERM.minusSeconds(1));
    assertThat(refused("run-2")).isNotNull();
    time.advance(Duration.ofSeconds(1));
    assertThatCode(() -> take("run-2")).doesNotThrowAnyException();
  }

  @Test
  void staysHeldAsLongAsItIsRenewed() {
    RemoteLock lock = take("run-1");
    for (int i = 0; i < 100; i++) {
      time.advance(RemoteLock.RENEWAL);
      lock.renew();
    }

    assertThat(refused("run-2")).isNotNull();
    lock.require();
  }

  @Test
  void survivesAStoreThatDoesNotAnswerForAWhile() {
    RemoteLock lock = take("run-1");
    store.failing = true;
    time.advance(RemoteLock.RENEWAL);
    lock.renew();
    lock.require();
    store.failing = false;
    time.advance(RemoteLock.RENEWAL);
    lock.renew();
    time.advance(RemoteLock.TERM.minusSeconds(1));

    lock.require();
  }

  @Test
  void isLostWhenItCouldNotBeRenewedInTime() {
    RemoteLock lock = take("run-1");
    AtomicInteger told = new AtomicInteger();
    lock.whenLost(told::incrementAndGet);
    store.failing = true;
    time.advance(RemoteLock.TERM);

    lock.renew();
    lock.renew();

    assertThat(told).hasValue(1);
    assertThatThrownBy(lock::require)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining(
            "the lock s3a://acme/state/lock ended at 2026-11-22T06:02:00Z: it could not be renewed");
  }

  @Test
  void isLostToWhoTookItAfterItsEndEvenIfNobodyRenewedMeanwhile() {
    RemoteLock stalled = take("run-1");
    time.advance(RemoteLock.TERM);
    RemoteLock next = take("run-2");

    assertThatThrownBy(stalled::require).isInstanceOf(ProblemException.class);
    stalled.renew();
    stalled.close();

    next.require();
    assertThat(refused("run-3").problems().get(0).what()).startsWith("run-2 by ");
  }

  @Test
  void isRefusedToWhoLosesTheRaceAtTheLastMoment() {
    store.beforeCreate = () -> store.objects.put("0000000001.json", claim("faster"));

    assertThat(refused("slower").problems().get(0).what()).startsWith("faster by ");
  }

  @Test
  void goesToTheLastWriterWhereTheStoreDoesNotCreateInOneStep() {
    store.inOneStep = false;
    // Both saw no lock; the other one's object has replaced ours during the pause.
    time.after(Duration.ofSeconds(1), () -> store.objects.put("0000000001.json", claim("other")));

    assertThat(refused("run-1").problems().get(0).what()).startsWith("other by ");
    assertThat(time.sleeps()).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void givesAHolderThatIsJustWritingItsNameTimeToFinish() {
    store.objects.put("0000000001.json", "{\"tok");
    time.after(Duration.ofSeconds(1), () -> store.objects.put("0000000001.json", claim("slow")));

    assertThat(refused("run-1").problems().get(0).what()).startsWith("slow by ");
  }

  @Test
  void takesOverFromAHolderThatDiedWhileWritingItsName() {
    store.objects.put("0000000001.json", "{\"tok");

    take("run-1");

    assertThat(store.objects).containsOnlyKeys("0000000002.json");
  }

  @Test
  void saysThatTheStoreCannotBeWritten() {
    store.failing = true;

    assertThat(refused("run-1").problems().get(0).code()).isEqualTo(ErrorCode.STATE_NOT_WRITABLE);
  }

  private String claim(String run) {
    return new LockClaim(
            "token of " + run,
            run,
            "ripen@elsewhere",
            time.instant(),
            time.instant().plusSeconds(60))
        .toJson();
  }

  /** A store in memory. */
  private static final class Store implements LockStore {
    private final TreeMap<String, String> objects = new TreeMap<>();
    private Runnable beforeCreate = () -> {};
    private boolean inOneStep = true;
    private boolean failing;

    private void answer() throws IOException {
      if (failing) {
        throw new IOException("no route to the store");
      }
    }

    @Override
    public boolean create(String name, String text) throws IOException {
      answer();
      beforeCreate.run();
      return objects.putIfAbsent(name, text) == null;
    }

    @Override
    public boolean createsInOneStep() {
      return inOneStep;
    }

    @Override
    public void replace(String name, String text) throws IOException {
      answer();
      objects.put(name, text);
    }

    @Override
    public String read(String name) throws IOException {
      answer();
      return objects.get(name);
    }

    @Override
    public List<String> names() throws IOException {
      answer();
      return new ArrayList<>(objects.keySet());
    }

    @Override
    public void delete(String name) throws IOException {
      answer();
      objects.remove(name);
    }

    @Override
    public String location() {
      return "s3a://acme/state/lock";
    }
  }
}
