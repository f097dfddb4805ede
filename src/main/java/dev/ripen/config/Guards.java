package dev.ripen.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * When a plan looks wrong. Shares are fractions: 20 % is 0.2. An empty value switches a guard off.
 *
 * @param maxCreates default 0
 * @param accepted fingerprints of definitions whose consequences someone has accepted
 */
public record Guards(
    int maxCreates,
    Optional<BigDecimal> maxChanged,
    Optional<Integer> maxNewMqls,
    Optional<BigDecimal> maxRowDrop,
    Optional<Integer> rejectLimit,
    List<String> accepted) {
  public Guards {
    accepted = List.copyOf(accepted);
  }
}
