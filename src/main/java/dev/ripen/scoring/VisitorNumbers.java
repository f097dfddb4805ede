package dev.ripen.scoring;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Numbers visitors in the order in which they first come. Most people are one or two visitors. */
final class VisitorNumbers {
  /** So many are looked through one by one. */
  private static final int FEW = 8;

  private long[] visitors = new long[FEW];
  private int size;
  private @Nullable Map<Long, Integer> many;

  int size() {
    return size;
  }

  long visitor(int number) {
    return visitors[number];
  }

  int of(long visitor) {
    for (int i = 0; i < Math.min(size, FEW); i++) {
      if (visitors[i] == visitor) {
        return i;
      }
    }
    Integer known = many == null ? null : many.get(visitor);
    return known != null ? known : add(visitor);
  }

  private int add(long visitor) {
    if (size >= FEW) {
      many = many == null ? new HashMap<>() : many;
      many.put(visitor, size);
    }
    if (size == visitors.length) {
      visitors = Arrays.copyOf(visitors, size * 2);
    }
    visitors[size] = visitor;
    return size++;
  }
}
