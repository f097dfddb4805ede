package dev.ripen.scoring;

import java.io.Serializable;

/** How often a rule may award. Only awards that were made use it up. */
public sealed interface Frequency extends Serializable {
  /** No limit. */
  record Always() implements Frequency {}

  /** Once in a person's life. */
  record Once() implements Frequency {}

  /** Refused while {@code times} awards were made in {@code (t − days × 24 h, t]}. */
  record Rolling(int times, int days) implements Frequency {}

  /** At most {@code times} awards in one local day, week (from Monday) or month. */
  record Calendar(int times, Bucket bucket) implements Frequency {}

  /** A local calendar bucket. */
  enum Bucket {
    DAY,
    WEEK,
    MONTH
  }
}
