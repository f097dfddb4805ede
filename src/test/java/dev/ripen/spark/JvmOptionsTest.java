package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class JvmOptionsTest {

  @Test
  void holdWhatSparkNeedsOfAJvm() throws IOException {
    List<String> ours = Files.readAllLines(Path.of("conf/jvm.options"));
    // The vector module only serves MLlib, and its use prints a warning at every start.
    List<String> sparks =
        Stream.of(JavaModuleOptions.defaultModuleOptionArray())
            .filter(option -> !option.contains("jdk.incubator.vector"))
            .toList();
    assertThat(ours).containsAll(sparks);
  }
}
