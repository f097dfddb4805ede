package dev.ripen.scoring;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link StateOutput} writes. Whatever the bytes are, an {@link
 * IllegalArgumentException} is the worst that comes of them.
 */
final class StateInput {
  private final byte[] bytes;
  private int next;

  /** The bytes must not be changed. */
  StateInput(byte[] bytes) {
    this.bytes = bytes;
  }

  /** What is thrown when the bytes cannot be what was written. */
  static IllegalArgumentException damaged(String why) {
    return new IllegalArgumentException(
        "a timeline state is damaged", new IllegalArgumentException(why));
  }

  int integer() {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      byte part = one();
      value |= (part & 0x7f) << shift;
      if (part >= 0) {
        return requireSize(value);
      }
    }
    throw damaged("a number is too long");
  }

  /**
   * How many things follow, for which room is then made.
   *
   * @param leastBytes that each of them takes, so that damage asks for no more room than there are
   *     bytes
   */
  int size(int leastBytes) {
    int size = integer();
    require((long) size * leastBytes);
    return size;
  }

  long number() {
    require(Long.BYTES);
    long value = 0;
    for (int end = next + Long.BYTES; next < end; next++) {
      value = value << 8 | (bytes[next] & 0xff);
    }
    return value;
  }

  long difference() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte part = one();
      value |= (part & 0x7fL) << shift;
      if (part >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw damaged("a difference is too long");
  }

  boolean flag() {
    return one() != 0;
  }

  String text() {
    int length = size(1);
    String text = new String(bytes, next, length, StandardCharsets.UTF_8);
    next += length;
    return text;
  }

  @Nullable Long optional() {
    return flag() ? (Long) number() : null;
  }

  @Nullable String optionalText() {
    return flag() ? text() : null;
  }

  Map<String, Long> numbersByText() {
    int size = integer();
    if (size == 0) {
      return Map.of();
    }
    Map<String, Long> values = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      values.put(text(), number());
    }
    return Collections.unmodifiableMap(values);
  }

  /** That there are so many bytes more. */
  void require(long more) {
    if (more > bytes.length - next) {
      throw damaged("it is cut");
    }
  }

  private byte one() {
    require(1);
    return bytes[next++];
  }

  private static int requireSize(int value) {
    if (value < 0) {
      throw damaged("a size is negative");
    }
    return value;
  }
}
