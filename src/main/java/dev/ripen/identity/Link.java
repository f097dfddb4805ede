package dev.ripen.identity;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Two ids that were seen together; an id with itself was seen alone.
 *
 * @param id never greater than the other one
 * @param seenAtMicros when they were seen together last; null: nobody knows
 */
public record Link(String id, String otherId, @Nullable Long seenAtMicros) {
  /** The order of UTF-8 bytes, as Spark compares. */
  public static final Comparator<String> BY_BYTES =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  /** A time that nobody knows is the oldest. */
  public static final Comparator<@Nullable Long> BY_TIME =
      Comparator.nullsFirst(Comparator.naturalOrder());

  public Link {
    requireNonNull(id);
    requireNonNull(otherId);
    if (BY_BYTES.compare(id, otherId) > 0) {
      String greater = id;
      id = otherId;
      otherId = greater;
    }
  }

  boolean isAlone() {
    return id.equals(otherId);
  }

  /** The end that is not the given one. */
  public String other(String end) {
    return end.equals(id) ? otherId : id;
  }
}
