package dev.ripen.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The most memory that this JVM has used since this was made, in bytes. Heap in use grows up to the
 * limit whatever a program needs; what a collection leaves is nearer to that.
 */
public final class PeakMemory {
  private final List<MemoryPoolMXBean> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();
  private final AtomicLong afterCollection = new AtomicLong();

  /** Measures from now on. */
  public PeakMemory() {
    pools.forEach(MemoryPoolMXBean::resetPeakUsage);
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener((notice, handback) -> collected(notice), null, null);
    }
  }

  private void collected(Notification notice) {
    if (!notice
        .getType()
        .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
      return;
    }
    Map<String, MemoryUsage> after =
        GarbageCollectionNotificationInfo.from((CompositeData) notice.getUserData())
            .getGcInfo()
            .getMemoryUsageAfterGc();
    long used = pools.stream().mapToLong(pool -> after.get(pool.getName()).getUsed()).sum();
    afterCollection.accumulateAndGet(used, Math::max);
  }

  /** Heap in use: the sum of the peaks of its parts, so at least as much as at any moment. */
  public long heap() {
    return pools.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  /** Heap that was still in use after a collection; 0 before the first. */
  public long heapAfterCollection() {
    return afterCollection.get();
  }

  /** All memory of a process since it started; 0 where the system does not tell. */
  public static long ofProcess(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .collect(
              Collectors.summingLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10));
    } catch (IOException e) {
      return 0;
    }
  }
}
