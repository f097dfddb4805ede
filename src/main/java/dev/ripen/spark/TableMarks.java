package dev.ripen.spark;

import dev.ripen.config.Source;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a table of a database is as it was, by what loads it: how many rows there are, and
 * when the newest was loaded. A database may have to read the whole table for it.
 */
public final class TableMarks {
  private static final Set<String> DATABASES = Set.of("postgresql", "snowflake", "jdbc");

  /** Asks nothing, so no table of a database is known to be as it was. */
  public static final TableMarks NONE = new TableMarks(null);

  private final @Nullable Supplier<SparkSession> spark;

  private TableMarks(@Nullable Supplier<SparkSession> spark) {
    this.spark = spark;
  }

  /** Asks the databases, when first asked for a table. */
  public static TableMarks asking(Supplier<SparkSession> spark) {
    return new TableMarks(spark);
  }

  /** Empty where nothing says when rows were loaded, or the database does not answer. */
  Optional<String> of(Source source, Source.Table table) {
    Optional<String> loadedAt = table.loadedAt();
    if (spark == null || loadedAt.isEmpty() || !DATABASES.contains(source.format())) {
      return Optional.empty();
    }
    try {
      JdbcTable jdbc = JdbcTable.of(source, table);
      Row row =
          JdbcReader.query(
                  spark.get(),
                  jdbc,
                  "SELECT count(*) AS all_rows, max(%s) AS newest FROM %s"
                      .formatted(loadedAt.get(), jdbc.name()))
              .head();
      return Optional.of(row.get(0) + " " + row.get(1));
    } catch (Exception e) {
      // Spark declares none of what arrives here. It is told when the table is read.
      return Optional.empty();
    }
  }
}
