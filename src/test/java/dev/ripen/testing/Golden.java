package dev.ripen.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares what a user reads with a file under {@code src/test/resources/golden}. With {@code
 * -Dgolden.update=true} the file is rewritten instead, and its diff is reviewed as text.
 */
public final class Golden {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "golden");

  private Golden() {}

  /**
   * Asserts that the text is the file's, byte for byte.
   *
   * @param goldenPath below {@code src/test/resources/golden}, for example {@code problem/one.txt}
   */
  public static void assertMatches(String goldenPath, String actual) {
    Path file = ROOT.resolve(goldenPath);
    try {
      if (Boolean.getBoolean("golden.update")) {
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
      }
      assertThat(file).as("write it with -Dgolden.update=true").exists();
      assertThat(actual)
          .as("%s (-Dgolden.update=true rewrites it)", goldenPath)
          .isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use golden file " + file, e);
    }
  }
}
