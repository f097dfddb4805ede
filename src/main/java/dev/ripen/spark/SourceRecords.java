package dev.ripen.spark;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.config.Source;
import dev.ripen.crm.CrmTable;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Records of CRMs that are read through their API: the table {@code source_records} has them as
 * they were read last, {@code source_reads} how far that was. Both are parts of a run's commit, so
 * a run that dies leaves the records and the watermarks of the one before it.
 */
public final class SourceRecords implements CrmTables {
  static final String TABLE = "source_records";
  static final String READS = "source_reads";

  /** Beyond what a file of {@link RecordLines} holds. */
  static final StructType TYPE =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("source_table", DataTypes.StringType)
          .add("object", DataTypes.StringType)
          .add("id", DataTypes.StringType)
          .add("created_at", DataTypes.TimestampType)
          .add("modified_at", DataTypes.TimestampType)
          .add("is_archived", DataTypes.BooleanType)
          .add("properties", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
          .add("history", DataTypes.createArrayType(RecordColumns.CHANGE))
          .add("contact_ids", DataTypes.createArrayType(DataTypes.StringType))
          .add("content", DataTypes.StringType)
          .add("loaded_at", DataTypes.TimestampType);

  private static final StructType READS_TYPE =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("source_table", DataTypes.StringType)
          .add("part", DataTypes.StringType)
          .add("scope", DataTypes.StringType)
          .add("watermark", DataTypes.TimestampType);

  static final String CONTACTS = "contacts";

  /** Properties that hold addresses of a person, with semicolons between several. */
  static final List<String> ADDRESSES = List.of("email", "hs_additional_emails");

  private static final List<String> KEYS = List.of("source", "source_table", "id");

  private final SparkSession spark;
  private final StateTables state;
  private final boolean current;

  private SourceRecords(SparkSession spark, StateTables state, boolean current) {
    this.spark = spark;
    this.state = state;
    this.current = current;
  }

  /** As the last commit has them. */
  public static SourceRecords committed(SparkSession spark, StateTables state) {
    return new SourceRecords(spark, state, false);
  }

  /** With what this run has written. */
  public static SourceRecords current(SparkSession spark, StateTables state) {
    return new SourceRecords(spark, state, true);
  }

  /** The rows of a table; all text but the times. */
  @Override
  public Dataset<Row> of(Source source, Source.Table table) {
    List<Row> reads = reads().where(isOf(source, table)).collectAsList();
    if (reads.isEmpty()) {
      throw notRead(source, table, "was not read yet");
    }
    // A column that nobody has read would be empty without a word.
    if (!areEnough(reads, source, table)) {
      throw notRead(source, table, "was read without all that conf/ripen.conf names for it");
    }
    return rows(TABLE, TYPE)
        .where(isOf(source, table))
        .select(RecordColumns.of(table.crmTable()).toArray(Column[]::new));
  }

  /**
   * From where the next reading of a table goes on, by part; empty if all has to be read: it was
   * never read, or less was read of each record.
   */
  public Map<String, Instant> watermarks(Source source, Source.Table table) {
    Map<String, Instant> watermarks = new TreeMap<>();
    List<Row> reads = reads().where(isOf(source, table)).collectAsList();
    if (!areEnough(reads, source, table)) {
      return Map.of();
    }
    for (Row row : reads) {
      Instant watermark = row.getAs("watermark");
      if (watermark != null) {
        watermarks.put(row.getAs("part"), watermark);
      }
    }
    return watermarks;
  }

  private static boolean areEnough(List<Row> reads, Source source, Source.Table table) {
    ReadScope wanted = ReadScope.of(source, table);
    return reads.stream()
        .allMatch(row -> ReadScope.parse(row.<String>getAs("scope")).covers(wanted));
  }

  private static ProblemException notRead(Source source, Source.Table table, String how) {
    return new ProblemException(
        Problem.of(
            ErrorCode.SOURCE_UNAVAILABLE,
            source.name() + "." + table.name() + " " + how + ": only a run reads the CRM",
            "start one: ripen run (in shadow mode it sends nothing)"));
  }

  /**
   * Takes in what was read.
   *
   * @param file lines of {@link RecordLines}
   * @param everything whether the file has all records, else those that were changed
   * @param watermarks from where the next reading goes on
   * @return records that are new or not as they were
   */
  public long take(
      Source source,
      Source.Table table,
      String file,
      boolean everything,
      Map<String, Instant> watermarks,
      Instant now) {
    CrmTable crm = table.crmTable();
    Dataset<Row> read =
        ForgottenPeople.load(state)
            .withoutRecords(
                RecordLines.rows(spark, file)
                    .withColumn("source", lit(source.name()))
                    .withColumn("source_table", lit(table.name()))
                    .withColumn("object", lit(crm.object()))
                    .withColumn("loaded_at", everything ? asOld(now) : lit(now)))
            .select(columns());
    Dataset<Row> changed = (everything ? read : newOrChanged(read, source, table)).persist();
    try {
      long rows = changed.count();
      if (everything && (rows > 0 || !rows(TABLE, TYPE).where(isOf(source, table)).isEmpty())) {
        state.replaceWhere(
            TABLE,
            changed,
            "source = '" + source.name() + "' AND source_table = '" + table.name() + "'",
            "source",
            "source_table");
      } else if (rows > 0) {
        state.upsert(TABLE, changed, KEYS);
      }
      note(source, table, watermarks);
      return rows;
    } finally {
      changed.unpersist();
    }
  }

  /**
   * In a first reading nothing is late: events of it are read in any case, and must not be taken
   * for late ones in the run after it.
   */
  private static Column asOld(Instant now) {
    return least(coalesce(col("created_at"), lit(now)), lit(now));
  }

  /** What was read a second time, because readings overlap, is no reason to write. */
  private Dataset<Row> newOrChanged(Dataset<Row> read, Source source, Source.Table table) {
    Dataset<Row> known =
        rows(TABLE, TYPE)
            .where(isOf(source, table))
            .selectExpr("id AS known_id", "content AS known_content");
    return read.join(
            known,
            col("id").equalTo(col("known_id")).and(col("content").equalTo(col("known_content"))),
            "left_anti")
        .select(columns());
  }

  private void note(Source source, Source.Table table, Map<String, Instant> watermarks) {
    String scope = ReadScope.of(source, table).text();
    List<Row> wanted = new ArrayList<>();
    watermarks.forEach(
        (part, at) -> wanted.add(RowFactory.create(source.name(), table.name(), part, scope, at)));
    if (wanted.isEmpty()) {
      // That an account has no records is known now.
      wanted.add(RowFactory.create(source.name(), table.name(), "", scope, null));
    }
    List<Row> all = reads().collectAsList();
    List<Row> others =
        all.stream()
            .filter(
                row ->
                    !row.getAs("source").equals(source.name())
                        || !row.getAs("source_table").equals(table.name()))
            .toList();
    List<Row> next = new ArrayList<>(others);
    next.addAll(wanted);
    if (next.size() != all.size() || !texts(next).equals(texts(all))) {
      state.overwrite(READS, spark.createDataFrame(next, READS_TYPE).coalesce(1));
    }
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).sorted().toList();
  }

  private Dataset<Row> reads() {
    return rows(READS, READS_TYPE);
  }

  private Dataset<Row> rows(String table, StructType type) {
    return current ? state.currentOrEmpty(table, type) : state.committedOrEmpty(table, type);
  }

  private static Column isOf(Source source, Source.Table table) {
    return col("source").equalTo(source.name()).and(col("source_table").equalTo(table.name()));
  }

  private static Column[] columns() {
    return Arrays.stream(TYPE.fieldNames())
        .map(org.apache.spark.sql.functions::col)
        .toArray(Column[]::new);
  }
}
