package dev.ripen.scoring;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far a person's fold has come, to be saved and gone on with. Immutable. Belongs to the model
 * whose fingerprint it carries.
 */
public final class TimelineState {
  private final FoldState state;

  /** The state must not be changed afterwards. */
  TimelineState(FoldState state) {
    this.state = state;
  }

  /**
   * Reads a saved state.
   *
   * @throws IllegalArgumentException if a newer ripen wrote it, or if it is damaged; then fold from
   *     the start
   */
  public static TimelineState decode(byte[] encoded) {
    return new TimelineState(StateCodec.decode(encoded));
  }

  /** A compact form with a format version. The same state gives the same bytes. */
  public byte[] encode() {
    return StateCodec.encode(state);
  }

  /** Facts up to here are in; {@code Long.MIN_VALUE} at the start. */
  public long untilMicros() {
    return state.untilMicros;
  }

  /** Of the model it was folded with. */
  public String modelFingerprint() {
    return state.fingerprint;
  }

  FoldState copyOfState() {
    return state.copy();
  }

  FoldState state() {
    return state;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TimelineState that && Arrays.equals(encode(), that.encode());
  }

  @Override
  public int hashCode() {
    return Objects.hash(state.fingerprint, state.untilMicros);
  }
}
