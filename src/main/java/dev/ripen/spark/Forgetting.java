package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.ripen.identity.IdentityRules;
import dev.ripen.spark.ForgottenPeople.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * Takes a person out of the state's tables for good. In order: {@link #find}, {@link #remove}, a
 * commit by the caller, {@link #purge}; before the commit nothing is lost. The caller holds the
 * lock, and the tables are as the last commit has them.
 */
public final class Forgetting {
  /** Tables with a column {@code lead_id}. */
  private static final List<String> BY_LEAD =
      List.of(
          Pipeline.LEADS,
          Pipeline.IDENTITIES,
          Pipeline.STATUSES,
          LeadHistory.CHANGES,
          Pipeline.SCORES,
          Pipeline.CHANGES,
          Pipeline.EPISODES,
          AcknowledgedDates.TABLE,
          LedgerTables.LEDGER,
          RejectsTable.TABLE,
          DeferredTable.TABLE);

  /** Tables of ids. */
  private static final List<String> OF_IDENTITY =
      List.of(LinkRows.TABLE, EventLinks.TABLE, PeopleRows.VIEW);

  private final SparkSession spark;
  private final StateTables state;

  public Forgetting(SparkSession spark, StateTables state) {
    this.spark = spark;
    this.state = state;
  }

  /**
   * What the state knows about a person.
   *
   * @param emails in lower case
   * @param recordIds his contacts in CRMs that are read through their API
   * @param rows how many each table holds, only those that hold any
   */
  public record Found(
      Set<String> leadIds,
      Set<String> emails,
      Set<String> visitorIds,
      Set<String> recordIds,
      Map<String, Long> rows) {}

  /**
   * The person with that lead id, else with that address, else with that record id; and whoever
   * shares an address with him, because the hash of the address keeps both out. An address or id
   * that nobody has is found too, with nothing known about it.
   */
  public Found find(String who) {
    String wanted = who.strip();
    Set<String> leadIds = new TreeSet<>(leadsWithId(wanted));
    Set<String> emails = new TreeSet<>();
    if (leadIds.isEmpty()) {
      if (wanted.contains("@")) {
        emails.add(wanted.toLowerCase(Locale.ROOT));
      } else {
        leadIds.addAll(leadsWithRecord(wanted));
      }
    }
    addressesOf(leadIds, emails);
    leadIds.addAll(leadsWithAddress(emails));
    addressesOf(leadIds, emails);
    ForgottenRecords records = new ForgottenRecords(state);
    Set<String> recordIds =
        records.contacts(leadIds.isEmpty() ? Set.of(wanted) : recordsOf(leadIds), emails);
    emails.addAll(records.addresses(recordIds));
    if (leadIds.isEmpty() && emails.isEmpty()) {
      leadIds.add(wanted);
    }
    Set<String> visitors = visitors(leadIds);
    visitors.addAll(idsOfSamePeople(visitors, emails));
    Map<String, Long> rows = rows(leadIds, visitors);
    count(rows, SourceRecords.TABLE, ForgottenRecords.isHis(recordIds, emails));
    return new Found(leadIds, emails, visitors, recordIds, rows);
  }

  /** Records of the CRM that his leads are known to stand for. */
  private Set<String> recordsOf(Set<String> leadIds) {
    Set<String> found = new TreeSet<>();
    state
        .committed(LedgerTables.LEDGER)
        .ifPresent(rows -> collect(rows.where(in("lead_id", leadIds)), "record_id", found));
    state
        .committed(Pipeline.LEADS)
        .filter(rows -> has(rows, "hubspot_id"))
        .ifPresent(rows -> collect(rows.where(in("lead_id", leadIds)), "hubspot_id", found));
    return found;
  }

  private Set<String> leadsWithId(String id) {
    for (String table : BY_LEAD) {
      Optional<Dataset<Row>> rows = state.committed(table);
      if (rows.isPresent() && !rows.get().where(in("lead_id", Set.of(id))).isEmpty()) {
        return Set.of(id);
      }
    }
    return Set.of();
  }

  private Set<String> leadsWithRecord(String record) {
    Set<String> found = new TreeSet<>(leadsWithAny("hubspot_ids", Set.of(record)));
    state
        .committed(LedgerTables.LEDGER)
        .ifPresent(rows -> collect(rows.where(in("record_id", Set.of(record))), "lead_id", found));
    return found;
  }

  private Set<String> leadsWithAddress(Set<String> emails) {
    Set<String> found = new TreeSet<>(leadsWithAny("emails", emails));
    for (String table : List.of(Pipeline.LEADS, Pipeline.SCORES)) {
      state
          .committed(table)
          .ifPresent(
              rows ->
                  collect(
                      rows.where("email IS NOT NULL")
                          .where(
                              org.apache
                                  .spark
                                  .sql
                                  .functions
                                  .lower(col("email"))
                                  .isin(emails.toArray())),
                      "lead_id",
                      found));
    }
    return found;
  }

  /** Leads whose list, with semicolons between, holds one of the values. */
  private Set<String> leadsWithAny(String column, Set<String> values) {
    Set<String> found = new TreeSet<>();
    Optional<Dataset<Row>> leads = state.committed(Pipeline.LEADS);
    if (leads.isEmpty() || values.isEmpty() || !has(leads.get(), column)) {
      return found;
    }
    Column listed =
        org.apache.spark.sql.functions.arrays_overlap(
            org.apache.spark.sql.functions.split(
                org.apache.spark.sql.functions.lower(col(column).cast("string")), ";"),
            org.apache.spark.sql.functions.array(
                values.stream().map(value -> lit(value)).toArray(Column[]::new)));
    collect(leads.get().where(listed), "lead_id", found);
    return found;
  }

  private void addressesOf(Set<String> leadIds, Set<String> emails) {
    Set<String> found = new TreeSet<>();
    for (String table : List.of(Pipeline.LEADS, Pipeline.SCORES)) {
      Optional<Dataset<Row>> rows =
          state.committed(table).map(all -> all.where(in("lead_id", leadIds)));
      rows.ifPresent(his -> collect(his, "email", found));
      rows.filter(his -> has(his, "emails")).ifPresent(his -> collect(his, "emails", found));
    }
    found.stream()
        .flatMap(text -> Arrays.stream(text.split(";", -1)))
        .map(text -> text.strip().toLowerCase(Locale.ROOT))
        .filter(text -> !text.isEmpty())
        .forEach(emails::add);
  }

  private Set<String> visitors(Set<String> leadIds) {
    Set<String> found = new TreeSet<>();
    state
        .committed(Pipeline.IDENTITIES)
        .ifPresent(rows -> collect(rows.where(in("lead_id", leadIds)), "visitor_id", found));
    return found;
  }

  /** Also ids that identities leaves out. */
  private Set<String> idsOfSamePeople(Set<String> visitors, Set<String> emails) {
    Set<String> found = new TreeSet<>();
    Optional<Dataset<Row>> people = state.committed(PeopleRows.VIEW);
    if (people.isEmpty()) {
      return found;
    }
    Set<String> ids = new TreeSet<>(visitors);
    emails.forEach(email -> ids.add(IdentityRules.EMAIL + ":" + email));
    Set<String> persons = new TreeSet<>();
    collect(people.get().where(in("id", ids)), "person_id", persons);
    collect(people.get().where(in("person_id", persons)), "id", found);
    return found;
  }

  private Map<String, Long> rows(Set<String> leadIds, Set<String> visitors) {
    Map<String, Long> rows = new LinkedHashMap<>();
    count(rows, SignalStore.TABLE, in("visitor_id", visitors));
    BY_LEAD.forEach(table -> count(rows, table, in("lead_id", leadIds)));
    count(rows, LinkRows.TABLE, in("id", visitors).or(in("other_id", visitors)));
    count(rows, PeopleRows.VIEW, in("id", visitors));
    return rows;
  }

  private void count(Map<String, Long> into, String table, Column wanted) {
    long rows = state.committed(table).map(all -> all.where(wanted).count()).orElse(0L);
    if (rows > 0) {
      into.put(table, rows);
    }
  }

  /** Deletes the rows and notes the hashes; the caller commits. */
  public void remove(Found found, Instant now) {
    for (String table : found.rows().keySet()) {
      if (OF_IDENTITY.contains(table) || table.equals(SourceRecords.TABLE)) {
        continue;
      }
      boolean signals = table.equals(SignalStore.TABLE);
      state.deleteWhere(
          table,
          "CAST("
              + (signals ? "visitor_id" : "lead_id")
              + " AS STRING) IN ("
              + quoted(signals ? found.visitorIds() : found.leadIds())
              + ")");
    }
    if (found.rows().containsKey(SourceRecords.TABLE)) {
      state.deleteWhere(
          SourceRecords.TABLE, ForgottenRecords.sql(found.recordIds(), found.emails()));
    }
    if (OF_IDENTITY.stream().anyMatch(found.rows()::containsKey)) {
      // Whose a shared id is without him, only all links tell: the next run makes both from them.
      OF_IDENTITY.stream()
          .filter(table -> state.committed(table).isPresent())
          .forEach(table -> state.deleteWhere(table, "true"));
    }
    ForgottenPeople people = ForgottenPeople.load(state);
    List<Row> hashes = new ArrayList<>();
    found.leadIds().forEach(id -> add(hashes, people, Kind.LEAD, id, now));
    found.emails().forEach(email -> add(hashes, people, Kind.EMAIL, email, now));
    found.visitorIds().forEach(id -> add(hashes, people, Kind.VISITOR, id, now));
    found.recordIds().forEach(id -> add(hashes, people, Kind.RECORD, id, now));
    if (!hashes.isEmpty()) {
      state.append(
          ForgottenPeople.TABLE, spark.createDataFrame(hashes, ForgottenPeople.TYPE).coalesce(1));
    }
  }

  private static void add(
      List<Row> hashes, ForgottenPeople people, Kind kind, String value, Instant now) {
    if (!people.contains(kind, value)) {
      hashes.add(RowFactory.create(people.salt(), people.hash(kind, value), now));
    }
  }

  /**
   * Deletes what older versions of the tables hold, files and log. Only after the commit: until
   * then the committed version is an older one.
   */
  public void purge() {
    List<String> tables = new ArrayList<>(BY_LEAD);
    tables.add(SignalStore.TABLE);
    tables.addAll(OF_IDENTITY);
    tables.add(SourceRecords.TABLE);
    tables.forEach(state::dropHistory);
  }

  private static Column in(String column, Set<String> values) {
    return col(column).cast("string").isin(values.toArray());
  }

  private static boolean has(Dataset<Row> rows, String column) {
    return List.of(rows.columns()).contains(column);
  }

  private static void collect(Dataset<Row> rows, String column, Collection<String> into) {
    rows.select(col(column).cast("string")).distinct().collectAsList().stream()
        .filter(row -> !row.isNullAt(0))
        .map(row -> row.getString(0))
        .forEach(into::add);
  }

  private static String quoted(Set<String> values) {
    return String.join(", ", values.stream().map(SignalSql::quoted).toList());
  }
}
