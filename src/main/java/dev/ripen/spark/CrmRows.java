package dev.ripen.spark;

import dev.ripen.sync.Candidate;
import dev.ripen.sync.KnownReject;
import dev.ripen.sync.LedgerRow;
import dev.ripen.sync.RowPlanner;
import dev.ripen.sync.SkipReason;
import dev.ripen.sync.WantedRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Runs the planner's first pass inside Spark tasks. Each partition gives its candidates and one row
 * of counts per verdict, so that a retried task counts nothing twice.
 */
final class CrmRows implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** {@code kind} is CANDIDATE, UNCHANGED, BLOCKED or a skip reason. */
  static final StructType RESULT =
      new StructType()
          .add("kind", DataTypes.StringType, false)
          .add("rows", DataTypes.LongType, false)
          .add("lead_id", DataTypes.StringType, true)
          .add("candidate", DataTypes.BinaryType, true)
          .add("deferred_since", DataTypes.LongType, true)
          .add("leaver", DataTypes.BooleanType, true);

  static final String CANDIDATE = "CANDIDATE";

  private final RowPlanner planner;
  private final List<String> fields;

  CrmRows(RowPlanner planner, List<String> fields) {
    this.planner = planner;
    this.fields = List.copyOf(fields);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    List<Row> result = new ArrayList<>();
    Map<Candidate.Verdict, Long> counts = new EnumMap<>(Candidate.Verdict.class);
    Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    while (rows.hasNext()) {
      Row row = rows.next();
      if (row.getAs("lead_id") == null) {
        skipped.merge(SkipReason.NO_LEAD, 1L, Long::sum);
        continue;
      }
      Candidate candidate = decide(row);
      counts.merge(candidate.verdict(), 1L, Long::sum);
      SkipReason skip = candidate.skipReason();
      if (skip != null) {
        skipped.merge(skip, 1L, Long::sum);
      }
      if (candidate.verdict() == Candidate.Verdict.CHANGED) {
        result.add(
            RowFactory.create(
                CANDIDATE,
                1L,
                candidate.wanted().leadId(),
                CandidateBytes.of(candidate),
                row.<Long>getAs("ripen_deferred_since"),
                candidate.leaver()));
      }
    }
    count(result, "UNCHANGED", counts.get(Candidate.Verdict.UNCHANGED));
    count(result, "BLOCKED", counts.get(Candidate.Verdict.BLOCKED));
    skipped.forEach((reason, rowsSkipped) -> count(result, reason.name(), rowsSkipped));
    return result.iterator();
  }

  private Candidate decide(Row row) {
    LedgerRow ledger = ledger(row);
    return ledger != null && row.getAs("wanted_lead_id") == null
        ? planner.leaver(ledger, reject(row))
        : planner.firstPass(wanted(row), ledger, reject(row));
  }

  private static void count(List<Row> result, String kind, @Nullable Long rows) {
    if (rows != null) {
      result.add(RowFactory.create(kind, rows, null, null, null, null));
    }
  }

  private WantedRow wanted(Row row) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (String field : fields) {
      values.put(field, text(row.getAs(field)));
    }
    Boolean isMql = row.getAs("ripen_is_mql");
    return new WantedRow(
        row.getAs("lead_id"),
        text(row.getAs("ripen_record_id")),
        row.getAs("ripen_email"),
        values,
        isMql != null && isMql,
        row.getAs("ripen_level"),
        row.getAs("ripen_mql_at"),
        orEmpty(row.getAs("ripen_reasons")));
  }

  private static @Nullable LedgerRow ledger(Row row) {
    String recordId = row.getAs("ledger_record_id");
    if (recordId == null) {
      return null;
    }
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    row.<String, String>getJavaMap(row.fieldIndex("ledger_fields")).forEach(values::put);
    return new LedgerRow(
        row.getAs("lead_id"),
        recordId,
        values,
        row.getAs("ledger_is_mql"),
        row.getAs("ledger_level"),
        row.getAs("ledger_episode_mql_at"),
        row.getAs("ledger_acknowledged_at"),
        row.getAs("ledger_run_id"));
  }

  private static @Nullable KnownReject reject(Row row) {
    String content = row.getAs("reject_content");
    if (content == null) {
      return null;
    }
    return new KnownReject(
        content,
        row.getAs("reject_definition"),
        dev.ripen.crm.RejectCode.valueOf(row.getAs("reject_code")));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Canonical text of package crm. */
  static @Nullable String text(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Instant instant) {
      return INSTANT.format(instant);
    }
    if (value instanceof LocalDate date) {
      return date.toString();
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
    }
    if (value instanceof Double || value instanceof Float) {
      return text(new BigDecimal(value.toString()));
    }
    String text = value.toString();
    return text.isEmpty() ? null : text;
  }
}
