package dev.ripen.adapters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Text files below a directory of the class path, be it of classes or in a jar. */
public final class ResourceTree {
  private ResourceTree() {}

  /**
   * Reads all files.
   *
   * @param directory absolute, for example {@code /dev/ripen/template/simple}
   * @param anchor a file that is below it for certain: jars need not list their directories
   * @return texts by path, relative to the directory, with {@code /} between the names
   * @throws IllegalStateException if the build lacks the anchor
   */
  public static SortedMap<String, String> read(String directory, String anchor) {
    String resource = directory + "/" + anchor;
    URL url = ResourceTree.class.getResource(resource);
    if (url == null) {
      throw new IllegalStateException("the build lacks " + resource);
    }
    int depth = anchor.split("/", -1).length;
    try {
      URI uri = url.toURI();
      if (!uri.getScheme().equals("jar")) {
        return texts(ancestor(Path.of(uri), depth));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return texts(ancestor(jar.getPath(resource), depth));
      }
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + directory + " of the program", e);
    }
  }

  private static Path ancestor(Path file, int depth) {
    return file.resolve("../".repeat(depth)).normalize();
  }

  private static SortedMap<String, String> texts(Path root) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      // The directory of the adapters is also that of a package.
      files =
          walk.filter(Files::isRegularFile)
              .filter(file -> !file.toString().endsWith(".class"))
              .toList();
    }
    SortedMap<String, String> texts = new TreeMap<>();
    for (Path file : files) {
      texts.put(root.relativize(file).toString().replace('\\', '/'), Files.readString(file));
    }
    return texts;
  }
}
