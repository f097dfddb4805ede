package dev.ripen.sync;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.DestinationSettings.Create;
import dev.ripen.config.FieldPolicy;
import dev.ripen.crm.CrmField;
import dev.ripen.crm.RejectCode;
import dev.ripen.sync.Candidate.Lookup;
import dev.ripen.sync.Candidate.Verdict;
import dev.ripen.sync.FieldRule.Current;
import dev.ripen.sync.FieldRule.Moment;
import dev.ripen.sync.FieldRules.Choice;
import dev.ripen.sync.FieldRules.Need;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides per row what the CRM is to be told. Pure: same inputs, same plan; safe for threads;
 * serializable, so that the first pass runs in Spark tasks.
 *
 * <p>The first pass compares with the ledger alone and rules out what needs no request. What is
 * left is read from the CRM where the ledger does not vouch for its values ({@link LiveResolver}),
 * and then planned: {@link #planFound}, {@link #planMissing}, {@link #planUnread}. A lead without a
 * row in the ledger is always looked up: the warehouse's record id is a claim only, the record may
 * have been merged since.
 */
public final class RowPlanner implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Said of rows that were planned without reading the CRM although that was needed. */
  static final String NOT_LOOKED_UP = "not looked up";

  /** Said of records that were filled before ripen ever wrote to them. */
  static final String FILLED_BEFORE = "its fields were filled before";

  private final FieldRules rules;
  private final MatchKeys keys;
  private final Create create;
  private final @Nullable Instant liveSince;
  private final String definition;
  private final boolean readsAll;

  private RowPlanner(
      FieldRules rules,
      MatchKeys keys,
      Create create,
      @Nullable Instant liveSince,
      String definition,
      boolean readsAll) {
    this.rules = rules;
    this.keys = keys;
    this.create = create;
    this.liveSince = liveSince;
    this.definition = definition;
    this.readsAll = readsAll;
  }

  /**
   * A planner of one destination.
   *
   * @param described the CRM's fields, for types and the order of options; empty if it cannot be
   *     asked
   * @param zone the project's: live-since begins at its midnight
   * @param definition fingerprint of the rules
   */
  public static RowPlanner of(
      DestinationSettings settings, List<CrmField> described, ZoneId zone, String definition) {
    LinkedHashMap<String, FieldRule> rules = new LinkedHashMap<>();
    settings
        .fields()
        .forEach((name, policy) -> rules.put(name, rule(name, policy, find(described, name))));
    Instant since =
        settings.liveSince().map(day -> day.atStartOfDay(zone).toInstant()).orElse(null);
    return new RowPlanner(
        new FieldRules(rules),
        new MatchKeys(settings.matchBy()),
        settings.create(),
        since,
        definition,
        false);
  }

  /** The same planner, but every row that may change is compared with the CRM itself. */
  public RowPlanner readingAll() {
    return new RowPlanner(rules, keys, create, liveSince, definition, true);
  }

  private static @Nullable CrmField find(List<CrmField> described, String name) {
    return described.stream().filter(field -> field.name().equals(name)).findFirst().orElse(null);
  }

  private static FieldRule rule(String name, FieldPolicy policy, @Nullable CrmField field) {
    return new FieldRule(
        name,
        policy.kind(),
        policy.minChange(),
        policy.onDrift(),
        field == null ? null : field.type(),
        field == null ? List.of() : field.options());
  }

  MatchKeys keys() {
    return keys;
  }

  /** The fields to read of a record. */
  public Set<String> fieldNames() {
    return rules.names();
  }

  /** Compares with what the CRM last acknowledged and was last refused. Asks nobody. */
  public Candidate firstPass(
      WantedRow wanted, @Nullable LedgerRow ledger, @Nullable KnownReject reject) {
    SkipReason skip = keys.skipReason(wanted, ledger);
    if (skip != null) {
      return new Candidate(wanted, ledger, Verdict.SKIPPED, Lookup.NONE, skip, "");
    }
    Need need = ledger == null ? new Need(true, true) : need(wanted, ledger);
    if (!need.write()) {
      return new Candidate(wanted, ledger, Verdict.UNCHANGED, Lookup.NONE, null, "");
    }
    String content = ContentFingerprint.of(wanted);
    boolean refused =
        reject != null
            && reject.content().equals(content)
            && reject.definition().equals(definition);
    if (refused && reject.code() != RejectCode.RECORD_NOT_FOUND) {
      return new Candidate(wanted, ledger, Verdict.BLOCKED, Lookup.NONE, null, content);
    }
    // A record that was not found is merged or deleted: a look says which.
    Lookup lookup = need.look() || refused || readsAll ? lookup(wanted, ledger) : Lookup.NONE;
    return new Candidate(wanted, ledger, Verdict.CHANGED, lookup, null, content);
  }

  /**
   * Decides about an MQL of the ledger whom the models no longer have: his flags are cleared, all
   * else stays. Asks nobody.
   */
  public Candidate leaver(LedgerRow ledger, @Nullable KnownReject reject) {
    WantedRow gone =
        new WantedRow(
            ledger.leadId(),
            null,
            null,
            rules.clearedFlags(ledger),
            false,
            ledger.level(),
            null,
            "");
    return firstPass(gone, ledger, reject).asLeaver();
  }

  /** The record is there, with these values. */
  public PlannedRow planFound(Candidate candidate, LiveRecord live) {
    Map<String, Current> currents = new LinkedHashMap<>();
    rules.names().forEach(name -> currents.put(name, Current.of(live.fields().get(name))));
    List<String> notes = new ArrayList<>();
    if (candidate.ledger() == null && rules.isFilled(currents)) {
      notes.add(FILLED_BEFORE);
    }
    return plan(candidate, PlanAction.UPDATE, live.recordId(), currents, notes);
  }

  /** The CRM knows none of the row's keys. */
  public PlannedRow planMissing(Candidate candidate) {
    WantedRow wanted = candidate.wanted();
    Map<String, Current> currents = new LinkedHashMap<>();
    rules.names().forEach(name -> currents.put(name, Current.of(null)));
    PlannedRow row = plan(candidate, PlanAction.CREATE, null, currents, new ArrayList<>());
    if (candidate.ledger() != null) {
      return row.skipped(SkipReason.RECORD_GONE);
    }
    // A record id of the warehouse says that there was a record: deleted ones are not made again.
    boolean possible =
        create != Create.NEVER
            && keys.warehouseRecordId(wanted) == null
            && MatchKeys.isEmail(wanted.email())
            && row.action() == PlanAction.CREATE;
    return possible ? row : row.skipped(SkipReason.NO_CONTACT);
  }

  /** Nothing was read: because nothing had to be, or because the CRM cannot be asked. */
  public PlannedRow planUnread(Candidate candidate) {
    LedgerRow ledger = candidate.ledger();
    Map<String, Current> currents = new LinkedHashMap<>();
    rules.names().forEach(name -> currents.put(name, FieldRules.acknowledged(ledger, name)));
    List<String> notes = new ArrayList<>();
    if (candidate.lookup() != Lookup.NONE) {
      notes.add(NOT_LOOKED_UP);
    }
    String recordId = keys.knownRecordId(candidate.wanted(), ledger);
    return plan(candidate, PlanAction.UPDATE, recordId, currents, notes);
  }

  private Lookup lookup(WantedRow wanted, @Nullable LedgerRow ledger) {
    return keys.knownRecordId(wanted, ledger) == null ? Lookup.MATCH : Lookup.LIVE;
  }

  private Need need(WantedRow wanted, LedgerRow ledger) {
    Need need = rules.need(wanted, ledger, moment(wanted, ledger));
    String claimed = keys.warehouseRecordId(wanted);
    // The warehouse may have heard of a merge: batch updates of a merged id are refused.
    boolean merged = claimed != null && !claimed.equals(ledger.recordId());
    return new Need(need.write() || isMoved(wanted, ledger), need.look() || merged);
  }

  private PlannedRow plan(
      Candidate candidate,
      PlanAction action,
      @Nullable String recordId,
      Map<String, Current> currents,
      List<String> notes) {
    WantedRow wanted = candidate.wanted();
    LedgerRow ledger = candidate.ledger();
    Moment moment = moment(wanted, ledger);
    // After a merge it is another record: what it holds was never ours.
    Map<String, @Nullable String> drift =
        ledger != null && ledger.recordId().equals(recordId)
            ? rules.drift(ledger, currents)
            : Map.of();
    Choice choice = rules.choose(wanted, ledger, moment, currents, drift.keySet());
    notes.addAll(choice.notes());
    if (moment.held() && wanted.isMql()) {
      notes.add("MQL from before live-since: fields only");
    }
    boolean worth = choice.triggers() || (ledger != null && isMoved(wanted, ledger));
    Map<String, FieldChange> changes = choice.changes();
    boolean writes = worth && !changes.isEmpty();
    Map<String, FieldChange> sent = writes ? changes : Map.of();
    List<String> reasons =
        writes ? Reasons.of(wanted, ledger, rules.byName(), sent) : new ArrayList<>();
    reasons.addAll(notes);
    return new PlannedRow(
        0,
        writes ? action : PlanAction.UNCHANGED,
        null,
        wanted.leadId(),
        recordId,
        wanted.email(),
        sent,
        reasons,
        after(candidate, moment, currents, sent, choice.theirs()),
        candidate.content(),
        drift);
  }

  private static Acknowledged after(
      Candidate candidate,
      Moment moment,
      Map<String, Current> currents,
      Map<String, FieldChange> sent,
      Set<String> theirs) {
    WantedRow wanted = candidate.wanted();
    LedgerRow ledger = candidate.ledger();
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    currents.forEach(
        (name, current) -> {
          // What somebody edited is not ours: the ledger goes on saying what we had written.
          Current held = theirs.contains(name) ? FieldRules.acknowledged(ledger, name) : current;
          if (held.known()) {
            fields.put(name, held.value());
          }
        });
    sent.forEach((name, change) -> fields.put(name, change.after()));
    boolean qualified = wanted.isMql() && wanted.mqlAt() != null && !moment.held();
    Instant before = ledger == null ? null : ledger.episodeMqlAt();
    return new Acknowledged(
        fields, wanted.isMql(), wanted.level(), qualified ? wanted.mqlAt() : before);
  }

  private Moment moment(WantedRow wanted, @Nullable LedgerRow ledger) {
    Instant mqlAt = wanted.mqlAt();
    boolean held = liveSince != null && mqlAt != null && mqlAt.isBefore(liveSince);
    boolean written = ledger != null && Objects.equals(mqlAt, ledger.episodeMqlAt());
    return new Moment(wanted.isMql() && mqlAt != null && !held && !written, held);
  }

  private static boolean isMoved(WantedRow wanted, LedgerRow ledger) {
    return wanted.isMql() != ledger.isMql() || !Objects.equals(wanted.level(), ledger.level());
  }
}
