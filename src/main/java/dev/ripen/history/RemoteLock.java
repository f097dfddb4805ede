package dev.ripen.history;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time per state that does not lie on this machine. The lock is an object that says
 * who holds it and until when; the holder renews it, and after a crash it ends by itself. Each time
 * it is taken it gets the next number: the object with the highest number counts, and nobody ever
 * deletes that one.
 *
 * <p>What it guarantees: where the store creates an object in one step (HDFS, Google's and Azure's
 * stores, S3 with conditional writes), of several runs that ask at the same time one gets it.
 * Elsewhere the object is looked at again after a pause, which two runs can defeat only if one of
 * them stands still for longer than the pause between looking and writing.
 *
 * <p>What it cannot: clocks of the machines must agree to a fraction of the {@link #TERM}, since
 * the end is judged by the clock of who asks. And it is no fence: a run that stands still for
 * longer than the term notices only at its next {@link #require}; what it was writing at that
 * moment is written. Delta then refuses the later of two commits of a table, and a CRM gets the
 * same values twice.
 *
 * <p>Safe for several threads.
 */
public final class RemoteLock implements AutoCloseable {
  /** How long it lasts without being renewed. */
  public static final Duration TERM = Duration.ofMinutes(2);

  /** How often {@link #renew} is to be called: three may fail. */
  public static final Duration RENEWAL = Duration.ofSeconds(30);

  private static final Duration SETTLING = Duration.ofSeconds(2);

  private final LockStore store;
  private final Clock clock;
  private final String name;
  private final List<Runnable> whenLost = new ArrayList<>();
  private LockClaim claim;
  private @Nullable ProblemException lost;

  private RemoteLock(LockStore store, Clock clock, String name, LockClaim claim) {
    this.store = store;
    this.clock = clock;
    this.name = name;
    this.claim = claim;
  }

  /**
   * Takes the lock or says who has it.
   *
   * @param run who asks: the id of a run, or a command
   * @param owner user and host
   * @param pause waits for a time
   * @throws ProblemException {@code STATE_LOCKED}, {@code STATE_NOT_WRITABLE}
   */
  public static RemoteLock take(
      LockStore store, String run, String owner, Clock clock, Consumer<Duration> pause) {
    try {
      @Nullable String newest = newest(store);
      if (newest != null) {
        refuseIfHeld(store, newest, clock, pause);
      }
      Instant now = clock.instant();
      LockClaim claim =
          new LockClaim(UUID.randomUUID().toString(), run, owner, now, now.plus(TERM));
      String name = nameAfter(newest);
      if (!store.create(name, claim.toJson())) {
        throw heldBy(store, LockClaim.parse(store.read(name)));
      }
      if (!store.createsInOneStep()) {
        pause.accept(SETTLING);
      }
      RemoteLock lock = new RemoteLock(store, clock, name, claim);
      Optional<LockClaim> other = lock.other();
      if (other.isPresent()) {
        throw heldBy(store, other);
      }
      lock.deleteOlder();
      return lock;
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.STATE_NOT_WRITABLE,
              "the lock of the state cannot be taken: " + store.location() + " (" + e + ")",
              "check state.path in conf/ripen.conf and what the credentials allow"),
          e);
    }
  }

  private static void refuseIfHeld(
      LockStore store, String newest, Clock clock, Consumer<Duration> pause) throws IOException {
    Optional<LockClaim> holder = LockClaim.parse(store.read(newest));
    if (holder.isEmpty()) {
      // Somebody is just writing it, or has died in the middle of it.
      pause.accept(SETTLING);
      holder = LockClaim.parse(store.read(newest));
    }
    if (holder.isPresent() && holder.get().holdsAt(clock.instant())) {
      throw heldBy(store, holder);
    }
  }

  /** Prolongs the lock, or finds out that it is lost. What it throws nobody would hear. */
  public void renew() {
    List<Runnable> told = List.of();
    synchronized (this) {
      if (lost == null && !prolong()) {
        told = List.copyOf(whenLost);
      }
    }
    told.forEach(Runnable::run);
  }

  private boolean prolong() {
    Instant now = clock.instant();
    if (!claim.holdsAt(now)) {
      lost = ended();
      return false;
    }
    try {
      Optional<LockClaim> other = other();
      if (other.isPresent()) {
        lost = heldBy(store, other);
        return false;
      }
      LockClaim renewed = claim.until(now.plus(TERM));
      store.replace(name, renewed.toJson());
      claim = renewed;
    } catch (IOException e) {
      // Until it ends nobody else can take it: there is time to try again.
      return true;
    }
    return true;
  }

  /** Calls something when {@link #renew} finds out that the lock is lost; in its thread. */
  public synchronized void whenLost(Runnable act) {
    whenLost.add(act);
  }

  /**
   * Makes sure, without asking the store, that the lock is held.
   *
   * @throws ProblemException {@code STATE_LOCKED}
   */
  public synchronized void require() {
    if (lost == null && !claim.holdsAt(clock.instant())) {
      lost = ended();
    }
    if (lost != null) {
      throw new ProblemException(lost.problems());
    }
  }

  /** Gives it back. If the store does not answer, it ends by itself. */
  @Override
  public synchronized void close() {
    if (lost != null) {
      return;
    }
    lost = ended();
    try {
      if (other().isEmpty()) {
        store.replace(name, claim.until(clock.instant()).toJson());
      }
    } catch (IOException e) {
      return;
    }
  }

  /** Who has the lock instead. */
  private Optional<LockClaim> other() throws IOException {
    @Nullable String newest = newest(store);
    Optional<LockClaim> holder = LockClaim.parse(store.read(newest == null ? name : newest));
    return holder.filter(found -> !found.token().equals(claim.token()));
  }

  private void deleteOlder() {
    try {
      for (String older : store.names()) {
        if (older.compareTo(name) < 0) {
          store.delete(older);
        }
      }
    } catch (IOException e) {
      // They count for nothing; the next one to take the lock tries again.
      return;
    }
  }

  private static @Nullable String newest(LockStore store) throws IOException {
    return store.names().stream().max(String::compareTo).orElse(null);
  }

  /** Sorts in the order of the numbers. */
  private static String nameAfter(@Nullable String newest) {
    long number = newest == null ? 0 : Long.parseLong(newest.substring(0, newest.indexOf('.')));
    return String.format(Locale.ROOT, "%010d.json", number + 1);
  }

  private static ProblemException heldBy(LockStore store, Optional<LockClaim> holder) {
    String who =
        holder
            .map(claim -> claim.run() + " by " + claim.owner() + " since " + minute(claim.since()))
            .orElse("another run");
    String end =
        holder
            .map(claim -> "at " + minute(claim.until().plusSeconds(59)))
            .orElse("after " + TERM.toMinutes() + " minutes");
    return new ProblemException(
        Problem.of(
            ErrorCode.STATE_LOCKED,
            who + " holds the lock " + store.location(),
            "wait until it has ended; if it was killed, the lock ends by itself " + end));
  }

  private ProblemException ended() {
    return new ProblemException(
        Problem.of(
            ErrorCode.STATE_LOCKED,
            "the lock "
                + store.location()
                + " ended at "
                + minute(claim.until())
                + ": it could not be renewed in time",
            "run again: what the CRM has acknowledged is kept"));
  }

  private static Instant minute(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MINUTES);
  }
}
