package dev.ripen.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LocalLogTest {
  private static final Path FILE = Path.of("outbox.jsonl");

  private int named;

  @Test
  void makesAppendsDurableTogetherThatCameWhileTheDiskWasBusy() throws Exception {
    Disk disk = new Disk(1, 8);
    LocalLog log = new LocalLog(FILE, disk, () -> named++);
    ExecutorService senders = Executors.newFixedThreadPool(8);
    try {
      List<Future<?>> appends = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        String line = "line " + i;
        appends.add(
            senders.submit(
                () -> {
                  log.append(line(line));
                  assertThat(disk.durable()).contains(line + "\n");
                }));
      }
      for (Future<?> append : appends) {
        append.get();
      }
    } finally {
      senders.shutdownNow();
    }

    assertThat(disk.durable().lines()).hasSize(8);
    assertThat(disk.turns).isEqualTo(2);
    assertThat(named).isEqualTo(1);
  }

  @Test
  void takesNothingMoreOnceTheDiskHasFailed() {
    Disk disk = new Disk(0, 0);
    LocalLog log = new LocalLog(FILE, disk, () -> named++);
    log.append(line("first"));
    disk.failing = true;
    assertThatThrownBy(() -> log.append(line("second"))).isInstanceOf(ProblemException.class);
    disk.failing = false;

    assertThatThrownBy(() -> log.append(line("third")))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("Input/output error");
    assertThat(disk.durable()).isEqualTo("first\n");
  }

  /** A disk whose first turn takes until so many appends have come. */
  private static final class Disk extends FileChannel {
    private final StringBuilder written = new StringBuilder();
    private final CountDownLatch awaited;
    private final int heldTurns;
    private String durable = "";
    private boolean failing;
    private int turns;

    Disk(int heldTurns, int appends) {
      this.heldTurns = heldTurns;
      this.awaited = new CountDownLatch(appends);
    }

    synchronized String durable() {
      return durable;
    }

    @Override
    public synchronized int write(ByteBuffer bytes) {
      int length = bytes.remaining();
      written.append(StandardCharsets.UTF_8.decode(bytes));
      awaited.countDown();
      return length;
    }

    @Override
    public void force(boolean metaData) throws IOException {
      String then = taken();
      if (failing) {
        throw new IOException("Input/output error");
      }
      try {
        if (turns <= heldTurns) {
          awaited.await();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      keep(then);
    }

    private synchronized String taken() {
      turns++;
      return written.toString();
    }

    private synchronized void keep(String text) {
      durable = text;
    }

    @Override
    public synchronized long position() {
      return written.length();
    }

    @Override
    public int read(ByteBuffer bytes) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] buffers, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] buffers, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long size() {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel truncate(long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long position, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer bytes, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer bytes, long position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseChannel() {
      // There is no file.
    }
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
