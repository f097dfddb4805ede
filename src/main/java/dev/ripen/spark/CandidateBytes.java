package dev.ripen.spark;

import dev.ripen.sync.Candidate;
import dev.ripen.sync.LedgerRow;
import dev.ripen.sync.SkipReason;
import dev.ripen.sync.WantedRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Candidates as tasks hand them to the driver of the same run: a first run has one for everybody,
 * and Java's serialization would describe the classes anew in each. Nobody keeps these bytes.
 */
final class CandidateBytes {
  private CandidateBytes() {}

  static byte[] of(Candidate candidate) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      write(out, candidate.wanted());
      LedgerRow ledger = candidate.ledger();
      out.writeBoolean(ledger != null);
      if (ledger != null) {
        write(out, ledger);
      }
      write(out, candidate.verdict());
      write(out, candidate.lookup());
      write(out, candidate.skipReason());
      write(out, candidate.content());
      out.writeBoolean(candidate.leaver());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Candidate read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new Candidate(
          wanted(in),
          in.readBoolean() ? ledger(in) : null,
          present(one(in, Candidate.Verdict.values())),
          present(one(in, Candidate.Lookup.values())),
          one(in, SkipReason.values()),
          present(text(in)),
          in.readBoolean());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream out, WantedRow row) throws IOException {
    write(out, row.leadId());
    write(out, row.recordId());
    write(out, row.email());
    write(out, row.fields());
    out.writeBoolean(row.isMql());
    write(out, row.level());
    write(out, row.mqlAt());
    write(out, row.reasons());
  }

  private static WantedRow wanted(DataInputStream in) throws IOException {
    return new WantedRow(
        present(text(in)),
        text(in),
        text(in),
        fields(in),
        in.readBoolean(),
        text(in),
        instant(in),
        present(text(in)));
  }

  private static void write(DataOutputStream out, LedgerRow row) throws IOException {
    write(out, row.leadId());
    write(out, row.recordId());
    write(out, row.fields());
    out.writeBoolean(row.isMql());
    write(out, row.level());
    write(out, row.episodeMqlAt());
    write(out, row.acknowledgedAt());
    write(out, row.runId());
  }

  private static LedgerRow ledger(DataInputStream in) throws IOException {
    return new LedgerRow(
        present(text(in)),
        present(text(in)),
        fields(in),
        in.readBoolean(),
        text(in),
        instant(in),
        present(instant(in)),
        present(text(in)));
  }

  private static void write(DataOutputStream out, Map<String, @Nullable String> fields)
      throws IOException {
    out.writeInt(fields.size());
    for (Map.Entry<String, @Nullable String> field : fields.entrySet()) {
      write(out, field.getKey());
      write(out, field.getValue());
    }
  }

  private static Map<String, @Nullable String> fields(DataInputStream in) throws IOException {
    int size = in.readInt();
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    for (int n = 0; n < size; n++) {
      fields.put(present(text(in)), text(in));
    }
    return fields;
  }

  @SuppressWarnings("EnumOrdinal") // both ends are the same program
  private static void write(DataOutputStream out, @Nullable Enum<?> value) throws IOException {
    out.writeByte(value == null ? -1 : value.ordinal());
  }

  private static <E extends Enum<E>> @Nullable E one(DataInputStream in, E[] values)
      throws IOException {
    int ordinal = in.readByte();
    return ordinal < 0 ? null : values[ordinal];
  }

  private static void write(DataOutputStream out, @Nullable Instant instant) throws IOException {
    out.writeBoolean(instant != null);
    if (instant != null) {
      out.writeLong(instant.getEpochSecond());
      out.writeInt(instant.getNano());
    }
  }

  private static @Nullable Instant instant(DataInputStream in) throws IOException {
    return in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null;
  }

  /** Not writeUTF, which takes no text of more than 64 KB. */
  private static void write(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("A candidate lacks something");
    }
    return value;
  }
}
