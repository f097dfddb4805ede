package dev.ripen.sync;

import dev.ripen.sync.StateFiles.DurableLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that lines are appended to and that is forced to the disk before an append returns.
 * Appends that come while the disk is busy share its next turn: eight senders wait for two turns at
 * most, not for eight.
 */
final class LocalLog implements DurableLog {
  /** Makes the file's name durable, and the names of the directories that were made for it. */
  interface Naming {
    void force() throws IOException;
  }

  private final Path file;
  private final FileChannel channel;
  private final Naming naming;
  private boolean named;
  private long written;
  private long durable;
  private boolean forcing;
  private @Nullable IOException broken;

  LocalLog(Path file, FileChannel channel, Naming naming) {
    this.file = file;
    this.channel = channel;
    this.naming = naming;
  }

  @Override
  public void append(byte[] lines) {
    try {
      long mine = write(ByteBuffer.wrap(lines));
      if (isMyTurnToForce(mine)) {
        force();
      }
    } catch (IOException e) {
      throw LocalStateFiles.notWritable(file, e);
    }
  }

  /** Returns how many appends are in the file with this one. */
  private synchronized long write(ByteBuffer bytes) throws IOException {
    failIfBroken();
    long start = channel.position();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      takeBack(start, e);
      throw e;
    }
    return ++written;
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

  /** Waits until the append is durable, or until it falls to this thread to make it so. */
  private synchronized boolean isMyTurnToForce(long mine) throws IOException {
    boolean interrupted = false;
    while (forcing && durable < mine) {
      try {
        wait();
      } catch (InterruptedException e) {
        // What the CRM has acknowledged must be kept all the same.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (durable >= mine) {
      return false;
    }
    failIfBroken();
    forcing = true;
    return true;
  }

  private void force() throws IOException {
    long upTo;
    synchronized (this) {
      upTo = written;
    }
    @Nullable IOException failure = new IOException("the disk did not say that it has it");
    try {
      // Not when the log is opened: the first batches are on their way meanwhile.
      if (!named) {
        naming.force();
        named = true;
      }
      channel.force(false);
      failure = null;
    } catch (IOException e) {
      failure = e;
      throw e;
    } finally {
      forced(upTo, failure);
    }
  }

  private synchronized void forced(long upTo, @Nullable IOException failure) {
    forcing = false;
    if (failure == null) {
      durable = upTo;
    } else {
      // What the disk has of the file is unknown from here on; asking again may wrongly succeed.
      broken = failure;
    }
    notifyAll();
  }

  private void failIfBroken() throws IOException {
    if (broken != null) {
      throw broken;
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
