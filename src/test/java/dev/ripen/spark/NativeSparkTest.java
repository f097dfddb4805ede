package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class NativeSparkTest {
  /** Fetched by whoever wants it, so that tests of everything else are of Spark alone. */
  @Test
  void isNotThereUnlessItIsFetched() {
    assertThat(NativeSpark.isThere()).isFalse();
  }

  @Test
  void takesHalfAsMuchMemoryAgainAsTheHeap() {
    assertThat(NativeSpark.settings(8L << 30))
        .containsEntry("spark.memory.offHeap.size", Long.toString(4L << 30));
    assertThat(NativeSpark.settings(256L << 20))
        .containsEntry("spark.memory.offHeap.size", Long.toString(512L << 20));
  }
}
