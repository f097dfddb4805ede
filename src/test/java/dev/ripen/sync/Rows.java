package dev.ripen.sync;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.config.DestinationSettings.Mode;
import dev.ripen.config.FieldPolicy;
import dev.ripen.crm.Budget;
import dev.ripen.crm.CrmField;
import dev.ripen.crm.FieldType;
import dev.ripen.crm.RecordKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows and settings that the tests share: one lead, Ada, as the models and the ledger see her. */
final class Rows {
  static final Instant MQL_AT = Instant.parse("2026-11-10T08:00:00Z");
  static final Instant ACKNOWLEDGED_AT = Instant.parse("2026-11-19T05:00:00Z");
  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final List<CrmField> FIELDS =
      List.of(
          field("mql", FieldType.BOOLEAN),
          field("mql_score", FieldType.NUMBER),
          field("mql_at", FieldType.INSTANT),
          field("first_mql_at", FieldType.INSTANT),
          field("mql_reasons", FieldType.TEXT),
          new CrmField(
              "lifecyclestage",
              "Stage",
              FieldType.ENUMERATION,
              false,
              List.of("subscriber", "lead", "mql", "customer")));

  private Rows() {}

  private static CrmField field(String name, FieldType type) {
    return new CrmField(name, name, type, false, List.of());
  }

  static FieldPolicy policy(FieldPolicy.Kind kind) {
    return new FieldPolicy(kind, null);
  }

  static Map<String, FieldPolicy> policies() {
    Map<String, FieldPolicy> fields = new LinkedHashMap<>();
    fields.put("mql", policy(FieldPolicy.Kind.OVERWRITE));
    fields.put("mql_score", new FieldPolicy(FieldPolicy.Kind.OVERWRITE, new BigDecimal("5")));
    fields.put("mql_at", policy(FieldPolicy.Kind.OVERWRITE));
    fields.put("first_mql_at", policy(FieldPolicy.Kind.FILL_EMPTY));
    fields.put("mql_reasons", policy(FieldPolicy.Kind.ON_QUALIFICATION));
    fields.put("lifecyclestage", policy(FieldPolicy.Kind.FORWARD_ONLY));
    return fields;
  }

  static DestinationSettings settings() {
    return settings(
        Create.NEVER, null, List.of(RecordKey.Kind.RECORD_ID, RecordKey.Kind.EMAIL), policies());
  }

  static DestinationSettings settings(
      Create create,
      @Nullable LocalDate liveSince,
      List<RecordKey.Kind> matchBy,
      Map<String, FieldPolicy> fields) {
    return new DestinationSettings(
        "fake",
        "fake",
        false,
        0,
        Optional.empty(),
        "1",
        Optional.empty(),
        Mode.LIVE,
        Optional.ofNullable(liveSince),
        matchBy,
        create,
        4,
        Budget.ALL,
        false,
        DestinationSettings.Leavers.CLEAR,
        fields);
  }

  static RowPlanner planner() {
    return planner(settings());
  }

  static RowPlanner planner(DestinationSettings settings) {
    return RowPlanner.of(settings, FIELDS, BERLIN, "a41f9c");
  }

  /** What the models want of Ada: an MQL with 47 points. */
  static Map<String, @Nullable String> wantedFields() {
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    fields.put("mql", "true");
    fields.put("mql_score", "47");
    fields.put("mql_at", "2026-11-10T08:00:00.000Z");
    fields.put("first_mql_at", "2026-11-10T08:00:00.000Z");
    fields.put("mql_reasons", "Signed up");
    fields.put("lifecyclestage", "mql");
    return fields;
  }

  static WantedRow ada() {
    return ada(wantedFields());
  }

  static WantedRow ada(Map<String, @Nullable String> fields) {
    return new WantedRow(
        "lead-1", "501", "ada@northwind.example", fields, true, "warm", MQL_AT, "Signed up");
  }

  static Map<String, @Nullable String> with(
      Map<String, @Nullable String> fields, String name, @Nullable String value) {
    Map<String, @Nullable String> copy = new LinkedHashMap<>(fields);
    copy.put(name, value);
    return copy;
  }

  static Map<String, @Nullable String> without(Map<String, @Nullable String> fields, String name) {
    Map<String, @Nullable String> copy = new LinkedHashMap<>(fields);
    copy.remove(name);
    return copy;
  }

  /** The ledger once all of {@link #ada} is acknowledged. */
  static LedgerRow adaKnown() {
    return adaKnown(wantedFields());
  }

  static LedgerRow adaKnown(Map<String, @Nullable String> fields) {
    return new LedgerRow("lead-1", "501", fields, true, "warm", MQL_AT, ACKNOWLEDGED_AT, "run-1");
  }

  /** Lead number n with record id 10000 + n, not in the ledger. */
  static WantedRow numbered(int n) {
    return new WantedRow(
        "lead-%06d".formatted(n),
        String.valueOf(10_000 + n),
        "p" + n + "@northwind.example",
        Map.of("mql", "true"),
        true,
        "warm",
        MQL_AT,
        "Signed up");
  }

  /** A planned update of {@link #numbered}. */
  static PlannedRow update(int n) {
    return new PlannedRow(
        0,
        PlanAction.UPDATE,
        null,
        "lead-%06d".formatted(n),
        String.valueOf(10_000 + n),
        "p" + n + "@northwind.example",
        Map.of("mql", new FieldChange(null, "true")),
        List.of("first sync"),
        new Acknowledged(Map.of("mql", "true"), true, "warm", MQL_AT),
        "c" + n,
        Map.of());
  }
}
