package dev.ripen.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
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
  private final Set<String> heap =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toSet());
  private final AtomicLong beforeCollection = new AtomicLong();
  private final AtomicLong afterCollection = new AtomicLong();

  /** Measures from now on. */
  public PeakMemory() {
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
    GcInfo collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notice.getUserData()).getGcInfo();
    beforeCollection.accumulateAndGet(used(collection.getMemoryUsageBeforeGc()), Math::max);
    afterCollection.accumulateAndGet(used(collection.getMemoryUsageAfterGc()), Math::max);
  }

  private long used(Map<String, MemoryUsage> pools) {
    return pools.entrySet().stream()
        .filter(pool -> heap.contains(pool.getKey()))
        .mapToLong(pool -> pool.getValue().getUsed())
        .sum();
  }

  /** Heap in use: it only grows from one collection to the next. */
  public long heap() {
    long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return Math.max(now, beforeCollection.get());
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
