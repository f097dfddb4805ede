package dev.ripen.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.StringJoiner;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Writes rows as one CSV file (RFC 4180, UTF-8), without holding them all in memory. */
final class DiffCsv {
  private DiffCsv() {}

  static void write(Path file, Dataset<Row> rows) {
    try {
      Files.createDirectories(file.getParent());
      try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
        writer.write(String.join(",", rows.columns()) + "\n");
        Iterator<Row> iterator = rows.toLocalIterator();
        while (iterator.hasNext()) {
          writer.write(line(iterator.next()) + "\n");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  private static String line(Row row) {
    StringJoiner line = new StringJoiner(",");
    for (int i = 0; i < row.size(); i++) {
      line.add(quoted(row.get(i)));
    }
    return line.toString();
  }

  /** A leading sign would be a formula to a spreadsheet. */
  static String quoted(@Nullable Object value) {
    String text = value == null ? "" : value.toString();
    boolean formula = !text.isEmpty() && "=+@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    return safe.matches("(?s).*[\",\n\r].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
