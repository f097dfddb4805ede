package dev.ripen.scoring;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateOutput} writes. */
record StateInput(DataInputStream in) implements Closeable {
  int integer() throws IOException {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      int part = in.readUnsignedByte();
      value |= (part & 0x7f) << shift;
      if (part < 0x80) {
        return requireSize(value);
      }
    }
    throw new IOException("a number is too long");
  }

  long number() throws IOException {
    return in.readLong();
  }

  long difference() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = in.readUnsignedByte();
      value |= (part & 0x7fL) << shift;
      if (part < 0x80) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IOException("a difference is too long");
  }

  boolean flag() throws IOException {
    return in.readBoolean();
  }

  String text() throws IOException {
    int length = integer();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("a text is cut");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Nullable Long optional() throws IOException {
    return flag() ? (Long) number() : null;
  }

  @Nullable String optionalText() throws IOException {
    return flag() ? text() : null;
  }

  long[] numbers() throws IOException {
    long[] values = new long[requireAvailable(integer())];
    for (int i = 0; i < values.length; i++) {
      values[i] = number();
    }
    return values;
  }

  Map<String, Long> numbersByText() throws IOException {
    Map<String, Long> values = new LinkedHashMap<>();
    int size = integer();
    for (int i = 0; i < size; i++) {
      values.put(text(), number());
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private static int requireSize(int value) throws IOException {
    if (value < 0) {
      throw new IOException("a size is negative");
    }
    return value;
  }

  private int requireAvailable(int size) throws IOException {
    if (size > in.available()) {
      throw new IOException("a list is cut");
    }
    return size;
  }
}
