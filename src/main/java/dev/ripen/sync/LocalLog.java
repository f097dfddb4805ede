package dev.ripen.sync;

import dev.ripen.sync.StateFiles.DurableLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file that lines are appended to and that is forced to the disk after each append. */
final class LocalLog implements DurableLog {
  private final Path file;
  private final FileChannel channel;
  private @Nullable IOException broken;

  LocalLog(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  @Override
  public synchronized void append(List<String> lines) {
    if (broken != null) {
      throw LocalStateFiles.notWritable(file, broken);
    }
    ByteBuffer bytes =
        ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      long start = channel.position();
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
      } catch (IOException e) {
        takeBack(start, e);
        throw e;
      }
    } catch (IOException e) {
      throw LocalStateFiles.notWritable(file, e);
    }
  }

  // A torn line may only be a file's last: another batch may still be on its way here.
  private void takeBack(long start, IOException failure) {
    try {
      channel.truncate(start);
    } catch (IOException e) {
      failure.addSuppressed(e);
      broken = failure;
    }
  }

  @Override
  public synchronized void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw LocalStateFiles.notWritable(file, e);
    }
  }
}
