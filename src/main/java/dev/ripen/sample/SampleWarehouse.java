package dev.ripen.sample;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Writes a warehouse to try ripen on, and the contacts that the built-in CRM starts with.
 *
 * <p>HubSpot as Fivetran lands it (schema {@code hubspot}) and Segment's tables (schema {@code
 * segment}); all instants are UTC. Rows are a pure function of the spec, in this order of tables
 * and rows, on every machine. People, companies and addresses are invented; companies' domains end
 * in {@code .example}.
 */
public final class SampleWarehouse {
  /**
   * A multiple of what {@link People} and {@link Merges} count by, so that groups stay together.
   */
  private static final int CHUNK = 2_040;

  private SampleWarehouse() {}

  /**
   * Writes one DuckDB file; what stood there is replaced once the new one is complete.
   *
   * @param crmSeedJsonl the CRM's contacts, one JSON object a line, replaced likewise
   * @throws ProblemException {@code STATE_NOT_WRITABLE} if a file cannot be written or is in use
   */
  public static SampleSummary writeDuckDb(
      SampleSpec spec, Path duckdbFile, Path crmSeedJsonl, Progress progress) {
    Path draft = sibling(duckdbFile);
    return guarded(
        duckdbFile,
        () -> {
          remove(draft);
          SampleSummary summary;
          try (ChunkStore store = ChunkStore.intoDuckDb(draft)) {
            summary = write(spec, store, crmSeedJsonl, progress);
          }
          replace(draft, duckdbFile);
          return summary;
        });
  }

  /**
   * Writes {@code <directory>/<schema>/<table>/part-*.parquet}, each file sorted by time; what
   * stood in those folders is removed first. Memory stays bounded whatever the size.
   *
   * @throws ProblemException {@code STATE_NOT_WRITABLE} if a file cannot be written
   */
  public static SampleSummary writeParquet(
      SampleSpec spec, Path directory, Path crmSeedJsonl, Progress progress) {
    return guarded(
        directory,
        () -> {
          for (Table table : Table.values()) {
            remove(directory.resolve(table.schema).resolve(table.tableName()));
          }
          Files.createDirectories(directory);
          try (ChunkStore store = ChunkStore.intoParquet(directory)) {
            return write(spec, store, crmSeedJsonl, progress);
          }
        });
  }

  private static SampleSummary write(
      SampleSpec spec, ChunkStore store, Path crmSeedJsonl, Progress progress)
      throws SQLException, IOException {
    Path draft = sibling(crmSeedJsonl);
    createFolderOf(crmSeedJsonl);
    long records;
    try (CrmSeed seedFile = new CrmSeed(draft)) {
      for (int from = 0; from < spec.contacts(); from += CHUNK) {
        int to = Math.min(from + CHUNK, spec.contacts());
        chunk(spec, from, to, store, seedFile);
        store.moveIfMany();
        progress.report(to, spec.contacts(), "contacts and what they did");
      }
      store.finish();
      records = seedFile.records();
    }
    replace(draft, crmSeedJsonl);
    return new SampleSummary(store.count(Table.CONTACT), store.events(), records, store.counts());
  }

  private static void chunk(SampleSpec spec, int from, int to, ChunkStore store, CrmSeed seedFile) {
    Hours hours = new Hours(spec);
    People people = new People(spec);
    int number = from / CHUNK;
    Landing landing = new Landing(store, hours, spec.seed(), number);
    Contacts contacts = new Contacts(store, hours, seedFile, spec.seed());
    Crowd crowd = new Crowd(landing, hours, store, spec.seed(), number);
    for (int index = from; index < to; index++) {
      Person person = people.at(index);
      Journey journey = new Journey(person, landing, hours, spec.seed());
      if (index == 0) {
        journey.hero();
      } else {
        journey.walk();
      }
      contacts.write(person, journey);
      crowd.meet(person, journey);
    }
    crowd.fill(share(spec, to));
  }

  /** How many events there shall be once that many contacts are done. */
  private static long share(SampleSpec spec, int contacts) {
    return Math.multiplyExact(spec.targetEvents(), (long) contacts) / spec.contacts();
  }

  /** Writing that may fail. */
  private interface Writing {
    SampleSummary write() throws SQLException, IOException;
  }

  private static SampleSummary guarded(Path target, Writing writing) {
    try {
      createFolderOf(target);
      return writing.write();
    } catch (SQLException | IOException | UncheckedIOException | ChunkStore.RowException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.STATE_NOT_WRITABLE,
              "the sample could not be written to " + target + ": " + e.getMessage(),
              "Check that the folder is writable, that the disk is not full and that no other"
                  + " program has the file open."),
          e);
    }
  }

  private static void createFolderOf(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
  }

  private static Path sibling(Path file) {
    return file.resolveSibling(file.getFileName() + ".tmp");
  }

  private static void replace(Path draft, Path target) throws IOException {
    // A write-ahead log of the old file would be played into the new one.
    Files.deleteIfExists(target.resolveSibling(target.getFileName() + ".wal"));
    Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> below = Files.walk(path)) {
      for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
