package dev.ripen.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * One line per accepted request. A line is handed to the operating system before the request is
 * answered, so a killed process loses nothing it said yes to; it is not forced to disk.
 */
final class Journal implements AutoCloseable {
  private final FileChannel channel;

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /** Replays the whole lines of a file, cuts off an unfinished last one, and goes on after it. */
  static Journal open(Path file, Consumer<JournalEntry> replay) throws IOException {
    long whole = Files.exists(file) ? replay(file, replay) : 0;
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.truncate(whole);
    channel.position(whole);
    return new Journal(channel);
  }

  private static long replay(Path file, Consumer<JournalEntry> replay) throws IOException {
    long whole = 0;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      int next = in.read();
      while (next >= 0) {
        if (next == '\n') {
          replay.accept(parse(file, line.toByteArray()));
          whole += line.size() + 1L;
          line.reset();
        } else {
          line.write(next);
        }
        next = in.read();
      }
    }
    return whole;
  }

  private static JournalEntry parse(Path file, byte[] line) throws IOException {
    try {
      return JournalEntry.fromJson(Json.parse(line));
    } catch (JsonProcessingException e) {
      throw new IOException("the journal " + file + " has a damaged line", e);
    }
  }

  void append(JournalEntry entry) throws IOException {
    ByteBuffer line = ByteBuffer.wrap(entry.toLine());
    while (line.hasRemaining()) {
      channel.write(line);
    }
  }

  long size() throws IOException {
    return channel.position();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
