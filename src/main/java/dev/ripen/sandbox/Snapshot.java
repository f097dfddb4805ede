package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.Consumer;

/** All contacts in one file: a JSON header, then the packed bytes as they lie in memory. */
final class Snapshot {
  private static final int MAGIC = 0x52504e31;
  private static final int END = 0x454e4421;
  private static final int BUFFER = 1 << 18;

  private Snapshot() {}

  static void write(Path file, ObjectNode header, Collection<Contact> contacts) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
      out.writeInt(MAGIC);
      writeBytes(out, Json.bytes(header));
      out.writeInt(contacts.size());
      for (Contact contact : contacts) {
        out.writeLong(contact.id());
        out.writeLong(contact.createdAt());
        out.writeLong(contact.modifiedAt());
        writeBytes(out, contact.packedValues());
        writeBytes(out, contact.packedHistory());
      }
      out.writeInt(END);
    }
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static void read(Path file, Consumer<JsonNode> header, Consumer<Contact> contacts)
      throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      expect(file, in.readInt(), MAGIC);
      header.accept(Json.parse(readBytes(in)));
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        long id = in.readLong();
        long createdAt = in.readLong();
        long modifiedAt = in.readLong();
        contacts.accept(new Contact(id, createdAt, modifiedAt, readBytes(in), readBytes(in)));
      }
      expect(file, in.readInt(), END);
    }
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length == 0 ? Packed.EMPTY : in.readNBytes(length);
  }

  private static void expect(Path file, int found, int wanted) throws IOException {
    if (found != wanted) {
      throw new IOException("the snapshot " + file + " is damaged");
    }
  }
}
