package dev.ripen.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceTreeTest {
  private static final String DIRECTORY = "/dev/ripen/adapters";
  private static final String ANCHOR = "project/conf/scoring.conf";

  @TempDir Path temporary;

  @Test
  void readsTheSameFromAJarAsFromClasses() throws Exception {
    Map<String, String> fromClasses = ResourceTree.read(DIRECTORY, ANCHOR);
    assertThat(fromClasses).containsKeys(ANCHOR, "crm/hubspot/adapter.conf");
    assertThat(fromClasses.keySet()).noneMatch(path -> path.endsWith(".class"));

    Path jar = temporary.resolve("ripen.jar");
    writeJar(jar);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Object fromJar =
          loader
              .loadClass(ResourceTree.class.getName())
              .getMethod("read", String.class, String.class)
              .invoke(null, DIRECTORY, ANCHOR);
      assertThat(fromJar).isEqualTo(fromClasses);
    }
  }

  private static void writeJar(Path jar) throws IOException, java.net.URISyntaxException {
    Path classes = Path.of(ResourceTree.class.getResource("ResourceTree.class").toURI());
    Path root = classes.resolve("../../../..").normalize();
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> walk = Files.walk(root.resolve("dev/ripen/adapters"))) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }
}
