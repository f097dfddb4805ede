package dev.ripen.cli;

import dev.ripen.history.RunLock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the lock of a project's state while something is written to it. */
final class Locked implements AutoCloseable {
  private final @Nullable RunLock lock;

  private Locked(@Nullable RunLock lock) {
    this.lock = lock;
  }

  static Locked take(Workspace workspace) {
    Optional<java.nio.file.Path> local = workspace.localState();
    // Elsewhere Delta's own commit conflicts keep two runs apart; Airflow's max_active_runs does.
    return new Locked(local.map(RunLock::take).orElse(null));
  }

  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }
}
