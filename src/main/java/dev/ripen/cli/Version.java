package dev.ripen.cli;

import java.io.File;
import java.net.URISyntaxException;
import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class Version implements IVersionProvider {
  static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The version, and which build of it: its own file says. */
  static String build() {
    try {
      File file =
          new File(Version.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return text() + " " + file.length() + " " + file.lastModified();
    } catch (URISyntaxException | IllegalArgumentException e) {
      // It lies in no file of this machine.
      return text();
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"ripen " + text()};
  }
}
