package dev.ripen.scoring;

import java.io.Serializable;

/** How an award loses value with its age in days. */
public sealed interface Decay extends Serializable {
  /** Keeps its value. */
  record None() implements Decay {}

  /** Factor {@code 2^(−age/days)}. */
  record HalfLife(int days) implements Decay {}

  /** Factor {@code max(0, 1 − fraction·⌊age/days⌋)}; the fraction in millionths. */
  record Linear(long microFraction, int days) implements Decay {}

  /** Factor 1 until the age reaches {@code days}, then 0. */
  record Expire(int days) implements Decay {}
}
