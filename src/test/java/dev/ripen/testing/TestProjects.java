package dev.ripen.testing;

import dev.ripen.sandbox.SandboxOptions;
import dev.ripen.sandbox.SandboxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Copies of the projects under {@code src/test/resources/projects}, each with a built-in CRM of its
 * own. The CRM's port is free to be any, so it is given to a command: {@link #portSetting}.
 */
public final class TestProjects {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", ""), "src", "test", "resources", "projects");

  private TestProjects() {}

  /** A copy of a project, to be changed and run. */
  public static Path copy(String name, Path directory) {
    Path from = ROOT.resolve(name);
    Path to = directory.resolve(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy the project " + from, e);
    }
    return to;
  }

  /** Starts the project's CRM with these contacts, one JSON object each. */
  public static SandboxServer sandbox(Path project, List<String> contacts) {
    Path seed = project.resolve(".ripen").resolve("sample").resolve("crm.jsonl");
    write(seed, String.join("\n", contacts) + "\n");
    return SandboxServer.start(
        SandboxOptions.in(project.resolve(".ripen").resolve("sandbox")).withSeed(seed));
  }

  /** What {@code --set} needs to be told, so that a run finds that CRM. */
  public static String portSetting(SandboxServer sandbox) {
    return "destinations.hubspot.sandbox-port=" + sandbox.port();
  }

  /** The requests that write, so far. */
  public static long writeRequests(SandboxServer sandbox) {
    return sandbox.log().stream()
        .filter(request -> request.path().endsWith("/batch/update"))
        .filter(request -> request.status() == 200)
        .count();
  }

  /**
   * Fills the tables of the project {@code tiny}: every lead signed up, every third one is an MQL
   * because it asked for a demo. Lead n is the CRM's contact 1000 + n.
   *
   * @return the contacts of its CRM
   */
  public static List<String> fillTiny(Path project, int leads) {
    StringBuilder people = new StringBuilder("lead_id,email,created_at,crm_id\n");
    StringBuilder events = new StringBuilder("event_id,visitor_id,occurred_at,event_type\n");
    IntStream.range(0, leads)
        .forEach(
            n -> {
              int id = 1000 + n;
              people.append(
                  String.format(
                      Locale.ROOT,
                      "%d,lead%d@northwind.example,2026-11-01 08:00:00,%d\n",
                      id,
                      n,
                      id));
              events.append(
                  String.format(
                      Locale.ROOT, "sign-up-%d,%d,2026-11-02 09:00:00,signed_up\n", id, id));
              if (n % 3 == 0) {
                events.append(
                    String.format(
                        Locale.ROOT, "demo-%d,%d,2026-11-03 09:00:00,demo_requested\n", id, id));
              }
            });
    write(project.resolve("data/leads.csv"), people.toString());
    write(project.resolve("data/events.csv"), events.toString());
    return IntStream.range(0, leads)
        .mapToObj(
            n ->
                String.format(
                    Locale.ROOT,
                    "{\"id\":\"%d\",\"email\":\"lead%d@northwind.example\"}",
                    1000 + n,
                    n))
        .toList();
  }

  /** Writes a file of a project, with its directories. */
  public static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
