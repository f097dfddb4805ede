package dev.ripen.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of one contact as a byte array: number of the property, length, UTF-8. A quarter of the
 * memory of a map of strings, which is what a million contacts need.
 */
final class Packed {
  static final byte[] EMPTY = new byte[0];

  private Packed() {}

  static @Nullable String get(byte[] packed, int slot) {
    Reader reader = new Reader(packed);
    while (reader.hasMore()) {
      int found = reader.number();
      if (found == slot) {
        return reader.text();
      }
      reader.skipText();
    }
    return null;
  }

  static Map<Integer, String> unpack(byte[] packed) {
    Map<Integer, String> values = new TreeMap<>();
    Reader reader = new Reader(packed);
    while (reader.hasMore()) {
      values.put(reader.number(), reader.text());
    }
    return values;
  }

  static byte[] pack(Map<Integer, String> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(values.size() * 24);
    values.forEach(
        (slot, value) -> {
          number(out, slot);
          text(out, value);
        });
    return out.toByteArray();
  }

  static void number(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  static void text(ByteArrayOutputStream out, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    number(out, bytes.length);
    out.writeBytes(bytes);
  }

  /** Walks through packed numbers and texts. */
  static final class Reader {
    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean hasMore() {
      return at < bytes.length;
    }

    int number() {
      return (int) bigNumber();
    }

    long bigNumber() {
      long value = 0;
      int shift = 0;
      while (true) {
        byte next = bytes[at++];
        value |= (long) (next & 0x7F) << shift;
        if (next >= 0) {
          return value;
        }
        shift += 7;
      }
    }

    String text() {
      int length = number();
      String value = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
      return value;
    }

    void skipText() {
      int length = number();
      at += length;
    }
  }
}
