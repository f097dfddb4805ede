package dev.ripen.cli;

/** Calls something when the process is asked to end (Ctrl-C, kill), and lets it finish. */
final class StopSignal implements AutoCloseable {
  private final Thread hook;

  private StopSignal(Thread hook) {
    this.hook = hook;
  }

  static StopSignal on(Runnable stop) {
    Thread worker = Thread.currentThread();
    Thread hook =
        new Thread(
            () -> {
              stop.run();
              try {
                // The JVM ends when the hooks do: give the batches in flight their time.
                worker.join(java.time.Duration.ofSeconds(20).toMillis());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "ripen-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    return new StopSignal(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already; the hook runs.
      return;
    }
  }
}
