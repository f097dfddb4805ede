package dev.ripen.sample;

/** Hears how far the generator is. Called from the thread that generates. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress NONE = (done, total, what) -> {};

  /**
   * One step is done.
   *
   * @param done contacts so far
   * @param total contacts in all
   * @param what the step, for people
   */
  void report(long done, long total, String what);
}
