package dev.ripen.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder of a bench that goes away with it: some hold hundreds of megabytes. */
record Scratch(Path folder) implements AutoCloseable {
  static Scratch of(String name) throws IOException {
    return new Scratch(Files.createTempDirectory(name));
  }

  @Override
  public void close() throws IOException {
    ScaleData.remove(folder);
  }
}
