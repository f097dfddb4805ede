package dev.ripen.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.utils.FileStatus;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * Removes a Delta table's old versions: the log before a checkpoint, then the data files that no
 * version from there on names. So every version that can still be found can also be read. Needs no
 * job of Spark. Whatever it leaves when it is killed is done the next time: the log goes oldest
 * entry first, and data files only after the log that named them.
 */
final class OldVersions {
  /** Younger files may be those of a writer that has not committed yet, or be read right now. */
  private static final Duration YOUNG = Duration.ofDays(1);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ENTRY = Pattern.compile("(\\d{20})\\..*");
  private static final Pattern COMMIT = Pattern.compile("(\\d{20})\\.json");
  private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint\\.parquet");
  private static final Pattern DATA = Pattern.compile("part-.*\\.parquet");

  private final DeltaLogs logs;
  private final Configuration hadoop;
  private final Instant now;

  OldVersions(DeltaLogs logs, Configuration hadoop, Instant now) {
    this.logs = logs;
    this.hadoop = hadoop;
    this.now = now;
  }

  /**
   * What was removed.
   *
   * @param bytes of data files
   */
  record Removed(long files, long bytes) {
    static final Removed NOTHING = new Removed(0, 0);

    Removed and(Removed other) {
      return new Removed(files + other.files, bytes + other.bytes);
    }
  }

  /** The version that was the newest one a day ago, or the oldest that is left. */
  OptionalLong newestOfYesterday(String location) throws IOException {
    OptionalLong found = OptionalLong.empty();
    for (org.apache.hadoop.fs.FileStatus entry : log(location)) {
      OptionalLong version = version(COMMIT, entry);
      if (version.isPresent() && (found.isEmpty() || !isYoung(entry))) {
        found = version;
      }
    }
    return found;
  }

  /**
   * Removes what versions before one need alone.
   *
   * @param needed stays readable, and so does everything after it
   * @param most files
   */
  Removed remove(String location, long needed, int most) throws IOException {
    List<org.apache.hadoop.fs.FileStatus> log = log(location);
    OptionalLong base = base(log, needed);
    if (base.isEmpty()) {
      return Removed.NOTHING;
    }
    // Read before anything is deleted: a checkpoint that cannot be read is none.
    Set<String> named = namedFrom(location, log, base.getAsLong());
    FileSystem files = new Path(location).getFileSystem(hadoop);
    long removed = 0;
    for (org.apache.hadoop.fs.FileStatus entry : log) {
      OptionalLong version = version(ENTRY, entry);
      if (version.isPresent() && version.getAsLong() < base.getAsLong()) {
        if (removed == most) {
          return new Removed(removed, 0);
        }
        files.delete(entry.getPath(), false);
        removed++;
      }
    }
    return new Removed(removed, 0).and(data(files, location, named, most - removed));
  }

  private Removed data(FileSystem files, String location, Set<String> named, long most)
      throws IOException {
    Removed removed = Removed.NOTHING;
    RemoteIterator<LocatedFileStatus> all = files.listFiles(new Path(location), true);
    while (all.hasNext() && removed.files() < most) {
      LocatedFileStatus file = all.next();
      String name = file.getPath().getName();
      boolean isData =
          DATA.matcher(name).matches() && !file.getPath().toString().contains("/_delta_log/");
      if (isData && !named.contains(name) && !isYoung(file)) {
        files.delete(file.getPath(), false);
        removed = removed.and(new Removed(1, file.getLen()));
      }
    }
    return removed;
  }

  /** The version from which on all that is in the log is kept: what is readable begins there. */
  private static OptionalLong base(List<org.apache.hadoop.fs.FileStatus> log, long needed) {
    List<Long> checkpoints = new ArrayList<>();
    boolean fromTheStart = false;
    for (org.apache.hadoop.fs.FileStatus entry : log) {
      version(CHECKPOINT, entry).ifPresent(checkpoints::add);
      OptionalLong commit = version(COMMIT, entry);
      fromTheStart |= commit.isPresent() && commit.getAsLong() == 0;
    }
    OptionalLong before =
        checkpoints.stream().mapToLong(Long::longValue).filter(at -> at <= needed).max();
    if (before.isPresent() || fromTheStart) {
      return OptionalLong.of(before.orElse(0));
    }
    return checkpoints.stream().mapToLong(Long::longValue).min();
  }

  /** Names of the data files of a version and of all later ones. */
  private Set<String> namedFrom(
      String location, List<org.apache.hadoop.fs.FileStatus> log, long base) throws IOException {
    Set<String> names = new HashSet<>();
    for (FileStatus file : logs.files(logs.at(location, base))) {
      names.add(name(file.getPath()));
    }
    for (org.apache.hadoop.fs.FileStatus entry : log) {
      OptionalLong version = version(COMMIT, entry);
      if (version.isPresent() && version.getAsLong() > base) {
        addNames(entry.getPath(), names);
      }
    }
    return names;
  }

  private void addNames(Path commit, Set<String> names) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                commit.getFileSystem(hadoop).open(commit), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode path = JSON.readTree(line).path("add").path("path");
        if (path.isTextual()) {
          names.add(name(path.asText()));
        }
      }
    }
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** In the order of their versions. */
  private List<org.apache.hadoop.fs.FileStatus> log(String location) throws IOException {
    Path directory = new Path(location, "_delta_log");
    try {
      org.apache.hadoop.fs.FileStatus[] found =
          directory.getFileSystem(hadoop).listStatus(directory);
      return Arrays.stream(found)
          .sorted(Comparator.comparing(entry -> entry.getPath().getName()))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  private boolean isYoung(org.apache.hadoop.fs.FileStatus file) {
    return file.getModificationTime() > now.minus(YOUNG).toEpochMilli();
  }

  private static OptionalLong version(Pattern name, org.apache.hadoop.fs.FileStatus entry) {
    Matcher matcher = name.matcher(entry.getPath().getName());
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }
}
