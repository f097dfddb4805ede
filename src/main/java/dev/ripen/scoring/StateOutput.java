package dev.ripen.scoring;

import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The few forms that {@link StateCodec} writes. */
record StateOutput(DataOutputStream out) implements Closeable {
  /** Not negative; small values take one byte. */
  void integer(int value) throws IOException {
    int rest = value;
    while (rest >= 0x80) {
      out.writeByte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte(rest);
  }

  void number(long value) throws IOException {
    out.writeLong(value);
  }

  /** A difference: the smaller it is, on either side of zero, the fewer bytes it takes. */
  void difference(long value) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7fL) != 0) {
      out.writeByte((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  void flag(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  void text(String value) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    integer(bytes.length);
    out.write(bytes);
  }

  void optional(@Nullable Long value) throws IOException {
    flag(value != null);
    if (value != null) {
      number(value);
    }
  }

  void optionalText(@Nullable String value) throws IOException {
    flag(value != null);
    if (value != null) {
      text(value);
    }
  }

  void numbers(int limit, long[] values) throws IOException {
    integer(limit);
    integer(values.length);
    for (long value : values) {
      number(value);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
