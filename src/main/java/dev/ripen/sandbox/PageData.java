package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the page shows, as JSON. Call with the store's lock held. */
final class PageData {
  private static final int WEEKS = 12;
  private static final int PAGE_SIZE = 25;

  private final ContactStore store;
  private final DisplayTime time;
  private final Clock clock;
  private final MqlView mql;
  private final ContactPage contactPage;

  PageData(ContactStore store, DisplayTime time, Clock clock) {
    this.store = store;
    this.time = time;
    this.clock = clock;
    this.mql = new MqlView(store);
    this.contactPage = new ContactPage(store, mql, time);
  }

  ObjectNode summary() {
    List<Contact> mqls = mql.mqls();
    ObjectNode node = Json.object();
    node.put("zone", time.zone().getId());
    node.put("contacts", store.all().size());
    node.put("mqls", mqls.size());
    node.put("former", store.everMql().size() - mqls.size());
    node.put("newMqls", mqls.stream().filter(mql::isNew).count());
    SyncReport last = store.lastSync();
    if (last == null) {
      node.putNull("lastSync");
    } else {
      ObjectNode sync = node.putObject("lastSync");
      sync.put("run", last.runId());
      sync.put("at", time.withMinutes(last.endedAt()));
      sync.put("written", last.written());
      sync.put("rejected", last.rejected());
      sync.put("asOf", MqlView.parse(last.asOf()).map(time::inSentence).orElse(null));
    }
    node.set("weeks", weeks(mqls));
    return node;
  }

  /** The twelve weeks, from Monday, up to the day that the last sync looked at. */
  private ArrayNode weeks(List<Contact> mqls) {
    Map<LocalDate, Integer> counts = new HashMap<>();
    LocalDate latest = null;
    for (Contact contact : mqls) {
      LocalDate day = mql.millis(contact, "mql_at").map(time::localDate).orElse(null);
      if (day != null) {
        counts.merge(monday(day), 1, Integer::sum);
        latest = latest == null || day.isAfter(latest) ? day : latest;
      }
    }
    SyncReport last = store.lastSync();
    LocalDate end =
        MqlView.parse(last == null ? null : last.asOf())
            .map(time::localDate)
            .orElse(latest == null ? time.localDate(clock.millis()) : latest);
    ArrayNode weeks = Json.array();
    for (int i = WEEKS - 1; i >= 0; i--) {
      LocalDate start = monday(end).minusWeeks(i);
      ObjectNode week = weeks.addObject();
      week.put("label", time.day(start));
      week.put("count", counts.getOrDefault(start, 0));
    }
    return weeks;
  }

  private static LocalDate monday(LocalDate day) {
    return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
  }

  ObjectNode contacts(PageQuery query) {
    List<Contact> found = matching(query);
    int pages = Math.max(1, (found.size() + PAGE_SIZE - 1) / PAGE_SIZE);
    int page = Math.min(query.page(), pages);
    ObjectNode node = Json.object();
    node.put("total", found.size());
    node.put("page", page);
    node.put("pages", pages);
    ArrayNode rows = node.putArray("rows");
    int from = (page - 1) * PAGE_SIZE;
    found.subList(from, Math.min(found.size(), from + PAGE_SIZE)).forEach(c -> rows.add(row(c)));
    return node;
  }

  private List<Contact> matching(PageQuery query) {
    List<Contact> wanted =
        switch (query.filter()) {
          case MQL -> mql.mqls();
          case NEW -> mql.mqls().stream().filter(mql::isNew).toList();
          case FORMER -> mql.formerMqls();
          case ALL -> everybody();
        };
    if (query.search().isEmpty()) {
      return wanted;
    }
    return wanted.stream().filter(contact -> mentions(contact, query.search())).toList();
  }

  /** MQLs first, then the others, the youngest record first. */
  private List<Contact> everybody() {
    List<Contact> all = new ArrayList<>(mql.mqls());
    Set<Contact> listed = new HashSet<>(all);
    for (Contact contact : store.newestFirst()) {
      if (!listed.contains(contact)) {
        all.add(contact);
      }
    }
    return all;
  }

  private boolean mentions(Contact contact, String search) {
    return Long.toString(contact.id()).equals(search)
        || mql.name(contact).toLowerCase(Locale.ROOT).contains(search)
        || mentions(contact, "email", search)
        || mentions(contact, "company", search)
        || mentions(contact, "jobtitle", search);
  }

  private boolean mentions(Contact contact, String name, String search) {
    return mql.text(contact, name).toLowerCase(Locale.ROOT).contains(search);
  }

  private ObjectNode row(Contact contact) {
    List<Reason> reasons = mql.reasons(contact);
    ObjectNode row = Json.object();
    row.put("id", Long.toString(contact.id()));
    row.put("name", mql.name(contact));
    row.put("company", mql.text(contact, "company"));
    row.put("jobtitle", mql.text(contact, "jobtitle"));
    row.put("email", mql.text(contact, "email"));
    row.put("mql", mql.isMql(contact));
    row.put("new", mql.isNew(contact));
    row.put("former", !mql.isMql(contact) && store.everMql().contains(contact));
    row.put("score", mql.text(contact, "mql_score"));
    row.put("level", mql.text(contact, "mql_level"));
    row.put("since", mql.millis(contact, "mql_at").map(time::inSentence).orElse(""));
    row.put("reason", reasons.isEmpty() ? "" : reasons.get(0).label());
    row.put("moreReasons", Math.max(0, reasons.size() - 1));
    row.put("status", contactPage.salesStatus(contact));
    return row;
  }

  ObjectNode contact(String id) {
    long number = BatchApi.recordId(id);
    Contact contact = number < 0 ? null : store.byAnyId(number);
    if (contact == null) {
      throw ApiException.notFound("There is no contact " + id);
    }
    return contactPage.show(contact);
  }
}
