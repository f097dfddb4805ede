package dev.ripen.spark;

import java.util.Map;

/**
 * Apache DataFusion Comet, a plugin of Spark that does most steps in native code, on Linux: a run
 * over a large warehouse takes a tenth to a fifth less. It is used by local sessions where {@code
 * scripts/accelerate} has fetched it; on a cluster it is the cluster's to have. What it cannot do
 * exactly as Spark does, it leaves to Spark. Pure.
 */
final class NativeSpark {
  /** Whether it is at work; can be changed at any time. */
  static final String ENABLED = "spark.comet.enabled";

  private static final String PLUGIN = "org.apache.spark.CometPlugin";
  private static final long LEAST_MEMORY = 512L << 20;

  private NativeSpark() {}

  static boolean isThere() {
    String plugin = "/" + PLUGIN.replace('.', '/') + ".class";
    return System.getProperty("os.name", "").startsWith("Linux")
        && NativeSpark.class.getResource(plugin) != null;
  }

  /**
   * What a session needs to start with it.
   *
   * @param heap in bytes; half as much again is for rows outside of it, those of Spark among them
   */
  static Map<String, String> settings(long heap) {
    return Map.of(
        "spark.plugins",
        PLUGIN,
        "spark.shuffle.manager",
        "org.apache.spark.sql.comet.execution.shuffle.CometShuffleManager",
        "spark.memory.offHeap.enabled",
        "true",
        "spark.memory.offHeap.size",
        Long.toString(Math.max(LEAST_MEMORY, heap / 2)));
  }
}
