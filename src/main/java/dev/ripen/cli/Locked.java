package dev.ripen.cli;

import dev.ripen.history.RemoteLock;
import dev.ripen.history.RunLock;
import dev.ripen.http.Sleeper;
import dev.ripen.spark.RemoteLockStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds the lock of a project's state while something is written to it. On this machine the
 * operating system holds it; elsewhere it is an object that is renewed in the background.
 */
final class Locked implements AutoCloseable {
  private final Workspace workspace;
  private final @Nullable RunLock local;
  private final @Nullable RemoteLock remote;
  private final @Nullable ScheduledExecutorService renewal;

  private Locked(Workspace workspace, @Nullable RunLock local, @Nullable RemoteLock remote) {
    this.workspace = workspace;
    this.local = local;
    this.remote = remote;
    this.renewal = remote == null ? null : renewing(remote);
    workspace.holds(this);
  }

  /**
   * Takes the lock.
   *
   * @param run who asks: a run id or a command
   * @throws dev.ripen.problem.ProblemException {@code STATE_LOCKED} with who holds it
   */
  static Locked take(Workspace workspace, String run) {
    @Nullable Path directory = workspace.localState().orElse(null);
    if (directory != null) {
      return new Locked(workspace, RunLock.take(directory), null);
    }
    RemoteLockStore store =
        RemoteLockStore.open(
            workspace.project().state().path(), workspace.project().sparkSettings());
    return new Locked(
        workspace,
        null,
        RemoteLock.take(store, run, owner(), workspace.clock(), Sleeper.system()::sleep));
  }

  private static String owner() {
    String user = System.getProperty("user.name", "somebody");
    try {
      return user + "@" + InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return user;
    }
  }

  private static ScheduledExecutorService renewing(RemoteLock lock) {
    ScheduledExecutorService renewal =
        Executors.newSingleThreadScheduledExecutor(Daemons.named("ripen-lock"));
    long seconds = RemoteLock.RENEWAL.toSeconds();
    var unused = renewal.scheduleWithFixedDelay(lock::renew, seconds, seconds, TimeUnit.SECONDS);
    return renewal;
  }

  /** Makes sure that nobody has taken over. */
  void require() {
    if (remote != null) {
      remote.require();
    }
  }

  /** Calls something as soon as it is known that somebody has taken over. */
  void whenLost(Runnable act) {
    if (remote != null) {
      remote.whenLost(act);
    }
  }

  @Override
  public void close() {
    workspace.holds(null);
    if (renewal != null) {
      renewal.shutdownNow();
    }
    if (remote != null) {
      remote.close();
    }
    if (local != null) {
      local.close();
    }
  }
}
