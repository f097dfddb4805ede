package dev.ripen.problem;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a user can mend: what is wrong, where, and what to do.
 *
 * @param what one line, with the offending value; never a secret and never a person's data
 * @param where the place, or null if there is none
 * @param fix what to do, if possible with a command to paste; empty if {@code what} says it all
 */
public record Problem(ErrorCode code, String what, @Nullable SourceSpan where, String fix) {
  public Problem {
    requireNonNull(code);
    requireNonNull(what);
    requireNonNull(fix);
  }

  public static Problem of(ErrorCode code, String what, String fix) {
    return new Problem(code, what, null, fix);
  }

  public static Problem at(SourceSpan where, ErrorCode code, String what, String fix) {
    return new Problem(code, what, where, fix);
  }

  /** Where it is, if it is in a file. */
  public Optional<SourceSpan> span() {
    return Optional.ofNullable(where);
  }
}
