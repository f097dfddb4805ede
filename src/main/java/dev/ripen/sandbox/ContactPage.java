package dev.ripen.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One contact as the page tells it: a sentence, the reasons, every change. */
final class ContactPage {
  private static final List<String> ABOUT =
      List.of(
          "email",
          "hs_additional_emails",
          "company",
          "jobtitle",
          "phone",
          "country",
          "lifecyclestage",
          "hs_lead_status",
          "first_mql_at",
          "createdate");
  private static final Map<String, String> SALES_WORDS =
      Map.of("IN_PROGRESS", "accepted", "BAD_TIMING", "recycled", "UNQUALIFIED", "disqualified");

  private final ContactStore store;
  private final MqlView mql;
  private final DisplayTime time;

  ContactPage(ContactStore store, MqlView mql, DisplayTime time) {
    this.store = store;
    this.mql = mql;
    this.time = time;
  }

  ObjectNode show(Contact contact) {
    ObjectNode node = Json.object();
    node.put("id", Long.toString(contact.id()));
    node.put("name", mql.name(contact));
    node.put("company", mql.text(contact, "company"));
    node.put("jobtitle", mql.text(contact, "jobtitle"));
    node.put("mql", mql.isMql(contact));
    node.put("new", mql.isNew(contact));
    node.put("former", !mql.isMql(contact) && store.everMql().contains(contact));
    node.put("score", mql.text(contact, "mql_score"));
    node.put("level", mql.text(contact, "mql_level"));
    node.put("status", salesStatus(contact));
    node.put("sentence", sentence(contact));
    ArrayNode reasons = node.putArray("reasons");
    for (Reason reason : mql.reasons(contact)) {
      reasons.addObject().put("label", reason.label()).put("points", reason.points());
    }
    ArrayNode about = node.putArray("about");
    for (String name : ABOUT) {
      String value = mql.read(contact, name);
      if (value != null) {
        about.addObject().put("label", label(name)).put("value", readable(name, value));
      }
    }
    node.set("history", history(contact));
    return node;
  }

  private String sentence(Contact contact) {
    String since = mql.millis(contact, "mql_at").map(time::inSentence).orElse("");
    if (mql.isMql(contact)) {
      String why =
          mql.reasons(contact).stream().map(Reason::inSentence).collect(Collectors.joining(", "));
      return (since.isEmpty() ? "MQL" : "MQL since " + since) + (why.isEmpty() ? "" : ": " + why);
    }
    if (store.everMql().contains(contact)) {
      return since.isEmpty() ? "No longer an MQL" : "No longer an MQL; became one " + since;
    }
    return "Not an MQL";
  }

  /** What sales said last on the page: accepted, recycled, disqualified, or nothing. */
  String salesStatus(Contact contact) {
    if (contact.packedHistory().length == 0) {
      return "";
    }
    int slot = store.properties().slot("hs_lead_status");
    String status = "";
    for (Contact.Change change : contact.changes()) {
      if (change.slot() == slot && store.source(change.source()).startsWith(StatusChanges.SOURCE)) {
        status = SALES_WORDS.getOrDefault(change.after(), "");
      }
    }
    return status;
  }

  /** Newest first; what was written together stands together, ripen's fields before the CRM's. */
  private ArrayNode history(Contact contact) {
    List<List<Contact.Change>> steps = new ArrayList<>();
    for (Contact.Change change : contact.changes()) {
      if (isTold(change)) {
        Contact.Change last = steps.isEmpty() ? null : steps.get(steps.size() - 1).get(0);
        if (last == null || last.at() != change.at() || last.source() != change.source()) {
          steps.add(new ArrayList<>());
        }
        steps.get(steps.size() - 1).add(change);
      }
    }
    ArrayNode history = Json.array();
    for (int i = steps.size() - 1; i >= 0; i--) {
      history.add(step(steps.get(i)));
    }
    return history;
  }

  /** Machine fields would only hide the others. */
  private boolean isTold(Contact.Change change) {
    String name = store.properties().name(change.slot());
    return !name.equals("mql_reasons_json") && !name.startsWith("hs_lifecyclestage_");
  }

  private ObjectNode step(List<Contact.Change> changes) {
    Contact.Change first = changes.get(0);
    ObjectNode step = Json.object();
    step.put("at", time.withMinutes(first.at()));
    step.put("source", store.source(first.source()));
    ArrayNode items = step.putArray("changes");
    changes.sort(Comparator.comparing(this::isStandard).thenComparing(Contact.Change::slot));
    for (Contact.Change change : changes) {
      String name = store.properties().name(change.slot());
      ObjectNode item = items.addObject();
      item.put("field", label(name));
      item.put("before", readable(name, change.before()));
      item.put("after", readable(name, change.after()));
    }
    return step;
  }

  private boolean isStandard(Contact.Change change) {
    String name = store.properties().name(change.slot());
    return store.properties().find(name).map(PropertyDefinition::standard).orElse(false);
  }

  private String label(String name) {
    return store.properties().find(name).map(PropertyDefinition::label).orElse(name);
  }

  private String readable(String name, String value) {
    Optional<PropertyDefinition> property = store.properties().find(name);
    if (value.isEmpty() || property.isEmpty()) {
      return value;
    }
    return switch (property.get().type()) {
      case "bool" -> value.equals("true") ? "yes" : "no";
      case "datetime" -> MqlView.parse(value).map(time::withMinutes).orElse(value);
      case "enumeration" ->
          property.get().options().stream()
              .filter(option -> option.value().equals(value))
              .map(PropertyDefinition.Option::label)
              .findFirst()
              .orElse(value);
      default -> value;
    };
  }
}
